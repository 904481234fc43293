package siodiag;

import java.io.Closeable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hop session: one connection to all namespaces that does nothing but stay, while the other probes work. It sees whether
 * the server lets it stay, and whether its pings come when they were announced. Another one, in {@code /} alone, gets
 * none of the events that the flow sends: it meets the idle time-out of a proxy.
 */
final class SessionProbe implements Closeable {
    /** Where something is broken already. */
    private static final Duration SHORTEST = Duration.ofMillis(1000);
    /** As long as the flow and the hook take, and a little more: nobody waits five seconds to hear that all is well. */
    private static final Duration LONGER = Duration.ofMillis(2000);
    /** A connection that ends sooner was not wanted in {@code /}, which need not be under test. */
    private static final double IDLE_MS = 1000;
    private static final double TOLERATED_FACTOR = 1.5;
    private static final long TOLERATED_MS = 500;

    private final Target target;
    private final SocketClient client;
    private final SocketClient idle;
    private final List<String> namespaces;
    private final Deadline shortest = Deadline.in(SHORTEST);
    private final Deadline longer = Deadline.in(LONGER);
    private final Map<String, Admission> admissions = new LinkedHashMap<>();

    private SessionProbe(Target target, SocketClient client, SocketClient idle, List<String> namespaces) {
        this.target = target;
        this.client = client;
        this.idle = idle;
        this.namespaces = namespaces;
    }

    /** Joins all the namespaces over one connection. @throws WireFailure where no session opens */
    static SessionProbe start(Target target, Transports transports, List<String> namespaces) throws WireFailure {
        SessionProbe probe = new SessionProbe(target, transports.open(target.timeout()),
                transports.open(target.timeout()), namespaces);
        probe.idle.connect("/", target.auth(), target.timeout());
        Map<String, CompletableFuture<Admission>> asked = new LinkedHashMap<>();
        namespaces.forEach(name ->
                asked.put(name, probe.client.connect(name, target.auth(), target.timeout())));
        asked.forEach((name, answer) -> probe.admissions.put(name, answer.join()));
        return probe;
    }

    /**
     * The findings, after the connection has lasted long enough to mean something.
     *
     * @param troubled whether something is known to be broken: then nobody is kept waiting for less likely faults
     */
    List<Finding> finish(boolean troubled) throws InterruptedException {
        List<String> missing = namespaces.stream()
                .filter(name -> !(admissions.get(name) instanceof Admission.Joined)).toList();
        Finding together = missing.isEmpty()
                ? Finding.pass("session.multiplex", Hop.SESSION, Text.count(namespaces.size(), "namespace") + " over one connection")
                : Finding.warn("session.multiplex", Hop.SESSION, Sign.UNUSABLE, String.join(", ", missing),
                        "namespaces that connect alone fail together on one connection")
                        .withEvidence(missing.stream().map(name -> name + ": "
                                + Admission.describe(admissions.get(name))).toList());
        Finding dropped = dropped(troubled ? shortest : longer);
        return dropped != null ? List.of(together, dropped)
                : List.of(together, Finding.pass("session.stays", Hop.SESSION, "the server leaves the connection open"),
                        heartbeat());
    }

    private Finding dropped(Deadline patience) throws InterruptedException {
        CompletableFuture<Object> put = CompletableFuture.anyOf(namespaces.stream().map(name -> client.disconnected(name)
                .thenApply(out -> name + " disconnected by " + out.how())).toArray(CompletableFuture[]::new));
        try {
            String how = String.valueOf(CompletableFuture.anyOf(client.closure().thenApply(Closure::evidence), put,
                    cutIdle()).get(Math.max(1, patience.millisLeft()), TimeUnit.MILLISECONDS));
            String evidence = client.closure().isDone() ? client.closure().join().evidence() : how;
            return Finding.fail("session.stays", Hop.SESSION, Sign.CLOSED_IN_USE, "a connection that only listens",
                    "the server ended a connection that did nothing wrong", evidence);
        } catch (TimeoutException stays) {
            return null;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Completes when the idle connection has been ended, after having been let stay for a while. */
    private CompletableFuture<String> cutIdle() {
        CompletableFuture<String> cut = new CompletableFuture<>();
        idle.closure().thenAccept(closure -> {
            if (closure.aliveMs() > IDLE_MS) {
                cut.complete("an idle connection: " + closure.evidence());
            }
        });
        return cut;
    }

    private Finding heartbeat() throws InterruptedException {
        Heartbeat heartbeat = client.heartbeat();
        long announced = heartbeat.announcedMs();
        if (announced > target.timeout().toMillis()) {
            return Finding.info("session.heartbeat", Hop.SESSION, "pings are announced every " + announced
                    + " ms: longer than --timeout, not waited for");
        }
        double tolerated = Math.max(announced * TOLERATED_FACTOR, announced + TOLERATED_MS);
        try {
            heartbeat.first().get((long) tolerated, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            // The longest gap, measured below, tells.
        }
        double longest = heartbeat.longestMs();
        String seen = String.format(Locale.ROOT, "announced every %d ms; %s seen, longest gap %.0f ms", announced,
                Text.count(heartbeat.count(), "ping"), longest);
        return longest <= tolerated && heartbeat.count() > 0
                ? Finding.pass("session.heartbeat", Hop.SESSION, seen)
                : Finding.warn("session.heartbeat", Hop.SESSION, Sign.PING_LATE,
                        String.format(Locale.ROOT, "%.0f ms instead of %d ms", longest, announced), seen, seen);
    }

    @Override
    public void close() {
        client.close();
        idle.close();
    }
}
