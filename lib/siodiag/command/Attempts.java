package siodiag.command;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import siodiag.core.Deadline;
import siodiag.core.Pace;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Diagnostician;
import siodiag.diagnosis.Verdict;
import siodiag.probe.DiagnosticRun;

/**
 * A health gate: what is broken is examined again, once a second, until it is not or the time is over. The first attempt
 * is always brought to its end; a later one that outlasts the time is given up, and the one before it counts.
 */
final class Attempts {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Deadline end;
    private final Consumer<String> observer;
    private String told = "";

    /** @param observer told what is waited for, whenever that changes */
    Attempts(Duration time, Consumer<String> observer) {
        this.end = Deadline.in(time);
        this.observer = observer;
    }

    /** The examination that counts: the first, or the last of those after it. */
    DiagnosticRun run(DiagnosticRun first, Supplier<DiagnosticRun> further) throws InterruptedException {
        Deadline next = Deadline.in(INTERVAL);
        DiagnosticRun last = first;
        last.run();
        while (!end.passed() && isBroken(last)) {
            Pace.awaitUntil(next.orSooner(Duration.ofMillis(Math.max(1, end.millisLeft())))
                    .nanos());
            next = Deadline.in(INTERVAL);
            DiagnosticRun attempt = further.get();
            if (!attempt.run(Duration.ofMillis(Math.max(1, end.millisLeft()))) && end.passed()) {
                return last;
            }
            last = attempt;
        }
        return last;
    }

    private boolean isBroken(DiagnosticRun attempt) {
        List<Diagnosis> diagnoses = Diagnostician.diagnose(
                attempt.findings(), attempt.family(), attempt.target().stated().ignored());
        if (Verdict.of(diagnoses) != Verdict.BROKEN) {
            return false;
        }
        String cause = diagnoses.get(0).cause().id() + ": " + diagnoses.get(0).summary();
        if (!cause.equals(told)) {
            told = cause;
            observer.accept("waiting: " + cause);
        }
        return true;
    }
}
