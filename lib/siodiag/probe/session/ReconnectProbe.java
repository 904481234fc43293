package siodiag.probe.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.catalogue.Hop;
import siodiag.core.Pace;
import siodiag.core.Stopwatch;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.probe.connect.ConnectionPair;
import siodiag.probe.connect.NoSession;
import siodiag.probe.connect.SingleConnect;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Offsets;
import siodiag.protocol.Refusal;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.protocol.WebSocketSession;
import siodiag.target.Target;

/**
 * Hop session: a second connection beside the first, before anything else could disturb it; where that fails, after the
 * first. Both are kept: what else hop session looks at needs no others.
 */
final class ReconnectProbe {
    private static final String ID = "session.reconnect";
    private static final int NAMESPACES_TRIED = 3;
    private static final int TRIES = 3;
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private final Target target;
    private final Transports transports;
    private final Findings findings;

    /**
     * @param goOn    false where a second connection fails though the first has ended
     * @param company null where none of the first namespaces connects, or there may be only one connection at a time
     */
    record Outcome(boolean goOn, ConnectionPair company) {}

    private ReconnectProbe(Target target, Transports transports, Findings findings) {
        this.target = target;
        this.transports = transports;
        this.findings = findings;
    }

    static Outcome run(Target target, Transports transports, Findings findings) throws InterruptedException {
        return new ReconnectProbe(target, transports, findings).run();
    }

    private Outcome run() throws InterruptedException {
        SocketClient first;
        try {
            first = transports.open(target.timeout());
        } catch (ExchangeException failure) {
            return new Outcome(true, null); // Whoever needs a session next says so.
        }
        List<String> names = target.namespaces();
        for (String name : names.subList(0, Math.min(names.size(), NAMESPACES_TRIED))) {
            ConnectResult answer = first.connect(name, target.auth(), target.time(Wait.FIRST_NAMESPACE))
                    .join();
            if (answer instanceof ConnectResult.Connected) {
                return beside(first, name);
            } else if (!(answer instanceof ConnectResult.ConnectError)) {
                break;
            }
        }
        first.close();
        return new Outcome(true, null);
    }

    private Outcome beside(SocketClient first, String name) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        Second second = second(first, name);
        ConnectResult answer = second.answer;
        Optional<String> older = answer instanceof ConnectResult.Connected ? end(first, name) : Optional.empty();
        if (answer instanceof ConnectResult.Connected && older.isEmpty()) {
            findings.add(Finding.pass(ID, Hop.SESSION, "a second connection succeeds while the first is open")
                    .took(watch.millis()));
            return new Outcome(true, new ConnectionPair(name, answer, first, second.client, second.received));
        }
        first.close();
        second.close();
        return older.isPresent() ? replaced(name, older.get()) : after(name, answer, watch);
    }

    /** No answer is one where the first connection is answered meanwhile: a server that stands still answers nobody. */
    private Second second(SocketClient first, String name) throws InterruptedException {
        Second second = open(name);
        for (int again = 0;
                again < TRIES - 1 && second.answer instanceof ConnectResult.TimedOut && isStandingStill(first);
                again++) {
            second.close();
            second = open(name);
        }
        return second;
    }

    private Second open(String name) {
        Offsets received = new Offsets();
        SocketClient client = null;
        try {
            client = transports.open(received, target.timeout());
            return new Second(
                    client,
                    client.connect(name, target.auth(), target.timeout()).join(),
                    received);
        } catch (ExchangeException failure) {
            return new Second(client, SingleConnect.notOpened(failure), received);
        }
    }

    /** Whether the first connection is not answered at once either; waits until it is. */
    private boolean isStandingStill(SocketClient first) throws InterruptedException {
        if (!(first.session() instanceof WebSocketSession)) {
            return false; // its question would be one more connection
        }
        Stopwatch watch = new Stopwatch();
        try {
            first.session().pulse().get(target.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return watch.millis() > AT_ONCE.toMillis();
        } catch (TimeoutException | ExecutionException none) {
            return true;
        }
    }

    /** A second connection, as far as it came. */
    private record Second(SocketClient client, ConnectResult answer, Offsets received) {
        void close() {
            if (client != null) {
                client.close();
            }
        }
    }

    /** How the server ended the older connection when the newer came; empty where it leaves both. */
    private Optional<String> end(SocketClient first, String name) throws InterruptedException {
        try {
            return Optional.of(first.disconnected(name)
                    .get(target.time(Wait.OLDER_CONNECTION).toMillis(), TimeUnit.MILLISECONDS)
                    .how());
        } catch (TimeoutException both) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Outcome replaced(String name, String how) {
        return oneAtATime(
                "a new connection of a client replaces its older one",
                "CONNECT " + name + " of a second connection: connected; the first, idle one: " + how);
    }

    /** Whether a second connection is possible once the first has ended, at once or a little later. */
    private Outcome after(String name, ConnectResult beside, Stopwatch watch) throws InterruptedException {
        ConnectResult soon = later(name, target.time(Wait.CLEARING_UP));
        ConnectResult third = soon instanceof ConnectResult.Connected || soon instanceof ConnectResult.TimedOut
                ? soon
                : later(name, target.time(Wait.RECONNECTION));
        if (third instanceof ConnectResult.Connected
                && findings.has(Symptom.SERVER_ERROR)
                && beside instanceof ConnectResult.SessionClosed closed
                && closed.closure().serverError().isPresent()) {
            findings.add(NoSession.finding(
                    ID,
                    "a second connection fails, as single requests do intermittently",
                    closed.closure(),
                    "second, while the first is open: " + ConnectResult.describe(beside)));
            return new Outcome(false, null);
        }
        if (third instanceof ConnectResult.Connected) {
            return beside instanceof ConnectResult.ConnectError || beside instanceof ConnectResult.Disconnected
                    ? oneAtATime(
                            "the server allows a client one connection at a time",
                            "CONNECT " + name + " of a second connection: " + ConnectResult.describe(beside),
                            "after the first had closed: connected")
                    : limited(name, beside);
        }
        boolean token = third instanceof ConnectResult.ConnectError refused && Refusal.speaksOfToken(refused.payload());
        findings.add(Finding.fail(
                        ID,
                        token ? Hop.AUTH : Hop.SESSION,
                        token ? Symptom.TOKEN_REFUSED : Symptom.SECOND_CONNECTION_FAILS,
                        name,
                        "a second connection fails",
                        "first CONNECT " + name + ": connected",
                        "second, while the first is open: " + ConnectResult.describe(beside),
                        "another attempt, after the first was closed: " + ConnectResult.describe(third))
                .took(watch.millis()));
        return new Outcome(false, null);
    }

    /** The application's own rule: examined with one connection at a time, as far as that goes. */
    private Outcome oneAtATime(String rule, String... evidence) {
        findings.add(Finding.info(ID, Hop.SESSION, rule + ": the run continues with one at a time", evidence));
        transports.engine().sessions().limitTo(1);
        return new Outcome(true, null);
    }

    /** Held back without a word of the application: the server, or what is before it, serves no more at a time. */
    private Outcome limited(String name, ConnectResult beside) {
        findings.add(Finding.fail(
                ID,
                Hop.SESSION,
                Symptom.CONNECTION_LIMIT_REACHED,
                "1 connection at the same time",
                "a second connection is accepted only after the first has closed",
                "CONNECT " + name + " of a second connection: " + ConnectResult.describe(beside),
                "after the first had closed: connected"));
        transports.engine().sessions().limitTo(1);
        return new Outcome(true, null);
    }

    private ConnectResult later(String name, Duration delay) throws InterruptedException {
        Pace.pause(delay);
        return SingleConnect.answer(target, transports, name, target.timings().within(Wait.RECONNECTED));
    }
}
