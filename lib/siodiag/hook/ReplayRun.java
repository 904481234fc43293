package siodiag.hook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.json.JSONException;
import siodiag.catalogue.Hop;
import siodiag.core.CannotRunException;
import siodiag.core.Deadline;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.hook.javaclient.JavaClient;
import siodiag.probe.DiagnosticRun;
import siodiag.probe.relay.Preparation;
import siodiag.probe.relay.StandingReceiver;
import siodiag.recording.RecordedEvent;
import siodiag.recording.Recording;
import siodiag.target.Flow;

/**
 * Sends the events of a monitor's record again, all over one connection, asks for an acknowledgement of each, watches what
 * reaches another client, and counts.
 */
public final class ReplayRun {
    private static final String CHECK = "hook.replay";
    private static final String INTAKE = "/api/events";
    /** What may be on its way, in bytes: the client's own queues have no bound, or end the connection at 16 MiB. */
    private static final int WINDOW = 4 * 1024 * 1024;

    private static final int EVENT_OVERHEAD = 1024;
    private static final double STATUS_EVERY_MS = 500;

    private final DiagnosticRun examination;
    private final ReplayPlan replay;
    private final Limits limits;
    private final Consumer<String> status;
    private final Stopwatch watch = new Stopwatch();
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicBoolean reported = new AtomicBoolean();
    private final Outages outages = new Outages();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong notSent = new AtomicLong();
    private volatile NamedDeliveries deliveries = new NamedDeliveries(null, List.of());
    private volatile double sendingMs;
    private volatile String unreadable = "";
    private double nextStatusMs;

    /** @param status told now and then how far it is */
    public ReplayRun(DiagnosticRun done, ReplayPlan replay, Limits limits, Consumer<String> status) {
        this.examination = done;
        this.replay = replay;
        this.limits = limits;
        this.status = status;
    }

    /** Sends the whole record and adds what was found. @throws CannotRunException where the file can't be read any more */
    public void run() throws InterruptedException {
        if (examination.reached().isEmpty()) {
            examination.add(Finding.skip(CHECK, Hop.SESSION, "a namespace that accepts the hook"));
            return;
        }
        DiagnosticRun.Reached reached = examination.reached().get();
        Reconnection reconnection = new Reconnection(outages);
        try (StandingReceiver receiver = receiver(reached);
                JavaClient client = new JavaClient(
                        examination.target(), reached.transports().names(), true, reconnection);
                Recording record = new Recording(replay.file())) {
            reconnection.join(client, reached.joined());
            sendAll(client, record);
            sendingMs = watch.millis();
            Deadline settled = Deadline.in(examination.target().timeout());
            window.tryAcquire(WINDOW, Math.max(0, settled.millisLeft()), TimeUnit.MILLISECONDS);
            deliveries.awaitAll(settled);
            report();
        } catch (IOException failure) {
            throw new CannotRunException(
                    "--replay: " + Text.cut(replay.file().toString(), 200) + " can't be read any more");
        }
    }

    /** Another client in the same namespaces: what arrives there was relayed. */
    private StandingReceiver receiver(DiagnosticRun.Reached reached) throws InterruptedException {
        Flow flow = examination.target().flow();
        List<Flow.Send> sends = flow == null ? List.of() : flow.sends(reached.joined());
        deliveries = new NamedDeliveries(flow, sends);
        return StandingReceiver.start(
                examination.target(),
                reached.transports(),
                reached.joined(),
                flow == null ? Preparation.NONE : Preparation.ofDashboards(flow, sends),
                deliveries);
    }

    private void sendAll(JavaClient client, Recording record) throws IOException, InterruptedException {
        ReplayPlan.Clock clock = new ReplayPlan.Clock(replay);
        while (record.hasNext()) {
            RecordedEvent event = record.next();
            if (event.isStart()) {
                clock.newRun();
            } else if (event.isPosted() || ReplayPlan.isSendable(event)) {
                clock.awaitTurn(event);
                send(client, event);
                showStatus();
            }
            unreadable = unreadable(record);
        }
        unreadable = unreadable(record);
    }

    private void send(JavaClient client, RecordedEvent event) throws InterruptedException {
        int cost = Math.min(
                WINDOW,
                EVENT_OVERHEAD
                        + event.args().toString().length()
                        + event.attachments().stream()
                                .mapToInt(bytes -> bytes.length)
                                .sum());
        window.acquire(cost);
        answer(client, event)
                .orTimeout(examination.target().timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((good, failure) -> {
                    if (Boolean.TRUE.equals(good)) {
                        acknowledged.incrementAndGet();
                    }
                    window.release(cost);
                });
    }

    /** Whether the server took the event, once it says so. */
    private CompletableFuture<Boolean> answer(JavaClient client, RecordedEvent event) {
        if (event.isPosted()) {
            sent.incrementAndGet();
            deliveries.sent("/", event.event(), true);
            return client.post(INTAKE, event.args().get(0).toString()).thenApply(code -> code / 100 == 2);
        }
        try {
            Object[] args = ReplayArguments.of(event);
            if (examination.reached().orElseThrow().joined().contains(event.namespace())) {
                sent.incrementAndGet();
                deliveries.sent(event.namespace(), event.event(), false);
                return client.emit(event.namespace(), event.event(), args).thenApply(message -> true);
            }
        } catch (JSONException tooDeep) {
            // Counted with the others that can't be sent.
        }
        notSent.incrementAndGet();
        return CompletableFuture.completedFuture(false);
    }

    private void showStatus() {
        if (watch.millis() >= nextStatusMs) {
            nextStatusMs = watch.millis() + STATUS_EVERY_MS;
            status.accept(String.format(Locale.ROOT, "replay: %.0f s: %s", watch.millis() / 1000, figures()));
        }
    }

    private String figures() {
        long now = sent.get();
        return String.format(
                        Locale.ROOT,
                        "sent %d (%.0f per second), acknowledged %d%s",
                        now,
                        now * 1000 / Math.max(1, sendingMs > 0 ? sendingMs : watch.millis()),
                        acknowledged.get(),
                        notSent.get() == 0 ? "" : ", not sendable " + notSent)
                + deliveries.summary() + "; " + outages.summary();
    }

    private static String unreadable(Recording record) {
        if (record.unreadable() == 0) {
            return "";
        }
        String more = record.unreadable() > record.unreadableLines().size() ? ", …" : "";
        return "; skipped " + Text.count(record.unreadable(), "malformed line") + ": "
                + record.unreadableLines().stream().map(String::valueOf).collect(Collectors.joining(", ")) + more;
    }

    /** Adds what was measured so far, once: at the end, or when interrupted. */
    public void report() {
        if (!reported.compareAndSet(false, true)) {
            return;
        }
        examination.add(outages.judge(CHECK, figures() + unreadable).took(watch.millis()));
        limits.judge(CHECK, outages.longestMs()).ifPresent(examination::add);
        if (sendingMs > 0 && sent.get() > 0 && !examination.hasFailed(Hop.values())) {
            judgeArrival();
        }
    }

    /** That nothing arrives is never as it should be: somebody sends this record because something is to come of it. */
    private void judgeArrival() {
        boolean stable = outages.isStable() && deliveries.interruptions() == 0;
        int lost = deliveries.lost();
        String subject = Text.count(sent.get(), "event") + " of the record";
        List<String> evidence = new ArrayList<>(List.of(
                figures(),
                Text.count(deliveries.arrived(), "event") + " of any name reached another client in "
                        + String.join(", ", examination.reached().orElseThrow().joined())));
        evidence.addAll(deliveries.missing());
        if (acknowledged.get() == 0 && deliveries.arrived() == 0) {
            add(Hop.EVENT, Symptom.NO_REACTION, subject, "nothing was acknowledged, and nothing arrived", evidence);
        } else if (lost > 0 && lost == deliveries.expected()) {
            add(Hop.RELAY, Symptom.NOT_DELIVERED, subject, "none of the events arrived", evidence);
        } else if (limits.isExceeded(lost, deliveries.expected(), stable)) {
            String what = lost + " of " + deliveries.expected() + " did not arrive" + limits.describeLoss();
            add(Hop.RELAY, Symptom.PARTLY_LOST, what, what, evidence);
        }
    }

    private void add(Hop hop, Symptom sign, String subject, String detail, List<String> evidence) {
        examination.add(
                Finding.fail(CHECK + ".delivered", hop, sign, subject, detail).withEvidence(evidence));
    }
}
