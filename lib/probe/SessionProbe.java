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
 * the server lets it stay, and whether its pings come when they were announced.
 */
final class SessionProbe implements Closeable {
    private static final Duration SHORTEST = Duration.ofMillis(1500);
    /** Longer than the three seconds after which servers like to put out whom they wait for in vain. */
    private static final Duration LONGER = Duration.ofMillis(3500);
    private static final double TOLERATED_FACTOR = 1.5;
    private static final long TOLERATED_MS = 500;

    private final Target target;
    private final SocketClient client;
    private final List<String> namespaces;
    private final Deadline shortest = Deadline.in(SHORTEST);
    private final Deadline longer = Deadline.in(LONGER);
    private final Map<String, Admission> admissions = new LinkedHashMap<>();

    private SessionProbe(Target target, SocketClient client, List<String> namespaces) {
        this.target = target;
        this.client = client;
        this.namespaces = namespaces;
    }

    /** Joins all the namespaces over one connection. @throws WireFailure where no session opens */
    static SessionProbe start(Target target, Transports transports, List<String> namespaces) throws WireFailure {
        SessionProbe probe = new SessionProbe(target, transports.open(target.timeout()), namespaces);
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
                ? Finding.pass("session.multiplex", Hop.SESSION, namespaces.size() + " namespaces over one connection")
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
        CompletableFuture<Object> put = CompletableFuture.anyOf(namespaces.stream()
                .map(client::disconnected).toArray(CompletableFuture[]::new));
        try {
            String how = String.valueOf(CompletableFuture.anyOf(put, client.closure().thenApply(Closure::evidence))
                    .get(Math.max(1, patience.millisLeft()), TimeUnit.MILLISECONDS));
            String evidence = client.closure().isDone() ? client.closure().join().evidence()
                    : "namespace disconnected by " + how;
            return Finding.fail("session.stays", Hop.SESSION, Sign.CLOSED_IN_USE, "a connection that only listens",
                    "the server ended a connection that did nothing wrong", evidence);
        } catch (TimeoutException stays) {
            return null;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
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
    }
}
