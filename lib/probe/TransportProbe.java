package siodiag;

import java.util.Map;
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
        CompletableFuture<Boolean> polling = Threads.start(() -> engine.polling() && polling());
        CompletableFuture<WireFailure> webSocket = Threads.start(this::webSocket);
        boolean pollingWorks = polling.join();
        WireFailure blocked = webSocket.join();
        if (blocked != null && engine.polling() && refusesSecondHandshake()) {
            return new Transports(engine, false, false);
        }
        if (blocked != null) {
            findings.add(Finding.warn(WEBSOCKET, Hop.TRANSPORT, Sign.WEBSOCKET_FAILS, engine.site().endpoint().toString(),
                    "WebSocket does not work", "polling handshake: " + Text.quote(engine.handshake().raw(), 160),
                    "WebSocket handshake: " + blocked.evidence()));
            findings.add(Finding.skip(UPGRADE, Hop.TRANSPORT, "WebSocket"));
        } else if (pollingWorks) {
            upgrade();
        }
        return new Transports(engine, pollingWorks, blocked == null);
    }

    private boolean polling() {
        Stopwatch watch = new Stopwatch();
        StickinessCheck.Result result = new StickinessCheck(target, engine).run();
        if (result.sign() == null) {
            findings.add(Finding.pass(POLLING, Hop.TRANSPORT, result.detail()).took(watch.millis()));
            return true;
        }
        findings.add(Finding.fail(POLLING, result.sign() == Sign.CLOSED_IN_USE ? Hop.SESSION : Hop.TRANSPORT,
                result.sign(), engine.site().endpoint().toString(), result.detail())
                .withEvidence(result.evidence()).took(watch.millis()));
        return false;
    }

    /** Null where it works: a session that carries a packet each way. */
    private WireFailure webSocket() {
        Stopwatch watch = new Stopwatch();
        try (SocketClient client = new Transports(engine, false, true).open(target.timeout())) {
            Admission answer = client.connect(Decoy.namespace(), "", target.timeout()).join();
            if (answer instanceof Admission.Closed closed) {
                return new WireFailure(WireFailure.Kind.CUT, "opened, then " + closed.closure().evidence());
            }
            findings.add(Finding.pass(WEBSOCKET, Hop.TRANSPORT, answer instanceof Admission.Silent
                    ? "opens directly; a first packet went without an answer" : "opens directly and carries packets")
                    .took(watch.millis()));
            return null;
        } catch (WireFailure failure) {
            return failure;
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
            Upgrade.attempt(engine, Deadline.in(target.timeout()));
            findings.add(Finding.pass(UPGRADE, Hop.TRANSPORT, "polling upgrades to WebSocket").took(watch.millis()));
        } catch (WireFailure failure) {
            boolean elsewhere = SessionDialect.saysUnknownSid(failure.getMessage());
            findings.add(Finding.warn(UPGRADE, Hop.TRANSPORT,
                    elsewhere ? Sign.SID_UNKNOWN_NOW_AND_THEN : Sign.WEBSOCKET_FAILS,
                    engine.site().endpoint().toString(), "the upgrade to WebSocket fails", failure.evidence())
                    .took(watch.millis()));
        }
    }

    /** The first handshake went well; where no other does, it is not the transport's fault. */
    private boolean refusesSecondHandshake() {
        Greeting again;
        try {
            again = Greeting.of(engine.site().greet(4, Map.of(), Deadline.in(target.timeout())));
        } catch (WireFailure failure) {
            again = new Greeting(Greeting.Kind.OTHER, null, "", failure.evidence());
        }
        if (again.kind() == Greeting.Kind.ENGINE) {
            return false;
        }
        findings.add(Finding.fail(AGAIN, Hop.SESSION, Sign.SECOND_CONNECTION_FAILS, "another handshake is refused",
                "the first handshake succeeded, another one does not",
                "first: " + Text.quote(engine.handshake().raw(), 160), "later: " + again.evidence()));
        return true;
    }
}
