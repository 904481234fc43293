package siodiag.hook;

import java.io.IOException;
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
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.hook.javaclient.JavaClient;
import siodiag.probe.DiagnosticRun;
import siodiag.recording.RecordedEvent;
import siodiag.recording.Recording;

/**
 * Sends the events of a monitor's record again, all over one connection, asks for an acknowledgement of each, and counts.
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
    private final Consumer<String> status;
    private final Stopwatch watch = new Stopwatch();
    private final Semaphore window = new Semaphore(WINDOW);
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicBoolean reported = new AtomicBoolean();
    private final Outages outages = new Outages();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong notSent = new AtomicLong();
    private volatile String unreadable = "";
    private double nextStatusMs;

    /** @param status told now and then how far it is */
    public ReplayRun(DiagnosticRun done, ReplayPlan replay, Consumer<String> status) {
        this.examination = done;
        this.replay = replay;
        this.status = status;
    }

    /** Sends the whole record and adds what was found. @throws CannotRunException where the file can't be read any more */
    public void run() throws InterruptedException {
        if (examination.reached().isEmpty()) {
            examination.add(Finding.skip(CHECK, Hop.SESSION, "a namespace that accepts the hook"));
            return;
        }
        List<String> transports = examination.reached().get().transports().names();
        Reconnection reconnection = new Reconnection(outages);
        try (JavaClient client = new JavaClient(examination.target(), transports, true, reconnection);
                Recording record = new Recording(replay.file())) {
            reconnection.join(client, examination.reached().get().joined());
            sendAll(client, record);
            window.tryAcquire(WINDOW, examination.target().timeout().toMillis(), TimeUnit.MILLISECONDS);
            report();
        } catch (IOException failure) {
            throw new CannotRunException(
                    "--replay: " + Text.cut(replay.file().toString(), 200) + " can't be read any more");
        }
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
            return client.post(INTAKE, event.args().get(0).toString()).thenApply(code -> code / 100 == 2);
        }
        try {
            Object[] args = ReplayArguments.of(event);
            if (examination.reached().orElseThrow().joined().contains(event.namespace())) {
                sent.incrementAndGet();
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
                        now * 1000 / Math.max(1, watch.millis()),
                        acknowledged.get(),
                        notSent.get() == 0 ? "" : ", not sendable " + notSent)
                + "; " + outages.summary();
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
    }
}
