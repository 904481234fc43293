package siodiag.probe.session;

import java.io.Closeable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.Engine;
import siodiag.protocol.EngineSession;
import siodiag.protocol.Sessions;
import siodiag.target.Target;

/**
 * Hop session: whether all connections stand still at the same time. One open connection is asked for a sign of life again
 * and again; only where it does not answer are the others asked, and never the one that is to be idle.
 */
final class StandstillWatch implements Closeable {
    private static final String ID = "session.event-loop";
    private static final long TICK_MS = 50;
    private static final long JITTER_MS = 10;
    private static final long WORK_NANOS = 20_000_000;
    private static final long MAX_WORK_NANOS = 500_000_000;
    private static final double BETWEEN_QUESTIONS_MS = 150;
    private static final double SUSPICIOUS_MS = 400;
    /** For the answers of the others, once the first has come. */
    private static final long FOR_THE_OTHERS_MS = 350;

    private static final int MAX_REPORTED = 3;

    private final Engine engine;
    private final Target target;
    private final Sessions sessions;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Standstill.Pause> own = new CopyOnWriteArrayList<>();
    private final List<Standstill> found = new CopyOnWriteArrayList<>();
    private volatile EngineSession spared;
    private volatile String lastSent = "";
    private volatile boolean suspicious;
    private volatile double crowd = 1;
    private volatile Question leading;
    private volatile List<Question> others = List.of();

    StandstillWatch(Target target, Engine engine) {
        this.target = target;
        this.engine = engine;
        this.sessions = engine.sessions();
        Scope.current().fork("standstill watch", () -> {
            watch();
            return null;
        });
    }

    /** Leaves a session alone, which is to be idle. */
    void spare(EngineSession idle) {
        spared = idle;
    }

    /** Whether no question is answered just now: not that which waits for longer than usual, nor those after it. */
    boolean isUnderWay() {
        return suspicious && others.stream().noneMatch(question -> isAnswered(question.answer));
    }

    /** Whether the question that waited is answered, and what that means is just being found out. */
    private boolean isJudged() {
        Question last = leading;
        return suspicious && last != null && last.answer.isDone();
    }

    /** What was seen so far; a standstill that is under way is waited for, up to a deadline. */
    Optional<Finding> finding(Deadline answerTimeout) throws InterruptedException {
        awaitJudgement(answerTimeout);
        Question last = leading;
        if (isUnderWay() && last != null && !isAnswered(last.answer)) {
            judge(sessions.nowMs()); // it lasts until now
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<String> evidence = new ArrayList<>(
                found.stream().limit(MAX_REPORTED).map(Standstill::evidence).toList());
        if (found.size() > MAX_REPORTED) {
            evidence.add(found.size() + " such stalls in all");
        }
        evidence.add("the clock of this process kept running; last sent before: " + lastSent);
        Standstill first = found.get(0);
        return Optional.of(Finding.fail(
                        ID,
                        Hop.SESSION,
                        Symptom.STALLED,
                        String.format(
                                Locale.ROOT,
                                "%d of %d for %.1f s",
                                first.connections(),
                                first.connections(),
                                first.forMs() / 1000),
                        "all connections stalled at once")
                .withEvidence(evidence));
    }

    private synchronized void awaitJudgement(Deadline answerTimeout) throws InterruptedException {
        while ((isUnderWay() || isJudged()) && !answerTimeout.passed() && stopped.getCount() > 0) {
            wait(Math.max(1, answerTimeout.millisLeft()));
        }
    }

    /** What is waited for may have come. */
    private synchronized void changed() {
        notifyAll();
    }

    @Override
    public void close() {
        stopped.countDown();
        changed();
    }

    private record Question(EngineSession session, double askedMs, CompletableFuture<Long> answer) {}

    /** Its ticks are the clock by which this process sees that it stood still itself. */
    private void watch() throws InterruptedException {
        double before = sessions.nowMs();
        while (!stopped.await(TICK_MS, TimeUnit.MILLISECONDS)) {
            double now = sessions.nowMs();
            if (now - before > TICK_MS + JITTER_MS) {
                own.add(new Standstill.Pause(before + TICK_MS, now));
            }
            before = now;
            if (leading == null || leading.session.isEnded()) {
                if (suspicious) {
                    judge(now); // it was given up meanwhile
                }
                calm();
                leading = ask(null);
            } else if (!leading.answer.isDone()) {
                if (!suspicious && now - leading.askedMs > SUSPICIOUS_MS) {
                    others = askOthers(leading.session);
                    others.forEach(question -> question.answer.whenComplete((answered, failure) -> changed()));
                    suspicious = true;
                    crowd = crowd();
                    before = sessions.nowMs();
                }
            } else if (suspicious) {
                if (stopped.await(FOR_THE_OTHERS_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                judge(Double.POSITIVE_INFINITY);
                calm();
                before = sessions.nowMs();
            } else if (now - leading.askedMs >= BETWEEN_QUESTIONS_MS) {
                leading = ask(leading.session);
            }
        }
    }

    private void calm() {
        suspicious = false;
        changed();
    }

    /** The same session as before while it is open, else any other; null where there is none. */
    private Question ask(EngineSession before) {
        boolean same = before != null && !before.isEnded() && before != spared;
        EngineSession session = same
                ? before
                : sessions.open().stream()
                        .filter(open -> open != spared)
                        .findFirst()
                        .orElse(null);
        return session == null ? null : new Question(session, sessions.nowMs(), session.pulse());
    }

    /** Those that are open, and a new one: of a server that answers no such question it shows that it serves. */
    private List<Question> askOthers(EngineSession leader) {
        List<Question> questions = new ArrayList<>();
        for (EngineSession session : sessions.open()) {
            if (session != leader && session != spared) {
                questions.add(new Question(session, sessions.nowMs(), session.pulse()));
            }
        }
        questions.add(new Question(null, sessions.nowMs(), Scope.current().fork("handshake beside a standstill", () -> {
            engine.site().handshake(4, Map.of(), Deadline.in(target.timeout()));
            return System.nanoTime();
        })));
        return questions;
    }

    /** @param unansweredMs the time of an answer that has not come */
    private void judge(double unansweredMs) {
        List<Standstill.Wait> waits = new ArrayList<>();
        for (Question question : others) {
            waits.add(
                    new Standstill.Wait(waits.size() + 1, question.askedMs, answeredMs(question.answer, unansweredMs)));
        }
        double given = leading.session.isEnded()
                ? waits.stream().mapToDouble(Standstill.Wait::answeredMs).min().orElse(unansweredMs)
                : unansweredMs;
        Standstill.of(new Standstill.Wait(0, leading.askedMs, answeredMs(leading.answer, given)), waits, own, crowd)
                .ifPresent(this::found);
    }

    /** How much longer than alone a thread takes for its work just now, where the server is on this machine; else 1. */
    private double crowd() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (!isHere() || !threads.isCurrentThreadCpuTimeSupported()) {
            return 1;
        }
        long begun = System.nanoTime();
        long before = threads.getCurrentThreadCpuTime();
        long worked = 0;
        while (worked < WORK_NANOS && System.nanoTime() - begun < MAX_WORK_NANOS) {
            worked = threads.getCurrentThreadCpuTime() - before;
        }
        return (System.nanoTime() - begun) / (double) Math.max(1, worked);
    }

    private boolean isHere() {
        try {
            InetAddress address = engine.site().address();
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    private void found(Standstill standstill) {
        if (found.isEmpty()) {
            lastSent = sessions.lastSent(standstill.fromMs()).stream()
                    .map(Sessions.Sent::what)
                    .collect(Collectors.joining(", "));
        }
        found.add(standstill);
    }

    private static boolean isAnswered(CompletableFuture<Long> answer) {
        return answer.isDone() && !answer.isCompletedExceptionally();
    }

    private double answeredMs(CompletableFuture<Long> answer, double unansweredMs) {
        return isAnswered(answer) ? sessions.ms(answer.join()) : unansweredMs;
    }
}
