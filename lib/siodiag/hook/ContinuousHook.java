package siodiag.hook;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
import siodiag.probe.relay.Preparation;
import siodiag.probe.relay.StandingReceiver;
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
    private final Limits limits;
    private final Consumer<String> status;
    private final Stopwatch watch = new Stopwatch();
    private final ContinuousAccount account;
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile String transport = "";

    /** @param status told each second how things stand */
    public ContinuousHook(DiagnosticRun done, Duration length, Limits limits, Consumer<String> status) {
        this.examination = done;
        this.length = length;
        this.limits = limits;
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
        try (StandingReceiver receiver = receiver(reached, events);
                JavaClient client = new JavaClient(
                        examination.target(), reached.transports().names(), true, reconnection)) {
            reconnection.join(client, HookStage.namespaces(events));
            keepSending(client, events);
            account.awaitSettled(Deadline.in(examination.target().timeout()));
            account.expire();
            account.deliveries().awaitSettled();
            report();
        }
    }

    /** Receives what the hook sends, where the flow relays it; null where it does not. */
    private StandingReceiver receiver(DiagnosticRun.Reached reached, List<HookEvent> events)
            throws InterruptedException {
        Flow flow = examination.target().flow();
        if (!flow.receive().isRelayed()) {
            return null;
        }
        List<Flow.Send> sends = events.stream().map(HookEvent::send).toList();
        Set<String> watched = new LinkedHashSet<>(reached.joined());
        sends.forEach(send -> watched.add(flow.receiveNamespace(send)));
        return StandingReceiver.start(
                examination.target(),
                reached.transports(),
                List.copyOf(watched),
                Preparation.ofDashboards(flow, sends),
                account.deliveries());
    }

    private void keepSending(JavaClient client, List<HookEvent> events) throws InterruptedException {
        Deadline end = Deadline.in(length);
        long between = Math.min(BETWEEN_EVENTS_NANOS, length.toNanos() / EVENTS_AT_LEAST);
        long next = System.nanoTime();
        for (int i = 0; !end.passed(); i++) {
            HookEvent event = events.get(i % events.size());
            String mark = HookEvent.newMark();
            int number = account.send(mark);
            client.emit(event.send().namespace(), event.send().event(), OrgJson.of(event.marked(mark)))
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
        limits.judge(CHECK, account.outages().longestMs()).ifPresent(examination::add);
        if (examination.hasFailed(Hop.values())) {
            return;
        }
        if (account.unanswered() > 0 && limits.isExceeded(account.unanswered(), account.sent(), true)) {
            lost(CHECK + ".acknowledged", Hop.EVENT, account.describeUnanswered());
        } else if (limits.isExceeded(account.lost(), account.sent(), false)) {
            lost(CHECK + ".acknowledged", Hop.EVENT, account.lost() + " of " + account.sent() + " events lost");
        }
        MarkedDeliveries deliveries = account.deliveries();
        if (limits.isExceeded(deliveries.lost(), deliveries.expected(), true)) {
            lost(CHECK + ".delivered", Hop.RELAY, deliveries.describeLost());
        }
    }

    private void lost(String check, Hop hop, String what) {
        String told = what + limits.describeLoss();
        examination.add(Finding.fail(check, hop, Symptom.PARTLY_LOST, "events of the hook", told, told));
    }
}
