package siodiag.probe.session;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Text;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.probe.connect.ConnectionPair;
import siodiag.probe.connect.EventAuthentication;
import siodiag.probe.connect.LastDisconnect;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.EngineSession;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Heartbeat;
import siodiag.protocol.Offsets;
import siodiag.protocol.SessionEnd;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/**
 * Hop session: two connections that do nothing but stay, while the other probes work. It sees whether the server lets them
 * stay, whether all namespaces go over one connection, and whether pings come when they were announced.
 */
public final class SessionProbe implements Closeable {
    private static final double TOLERATED_FACTOR = 1.5;
    private static final long TOLERATED_MS = 500;

    private final Target target;
    private final Transports transports;
    private final ConnectionPair company;
    private final Deadline shortest;
    private final Deadline longer;
    private final Map<String, ConnectResult> admissions = new LinkedHashMap<>();
    private volatile LastDisconnect lastDisconnect;

    /** @param company closed with this probe */
    SessionProbe(Target target, Transports transports, ConnectionPair company) {
        this.target = target;
        this.transports = transports;
        this.company = company;
        long both = company.bothSinceNanos();
        this.shortest = new Deadline(both + target.time(Wait.STAY_IN_TROUBLE).toNanos());
        this.longer = new Deadline(both + target.time(Wait.STAY).toNanos());
        admissions.put(company.namespace(), company.joined());
    }

    /**
     * Opens the connections that nobody has opened before.
     *
     * @param one whether there may be only one
     * @throws ExchangeException where one does not open
     */
    public static SessionProbe open(Target target, Transports transports, String namespace, boolean one)
            throws ExchangeException {
        Offsets received = new Offsets();
        SocketClient busy = transports.open(received, target.timeout());
        try {
            SocketClient idle = one ? busy : transports.open(target.timeout());
            ConnectResult joined =
                    busy.connect(namespace, target.auth(), target.timeout()).join();
            if (!one) {
                idle.connect(namespace, target.auth(), target.timeout()).join();
            }
            return new SessionProbe(target, transports, new ConnectionPair(namespace, joined, idle, busy, received));
        } catch (ExchangeException failure) {
            busy.close();
            throw failure;
        }
    }

    /** Joins the other namespaces over the same connection. */
    void join(List<String> namespaces) {
        Map<String, CompletableFuture<ConnectResult>> asked = new LinkedHashMap<>();
        namespaces.stream()
                .filter(name -> !admissions.containsKey(name))
                .forEach(name -> asked.put(name, company.busy().connect(name, target.auth(), target.timeout())));
        asked.forEach((name, answer) -> admissions.put(name, answer.join()));
    }

    /**
     * The findings, after the connections have lasted long enough to mean something.
     *
     * @param troubled whether something is known to be broken: then nobody is kept waiting for less likely faults
     */
    public List<Finding> finish(boolean troubled) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Object end = end(troubled ? shortest : longer);
        lastDisconnect = end instanceof LastDisconnect told ? told : null;
        findings.add(together());
        if (end instanceof String how) {
            findings.add(Finding.fail(
                    EventAuthentication.STAYS,
                    Hop.SESSION,
                    Symptom.CLOSED_IN_USE,
                    "a receive-only connection",
                    "the server closed a healthy connection",
                    how));
        } else if (end == null) {
            findings.add(Finding.pass(EventAuthentication.STAYS, Hop.SESSION, "the server keeps the connections open"));
            findings.add(heartbeat());
        }
        if (!target.idle().isZero()) {
            findings.add(IdleProbe.run(
                    company.idle(), target.idle(), transports.engine().opening()));
        }
        if (end == null && company.busy() != company.idle()) {
            new RecoveryProbe(target, transports)
                    .run(company.busy(), admissions, company.received())
                    .ifPresent(findings::add);
        }
        return findings;
    }

    /** The one that sends and receives nothing. */
    EngineSession idle() {
        return company.idle().session();
    }

    private Finding together() {
        List<String> missing = admissions.keySet().stream()
                .filter(name -> !(admissions.get(name) instanceof ConnectResult.Connected))
                .toList();
        return missing.isEmpty()
                ? Finding.pass(
                        "session.multiplex",
                        Hop.SESSION,
                        Text.count(admissions.size(), "namespace") + " over one connection")
                : Finding.warn(
                                "session.multiplex",
                                Hop.SESSION,
                                Symptom.UNUSABLE,
                                String.join(", ", missing),
                                "namespaces that connect individually fail together on one connection")
                        .withEvidence(missing.stream()
                                .map(name -> name + ": " + ConnectResult.describe(admissions.get(name)))
                                .toList());
    }

    /** How the application has disconnected one of the two; nothing where it left them, or before {@link #finish}. */
    Optional<LastDisconnect> lastDisconnect() {
        return Optional.ofNullable(lastDisconnect);
    }

    /** How one of the two was ended in a time: a farewell of the application, words for any other end; null for none. */
    private Object end(Deadline answerTimeout) throws InterruptedException {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        // The farewells first: a server that ends the connection behind its packet 41 has said both by now.
        ends.add(company.idle()
                .disconnected(company.namespace())
                .thenApply(out -> describe(company.idle(), company.namespace(), out)));
        admissions
                .keySet()
                .forEach(name -> ends.add(
                        company.busy().disconnected(name).thenApply(out -> describe(company.busy(), name, out))));
        ends.add(company.idle().closure().thenApply(closure -> "an idle connection: " + closure.evidence()));
        ends.add(company.busy().closure().thenApply(SessionEnd::evidence));
        try {
            return CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new))
                    .get(Math.max(1, answerTimeout.millisLeft()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stays) {
            return null;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of a client that was disconnected because its connection ended, the end of the connection is what tells. */
    private static Object describe(SocketClient client, String namespace, ConnectResult.Disconnected out) {
        if (!out.isByPacket()) {
            return client.closure().join().evidence();
        }
        SessionEnd cut = client.cutOff().join();
        return new LastDisconnect(
                namespace, out.message().isEmpty() ? client.latest(namespace) : out.message(), cut.aliveMs());
    }

    private Finding heartbeat() throws InterruptedException {
        Heartbeat heartbeat = company.busy().heartbeat();
        long announced = heartbeat.announcedMs();
        if (announced > target.timeout().toMillis()) {
            return Finding.info(
                    "session.heartbeat",
                    Hop.SESSION,
                    "pings are announced every " + Text.duration(Duration.ofMillis(announced))
                            + ": longer than --timeout, not tested");
        }
        double tolerated = Math.max(announced * TOLERATED_FACTOR, (double) announced + TOLERATED_MS);
        try {
            heartbeat.first().get((long) tolerated, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            // The longest gap, measured below, tells.
        }
        double longest = heartbeat.longestMs();
        String seen = String.format(
                Locale.ROOT,
                "announced every %s; %s received, longest gap %.0f ms",
                Text.duration(Duration.ofMillis(announced)),
                Text.count(heartbeat.count(), "ping"),
                longest);
        return longest <= tolerated && heartbeat.count() > 0
                ? Finding.pass("session.heartbeat", Hop.SESSION, seen)
                : Finding.warn(
                        "session.heartbeat",
                        Hop.SESSION,
                        Symptom.PING_LATE,
                        String.format(
                                Locale.ROOT,
                                "%.0f ms instead of %s",
                                longest,
                                Text.duration(Duration.ofMillis(announced))),
                        seen,
                        seen);
    }

    @Override
    public void close() {
        company.close();
    }
}
