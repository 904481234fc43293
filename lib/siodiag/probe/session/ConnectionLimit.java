package siodiag.probe.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Pace;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.Engine;
import siodiag.protocol.EngineSession;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.HttpReply;
import siodiag.protocol.PollingSession;
import siodiag.protocol.SocketClient;
import siodiag.protocol.TextCodec;
import siodiag.protocol.Transports;

/**
 * Hop session: how many connections the server serves at the same time. Only asked where one of several came to nothing:
 * opens one after the other and keeps them, until one more is not served; then ends one, and sees whether that helps.
 *
 * @param served  how many were served at the same time
 * @param refusal what became of one more
 * @param freed   what became of it, or of another try, once one of the others had ended; empty where that did not help
 */
record ConnectionLimit(int served, String refusal, String freed) {
    static final String ID = "session.connections";
    private static final Pattern POLICY = Pattern.compile("HTTP 4\\d\\d\\b");
    private static final Pattern ANOTHER_KIND = Pattern.compile("HTTP (429|500|502|504)\\b");
    private static final int REFUSALS = 3;
    private static final int MAX = 12;
    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration ONE_AFTER_THE_OTHER = Duration.ofMillis(40);
    private static final Duration CLEARING_UP = Duration.ofMillis(200);

    /** Nothing where so many as are tried are served, or none is. */
    static Optional<ConnectionLimit> measure(Transports transports, Duration timeout) throws InterruptedException {
        List<EngineSession> held = new ArrayList<>();
        Stopwatch first = new Stopwatch();
        Duration answerTimeout = timeout; // what this client has closed just now may still be counted
        try {
            while (held.size() < MAX) {
                Trial trial = oneMore(transports, timeout, answerTimeout);
                if (!trial.isServed(Duration.ZERO)) {
                    Optional<ConnectionLimit> limit = held.isEmpty() || trial.isOfAnotherKind()
                            ? Optional.empty()
                            : Optional.of(confirm(held, trial, transports, answerTimeout));
                    trial.abandon();
                    return limit;
                }
                held.add(trial.session.join());
                if (held.size() == 1) {
                    answerTimeout = orSooner(timeout, MIN_TIMEOUT.plusMillis(2 * (long) first.millis()));
                }
            }
            return Optional.empty();
        } finally {
            held.forEach(EngineSession::close);
        }
    }

    private static Duration orSooner(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** A refusal must last: one node of two, or a limit of the rate, takes the next one, or one a little later. */
    private static Trial oneMore(Transports transports, Duration timeout, Duration answerTimeout)
            throws InterruptedException {
        Trial trial = new Trial(transports, timeout);
        for (int again = 0;
                again < REFUSALS - 1
                        && !trial.isServed(answerTimeout)
                        && trial.session.isDone()
                        && !trial.isOfAnotherKind();
                again++) {
            Pace.pause(CLEARING_UP);
            trial = new Trial(transports, timeout);
        }
        trial.isServed(answerTimeout);
        return trial;
    }

    private static ConnectionLimit confirm(
            List<EngineSession> held, Trial trial, Transports transports, Duration answerTimeout)
            throws InterruptedException {
        int served = held.size();
        String refusal = trial.outcome(answerTimeout);
        if (!trial.session.isDone() && !answers(held.get(served - 1), answerTimeout)) {
            return new ConnectionLimit(served, refusal, ""); // nobody is served just now
        }
        if (!trial.session.isDone() && trial.isServed(CLEARING_UP)) {
            return new ConnectionLimit(served, refusal, ""); // nobody was, and now all are
        }
        held.remove(0).close();
        Stopwatch watch = new Stopwatch();
        Trial again = trial;
        for (int turn = 0; turn < REFUSALS && again.session.isDone() && !again.isServed(answerTimeout); turn++) {
            Pace.pause(CLEARING_UP);
            again = new Trial(transports, answerTimeout);
            again.isServed(answerTimeout);
        }
        boolean helped = again.isServed(answerTimeout);
        again.abandon();
        String who = again == trial ? "the same one" : "another attempt";
        return new ConnectionLimit(
                served,
                refusal,
                !helped
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%s was accepted %.0f ms after one of the %d had closed",
                                who,
                                watch.millis(),
                                served));
    }

    private static boolean answers(EngineSession session, Duration answerTimeout) throws InterruptedException {
        if (session instanceof PollingSession) {
            return true; // its question would be one more connection
        }
        try {
            session.pulse().get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException none) {
            return false;
        }
    }

    /**
     * The failure that it is where one more is served only when another ends, nothing where the end of one did not help. A
     * refusal by policy (RFC 9110, 15.5) is the application's own decision.
     */
    Optional<Finding> finding() {
        if (freed.isEmpty()) {
            return Optional.empty();
        } else if (POLICY.matcher(refusal).find()) {
            return Optional.of(Finding.info(
                    ID,
                    Hop.SESSION,
                    "the server allows one client " + Text.count(served, "connection")
                            + ": the run continues with no more",
                    "one more: " + refusal,
                    "then one was closed: " + freed));
        }
        String most = Text.count(served, "connection") + " at the same time";
        return Optional.of(Finding.fail(
                ID,
                Hop.SESSION,
                Symptom.CONNECTION_LIMIT_REACHED,
                most,
                "no more than " + most,
                Text.count(served, "connection") + " opened and kept: accepted",
                "one more: " + refusal,
                "then one of them was closed: " + freed));
    }

    /** One attempt to open a session. */
    private static final class Trial {
        private final CompletableFuture<EngineSession> session;

        Trial(Transports transports, Duration timeout) {
            session = Scope.current().fork("one more connection", () -> open(transports, timeout));
        }

        /** Over WebSocket; but first a polling handshake, which some servers hold back at another number of connections. */
        private static EngineSession open(Transports transports, Duration timeout)
                throws ExchangeException, InterruptedException {
            Engine engine = transports.engine();
            if (!transports.webSocket()) {
                return listening(engine.openPolling(Deadline.in(timeout)));
            }
            HttpReply reply = engine.polling() ? engine.site().handshake(4, Map.of(), Deadline.in(timeout)) : null;
            if (reply != null && reply.status() != 200) {
                throw new ExchangeException(ExchangeException.Kind.MALFORMED, reply.evidence());
            }
            Pace.pause(ONE_AFTER_THE_OTHER); // that one has ended, and is counted no more
            return listening(engine.openWebSocket(Deadline.in(timeout)));
        }

        /** A session that polls, and answers pings. */
        private static EngineSession listening(EngineSession session) {
            return new SocketClient(session, new TextCodec(), (namespace, event, args, nanos) -> {}).session();
        }

        /** A rate that is limited, or an error in the server or behind a proxy, does not depend on how many there are. */
        boolean isOfAnotherKind() {
            return session.isDone()
                    && ANOTHER_KIND.matcher(outcome(Duration.ZERO)).find();
        }

        boolean isServed(Duration answerTimeout) throws InterruptedException {
            try {
                return !session.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS)
                        .isEnded();
            } catch (ExecutionException refused) {
                return false;
            } catch (TimeoutException waits) {
                return false;
            }
        }

        /** Closes it, now or when it opens after all. */
        void abandon() {
            session.thenAccept(EngineSession::close);
        }

        String outcome(Duration waited) {
            if (!session.isDone()) {
                return "no answer for " + waited.toMillis() + " ms";
            }
            return session.handle((opened, failure) -> failure == null
                            ? "closed at once"
                            : failure instanceof ExchangeException wire
                                    ? wire.evidence()
                                    : String.valueOf(failure.getMessage()))
                    .join();
        }
    }
}
