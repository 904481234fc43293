package siodiag.hook;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Pace;
import siodiag.core.Stopwatch;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.hook.javaclient.JavaClient;
import siodiag.hook.javaclient.OrgJson;
import siodiag.probe.DiagnosticRun;
import siodiag.target.Flow;

/**
 * A hook that stays: it keeps its connection, sends an event now and then, comes back after a server restart, and
 * accounts for all of it.
 */
public final class ContinuousHook {
    private static final String CHECK = "hook.continuous";
    private static final long BETWEEN_EVENTS_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long EVENTS_AT_LEAST = 10;

    private final DiagnosticRun examination;
    private final Duration length;
    private final Consumer<String> status;
    private final Stopwatch watch = new Stopwatch();
    private final ContinuousAccount account;
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile String transport = "";

    /** @param status told each second how things stand */
    public ContinuousHook(DiagnosticRun done, Duration length, Consumer<String> status) {
        this.examination = done;
        this.length = length;
        this.status = status;
        this.account = new ContinuousAccount(done.target().timeout().toMillis());
    }

    /** What is reported where there was no connection to keep. */
    public static Finding skipped() {
        return Finding.skip(CHECK, Hop.SESSION, "a hook that can connect");
    }

    /** Runs for the whole length and adds what was found. The hook must have been able to connect before. */
    public void run() throws InterruptedException {
        DiagnosticRun.Reached reached = examination.reached().orElseThrow();
        List<HookEvent> events = HookEvent.of(examination.target(), reached.joined()).stream()
                .filter(event -> event.send().via() == Flow.Via.SOCKET)
                .toList();
        if (events.isEmpty()) {
            examination.add(Finding.skip(CHECK, Hop.SESSION, "an event of the flow that goes over a socket"));
            return;
        }
        Reconnection reconnection = new Reconnection(account);
        try (JavaClient client =
                new JavaClient(examination.target(), reached.transports().names(), true, reconnection)) {
            reconnection.join(client, HookStage.namespaces(events));
            keepSending(client, events);
            account.awaitSettled(Deadline.in(examination.target().timeout()));
            account.expire();
            report();
        }
    }

    private void keepSending(JavaClient client, List<HookEvent> events) throws InterruptedException {
        Deadline end = Deadline.in(length);
        long between = Math.min(BETWEEN_EVENTS_NANOS, length.toNanos() / EVENTS_AT_LEAST);
        long next = System.nanoTime();
        for (int i = 0; !end.passed(); i++) {
            HookEvent event = events.get(i % events.size());
            int number = account.send();
            client.emit(event.send().namespace(), event.send().event(), OrgJson.of(event.marked()))
                    .thenRun(() -> account.acknowledged(number));
            account.expire();
            transport = client.trace().transport();
            status.accept(statusLine());
            next += between;
            Pace.awaitUntil(Math.min(next, end.nanos()));
        }
    }

    private String statusLine() {
        return String.format(
                Locale.ROOT,
                "%.0f s of %d s: %s; %s",
                watch.millis() / 1000,
                length.toSeconds(),
                account.outages().isAway() ? "not connected" : "connected over " + transport,
                account.summary());
    }

    /** Adds what was measured so far, once: at the end, or when interrupted. */
    public void report() {
        if (!reported.compareAndSet(false, true)) {
            return;
        }
        String summary = String.format(Locale.ROOT, "%.1f s: %s", watch.millis() / 1000, account.summary());
        examination.add(account.outages().judge(CHECK, summary).took(watch.millis()));
        if (account.unanswered() > 0 && !examination.hasFailed(Hop.values())) {
            examination.add(Finding.fail(
                    CHECK + ".acknowledged",
                    Hop.EVENT,
                    Symptom.PARTLY_LOST,
                    "events of the hook",
                    account.describeUnanswered(),
                    account.describeUnanswered()));
        }
    }
}
