package siodiag;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Hop transport: polling, direct WebSocket and the upgrade from one to the other, each by itself. */
final class TransportProbe {
    static final String POLLING = "transport.polling";
    static final String WEBSOCKET = "transport.websocket";
    static final String UPGRADE = "transport.upgrade";
    static final String AGAIN = "session.second-handshake";

    private final Target target;
    private final Engine engine;
    private final Findings findings;

    TransportProbe(Target target, Engine engine, Findings findings) {
        this.target = target;
        this.engine = engine;
        this.findings = findings;
    }

    Transports run() {
        Stopwatch watch = new Stopwatch();
        CompletableFuture<Optional<StickinessCheck.Result>> trial = Threads.start(this::polling);
        CompletableFuture<WebSocketTrial> webSocket = Threads.start(this::webSocket);
        Optional<StickinessCheck.Result> polling = trial.join().map(result -> webSocket.join().compare(result));
        boolean pollingWorks = polling.map(result -> result.sign() == null).orElse(false);
        boolean pollingAnswers = polling.map(StickinessCheck.Result::answered).orElse(false);
        WireFailure blocked = webSocket.join().blocked(pollingAnswers);
        polling.ifPresent(result -> findings.add(told(result, blocked == null).took(watch.millis())));
        if (blocked != null && engine.polling() && refusesSecondHandshake()) {
            return new Transports(engine, false, false);
        }
        if (blocked != null) {
            findings.add(Finding.warn(WEBSOCKET, Hop.TRANSPORT, Sign.WEBSOCKET_FAILS, engine.site().endpoint().toString(),
                    "WebSocket does not work", "polling handshake: " + Text.quote(engine.handshake().raw(), 160),
                    "WebSocket handshake: " + blocked.evidence()));
            findings.add(Finding.skip(UPGRADE, Hop.TRANSPORT, "WebSocket"));
        } else {
            findings.add(Finding.pass(WEBSOCKET, Hop.TRANSPORT, "WebSocket opens directly").took(watch.millis()));
            if (pollingWorks) {
                upgrade();
            }
        }
        return new Transports(engine, pollingWorks, blocked == null);
    }

    private Optional<StickinessCheck.Result> polling() {
        return engine.polling() ? Optional.of(new StickinessCheck(target, engine).run()) : Optional.empty();
    }

    /** @param overWebSocket whether WebSocket carries sessions: then refused polling is no obstacle to what comes after */
    private Finding told(StickinessCheck.Result result, boolean overWebSocket) {
        if (result.sign() == null) {
            return Finding.pass(POLLING, Hop.TRANSPORT, result.detail());
        } else if (result.sign() == Sign.POLLING_REFUSED && overWebSocket) {
            return Finding.warn(POLLING, Hop.TRANSPORT, result.sign(), engine.site().endpoint().toString(),
                    result.detail()).withEvidence(result.evidence());
        }
        boolean serverError = result.sign() == Sign.SERVER_ERROR;
        Hop hop = result.sign() == Sign.CLOSED_IN_USE ? Hop.SESSION : serverError ? Hop.HTTP : Hop.TRANSPORT;
        return Finding.fail(POLLING, hop, result.sign(), serverError ? result.detail()
                : engine.site().endpoint().toString(), result.detail()).withEvidence(result.evidence());
    }

    /**
     * What became of a WebSocket session.
     *
     * @param failure  why there is none; null where it opened
     * @param answered whether a packet that was sent over it was answered
     */
    private record WebSocketTrial(WireFailure failure, boolean answered) {

        /** Why it can't be used; null where it can. A server that answers over polling must answer here too. */
        WireFailure blocked(boolean pollingAnswers) {
            return failure == null && !answered && pollingAnswers ? new WireFailure(WireFailure.Kind.SILENT,
                    "opened and sent the handshake, but a packet sent over it got no answer; over polling it did")
                    : failure;
        }

        /** Polling that takes packets and answers none is of no use where a WebSocket answers them. */
        StickinessCheck.Result compare(StickinessCheck.Result polling) {
            return polling.sign() == null && !polling.answered() && answered ? StickinessCheck.Result.failed(
                    Sign.POLLING_REFUSED, "polling takes packets and loses them", List.of("polling: handshake answered, "
                            + "a packet POSTed with status 200, and no answer to it; over WebSocket it is answered"))
                    : polling;
        }
    }

    private WebSocketTrial webSocket() {
        try (SocketClient client = new Transports(engine, false, true).open(target.timeout())) {
            Admission answer = client.connect(Decoy.namespace(), "", target.timeout()).join();
            return answer instanceof Admission.Closed closed
                    ? new WebSocketTrial(new WireFailure(WireFailure.Kind.CUT, "opened, then " + closed.closure().evidence()),
                            false)
                    : new WebSocketTrial(null, !(answer instanceof Admission.Silent));
        } catch (WireFailure failure) {
            return new WebSocketTrial(failure, false);
        }
    }

    private void upgrade() {
        Stopwatch watch = new Stopwatch();
        if (!engine.handshake().upgrades().contains("websocket")) {
            findings.add(Finding.info(UPGRADE, Hop.TRANSPORT, "the server offers no upgrade to WebSocket: clients that "
                    + "start with polling stay there", Text.quote(engine.handshake().raw(), 160)));
            return;
        }
        try {
            TransportUpgrade.attempt(engine, Deadline.in(target.timeout()));
            findings.add(Finding.pass(UPGRADE, Hop.TRANSPORT, "polling upgrades to WebSocket").took(watch.millis()));
        } catch (WireFailure failure) {
            if (refusesSecondHandshake()) {
                return;
            }
            String here = engine.site().endpoint().toString();
            String detail = "the upgrade to WebSocket fails";
            findings.add((SessionDialect.saysUnknownSid(failure.getMessage())
                    ? Finding.fail(UPGRADE, Hop.TRANSPORT, Sign.SID_UNKNOWN_NOW_AND_THEN, here, detail,
                            "the upgrade of a polling session: " + failure.evidence())
                    : Finding.warn(UPGRADE, Hop.TRANSPORT, Sign.WEBSOCKET_FAILS, here, detail, "the upgrade of a polling "
                            + "session: " + failure.evidence() + "; a WebSocket that is opened directly works"))
                    .took(watch.millis()));
        }
    }

    /** The first handshake went well; where no other does, it is not the transport's fault. */
    private boolean refusesSecondHandshake() {
        Greeting again;
        try {
            again = Greeting.of(engine.site().handshake(4, Map.of(), Deadline.in(target.timeout())));
        } catch (WireFailure failure) {
            again = new Greeting(Greeting.Kind.OTHER, null, "", failure.evidence());
        }
        if (again.kind() == Greeting.Kind.ENGINE) {
            return false;
        }
        String[] evidence = {"first: " + Text.quote(engine.handshake().raw(), 160), "later: " + again.evidence()};
        String detail = "the first handshake succeeded, another one does not";
        findings.add(again.kind() == Greeting.Kind.SERVER_ERROR
                ? Finding.fail(AGAIN, Hop.HTTP, Sign.SERVER_ERROR, again.subject() + " now and then", detail, evidence)
                : Finding.fail(AGAIN, Hop.SESSION, Sign.SECOND_CONNECTION_FAILS, "another handshake is refused", detail,
                        evidence));
        return true;
    }
}
