package siodiag.harness;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** One line a test while they run, each failure with its reason at once, and the counts as the last line. */
final class TestReport implements TestExecutionListener {
    private static final int FRAMES = 6;

    private final PrintStream out;
    private final AtomicInteger passed = new AtomicInteger();
    private final Map<UniqueId, String> failed = new ConcurrentSkipListMap<>(Comparator.comparing(UniqueId::toString));
    private final Map<UniqueId, String> passedLater =
            new ConcurrentSkipListMap<>(Comparator.comparing(UniqueId::toString));
    private final AtomicInteger skipped = new AtomicInteger();
    private final Map<TestIdentifier, Long> started = new ConcurrentHashMap<>();
    private volatile TestPlan plan;

    TestReport(PrintStream out) {
        this.out = out;
    }

    /** What failed so far, tests and the classes whose preparation failed. */
    List<UniqueId> failed() {
        return List.copyOf(failed.keySet());
    }

    /** From now on comes what failed, once more: what passes has passed, what is missing remains a failure. */
    void secondRun() {
        passedLater.putAll(failed);
    }

    /** Prints the counts. @return whether the run is good: something ran, nothing failed, and nothing was skipped if {@code strict} */
    boolean finish(boolean strict) {
        int ran = passed.get() + failed.size();
        if (ran == 0) {
            out.println("no test was found or none could run");
        }
        if (strict && skipped.get() > 0) {
            out.println("CI=true: a skipped test counts as a failure");
        }
        passedLater.keySet().removeAll(failed.keySet());
        passedLater.values().forEach(name -> out.println("passed only in the second run: " + name));
        String tail = skipped.get() > 0 ? ", " + skipped + " skipped" : "";
        out.println(passed + " passed, " + failed.size() + " failed" + tail);
        out.flush();
        return passed.get() > 0 && failed.isEmpty() && !(strict && skipped.get() > 0);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        this.plan = plan;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test, System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skipped.incrementAndGet();
        line("skip", test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Throwable problem = result.getThrowable().orElse(null);
        switch (result.getStatus()) {
            case FAILED -> {
                failed.put(test.getUniqueIdObject(), name(test));
                line("FAIL", test, describe(problem));
            }
            case ABORTED -> {
                skipped.incrementAndGet();
                line("skip", test, problem == null ? "" : String.valueOf(problem.getMessage()));
            }
            default -> {
                failed.remove(test.getUniqueIdObject());
                if (test.isTest()) {
                    passed.incrementAndGet();
                    line("ok", test, "");
                }
            }
        }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entry.getKeyValuePairs().values().forEach(out::println);
    }

    private void line(String outcome, TestIdentifier test, String detail) {
        double seconds = (System.nanoTime() - started.getOrDefault(test, System.nanoTime())) / 1e9;
        out.printf("%-4s %6.2f s  %s%s%n", outcome, seconds, name(test), detail.isEmpty() ? "" : "  " + detail);
    }

    private String name(TestIdentifier test) {
        String own = test.getDisplayName();
        return plan.getParent(test)
                .filter(parent -> parent.getParentId().isPresent())
                .map(parent -> name(parent) + " > " + own)
                .orElse(own);
    }

    private static String describe(Throwable problem) {
        StringBuilder text = new StringBuilder(String.valueOf(problem));
        int frames = 0;
        for (StackTraceElement frame : problem == null ? new StackTraceElement[0] : problem.getStackTrace()) {
            if (frame.getClassName().startsWith("siodiag.") && frames++ < FRAMES) {
                text.append("\n         at ").append(frame);
            }
        }
        return problem != null && problem.getCause() != null
                ? text + "\n       cause: " + problem.getCause()
                : text.toString();
    }
}
