package siodiag.probe.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import siodiag.catalogue.Advice;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.probe.reach.HandshakeResponse;
import siodiag.probe.reach.WebOrigin;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.PollingTrial;
import siodiag.protocol.SessionDialect;
import siodiag.protocol.SessionEnd;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.protocol.UnknownNamespace;
import siodiag.target.Application;
import siodiag.target.Target;

/** Hop transport: polling, direct WebSocket and the upgrade from one to the other, each by itself. */
public final class TransportProbe {
    static final String POLLING = "transport.polling";
    static final String WEBSOCKET = "transport.websocket";
    static final String UPGRADE = "transport.upgrade";
    static final String AGAIN = "session.second-handshake";

    private final Target target;
    private final Engine engine;
    private final Findings findings;

    public TransportProbe(Target target, Engine engine, Findings findings) {
        this.target = target;
        this.engine = engine;
        this.findings = findings;
    }

    public Transports run() {
        Stopwatch watch = new Stopwatch();
        CompletableFuture<Optional<PollingOutcome>> polling = Scope.current().fork("polling", this::polling);
        CompletableFuture<WebSocketTrial> webSocket = Scope.current().fork("WebSocket", this::webSocket);
        if (isAnswered(polling, webSocket)) {
            return judged(polling, webSocket, watch);
        }
        ParserJudge parser = new ParserProbe(target, engine).run();
        parser.finding().ifPresent(findings::add);
        if (parser.finding().isPresent()) {
            polling.thenAccept(outcome -> outcome.map(PollingOutcome::session).ifPresent(PollingTrial::close));
        }
        if (parser.spoken().isPresent()) {
            return new TransportProbe(target, engine.with(parser.spoken().get()), findings).again();
        }
        return parser.finding().isPresent() ? new Transports(engine, false, false) : judged(polling, webSocket, watch);
    }

    /** With the parser that the server speaks. */
    private Transports again() {
        return judged(
                Scope.current().fork("polling", this::polling),
                Scope.current().fork("WebSocket", this::webSocket),
                new Stopwatch());
    }

    /** Whether a packet over either transport is answered, soon. */
    private boolean isAnswered(
            CompletableFuture<Optional<PollingOutcome>> polling, CompletableFuture<WebSocketTrial> webSocket) {
        CompletableFuture<Boolean> overPolling = polling.thenApply(
                outcome -> outcome.map(one -> one.result().answered()).orElse(false));
        CompletableFuture<Boolean> overWebSocket = webSocket.thenApply(WebSocketTrial::answered);
        CompletableFuture<Boolean> answered = overPolling.thenCombine(overWebSocket, Boolean::logicalOr);
        List.of(overPolling, overWebSocket)
                .forEach(one -> one.thenAccept(yes -> {
                    if (yes) {
                        answered.complete(true);
                    }
                }));
        return answered.completeOnTimeout(false, target.time(Wait.FIRST_PACKET).toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Transports judged(
            CompletableFuture<Optional<PollingOutcome>> trial,
            CompletableFuture<WebSocketTrial> webSocket,
            Stopwatch watch) {
        CompletableFuture<Optional<TransportUpgrade>> upgrade =
                trial.thenCompose(outcome -> Scope.current().fork("upgrade", () -> outcome.flatMap(this::upgrade)));
        Optional<StickinessCheck.Result> polling =
                trial.join().map(outcome -> webSocket.join().compare(outcome.result()));
        boolean pollingWorks = polling.map(result -> result.sign() == null).orElse(false);
        boolean pollingAnswers = polling.map(StickinessCheck.Result::answered).orElse(false);
        ExchangeException blocked = webSocket.join().blocked(pollingAnswers);
        polling.ifPresent(
                result -> findings.add(finding(result, blocked == null).took(watch.millis())));
        trial.join().flatMap(PollingOutcome::cookie).ifPresent(findings::add);
        if (blocked != null && engine.polling() && refusesSecondHandshake()) {
            return new Transports(engine, false, false);
        }
        if (blocked != null && pollingWorks && !engine.offersWebSocket()) {
            reportMissingUpgrade();
        } else if (blocked != null) {
            findings.add(Finding.warn(
                            WEBSOCKET,
                            Hop.TRANSPORT,
                            Symptom.WEBSOCKET_FAILS,
                            engine.site().endpoint().toString(),
                            "WebSocket does not work",
                            "polling handshake: "
                                    + Text.quote(engine.handshake().raw(), 160),
                            "WebSocket handshake: " + blocked.evidence())
                    .withAdvice(WebSocketRefusal.advice(blocked)));
            findings.add(Finding.skip(UPGRADE, Hop.TRANSPORT, "WebSocket"));
        } else {
            findings.add(Finding.pass(WEBSOCKET, Hop.TRANSPORT, "WebSocket opens directly")
                    .took(watch.millis()));
            if (pollingWorks) {
                upgrade.join().ifPresentOrElse(this::report, this::reportMissingUpgrade);
            }
        }
        return new Transports(engine, pollingWorks, blocked == null);
    }

    /**
     * What became of polling.
     *
     * @param cookie  that only a cookie holds the session, where that is so
     * @param session where it goes on; else null
     */
    private record PollingOutcome(StickinessCheck.Result result, Optional<Finding> cookie, PollingTrial session) {}

    private Optional<PollingOutcome> polling() {
        if (!engine.polling()) {
            return Optional.empty();
        }
        PollingTrial session;
        try {
            session = engine.firstTrial(target.timeout());
        } catch (ExchangeException failure) {
            return Optional.of(new PollingOutcome(secondFails(failure), Optional.empty(), null));
        }
        StickinessCheck check = new StickinessCheck(target, engine, session);
        StickinessCheck.Result result = check.run();
        if (result.sign() != null) {
            session.close();
            return Optional.of(new PollingOutcome(result, Optional.empty(), null));
        }
        return Optional.of(new PollingOutcome(result, cookie(check), session));
    }

    /** Ends the session; nothing where the server offers no upgrade, or there is no session any more. */
    private Optional<TransportUpgrade> upgrade(PollingOutcome outcome) {
        PollingTrial session = outcome.session();
        if (session == null) {
            return Optional.empty();
        }
        if (!engine.offersWebSocket()) {
            session.leave();
            return Optional.empty();
        }
        Deadline deadline = Deadline.in(target.timings().within(Wait.UPGRADE));
        TransportUpgrade upgrade = TransportUpgrade.attempt(engine.site(), session, deadline);
        return Optional.of(upgrade.isSlow() ? again(upgrade) : upgrade);
    }

    /** A server that is slow once may have been asked at a bad moment: it is slow where it is so twice. */
    private TransportUpgrade again(TransportUpgrade slow) {
        try {
            TransportUpgrade second = TransportUpgrade.attempt(
                    engine.site(),
                    engine.openTrial(target.timeout()),
                    Deadline.in(target.timings().within(Wait.SECOND_UPGRADE)));
            return second.isSlow() ? slow : second;
        } catch (ExchangeException failure) {
            return slow;
        }
    }

    private StickinessCheck.Result secondFails(ExchangeException failure) {
        List<String> evidence =
                List.of("first: " + Text.quote(engine.handshake().raw(), 160), "later: " + failure.evidence());
        return SessionEnd.unopened(failure)
                .serverError()
                .map(status -> StickinessCheck.Result.failed(Symptom.SERVER_ERROR, "intermittent " + status, evidence))
                .orElseGet(() -> StickinessCheck.Result.failed(
                        Symptom.SECOND_CONNECTION_FAILS, "another polling handshake fails", evidence));
    }

    /** Pages of another origin don't send the cookie back unasked; whoever is no such page is not promised anything. */
    private Optional<Finding> cookie(StickinessCheck check) {
        List<String> evidence = new ArrayList<>();
        if (!check.needsCookie(evidence)) {
            return Optional.empty();
        }
        Finding finding = Finding.warn(
                        "transport.cookie",
                        Hop.TRANSPORT,
                        Symptom.SID_UNKNOWN_INTERMITTENTLY,
                        engine.site().endpoint().toString(),
                        "only a cookie keeps a session on its process")
                .withEvidence(evidence)
                .withAdvice(Advice.COOKIE_AFFINITY);
        boolean crossOrigin =
                target.origin() != null && !WebOrigin.of(target.endpoint()).isSame(target.origin());
        return Optional.of(crossOrigin ? finding : finding.asInfo());
    }

    /** @param overWebSocket whether WebSocket carries sessions: then refused polling does not prevent what comes after */
    private Finding finding(StickinessCheck.Result result, boolean overWebSocket) {
        if (result.sign() == null) {
            return Finding.pass(POLLING, Hop.TRANSPORT, result.detail());
        } else if (result.sign() == Symptom.POLLING_REFUSED && overWebSocket) {
            return Finding.warn(
                            POLLING,
                            Hop.TRANSPORT,
                            result.sign(),
                            engine.site().endpoint().toString(),
                            result.detail())
                    .withEvidence(result.evidence())
                    .withAdvice(result.advice());
        }
        boolean serverError = result.sign() == Symptom.SERVER_ERROR;
        Hop hop = result.sign() == Symptom.CLOSED_IN_USE
                ? Hop.SESSION
                : result.sign() == Symptom.HANDSHAKE_REPEATED ? Hop.ENGINE : serverError ? Hop.HTTP : Hop.TRANSPORT;
        return Finding.fail(
                        POLLING,
                        hop,
                        result.sign(),
                        serverError ? result.detail() : engine.site().endpoint().toString(),
                        result.detail())
                .withEvidence(result.evidence())
                .withAdvice(result.advice());
    }

    /**
     * What became of a WebSocket session.
     *
     * @param failure  why there is none; null where it opened
     * @param answered whether a packet that was sent over it was answered
     */
    private record WebSocketTrial(ExchangeException failure, boolean answered) {

        /** Why it can't be used; null where it can. A server that answers over polling must answer here too. */
        ExchangeException blocked(boolean pollingAnswers) {
            return failure == null && !answered && pollingAnswers
                    ? new ExchangeException(
                            ExchangeException.Kind.SILENT,
                            "opened and sent the handshake, but a packet sent over it got no answer; over polling it did")
                    : failure;
        }

        /** Polling that takes packets and answers none is of no use where a WebSocket answers them. */
        StickinessCheck.Result compare(StickinessCheck.Result polling) {
            return polling.sign() == null && !polling.answered() && answered
                    ? StickinessCheck.Result.failed(
                            Symptom.POLLING_REFUSED,
                            "polling accepts packets and loses them",
                            List.of(
                                    "polling: handshake answered, "
                                            + "a packet POSTed with status 200, and no answer to it; over WebSocket it is answered"))
                    : polling;
        }
    }

    private WebSocketTrial webSocket() {
        try (SocketClient client = new Transports(engine, false, true).open(target.timeout())) {
            ConnectResult answer = client.connect(UnknownNamespace.namespace(), "", target.timeout())
                    .join();
            return answer instanceof ConnectResult.SessionClosed closed
                    ? new WebSocketTrial(
                            new ExchangeException(
                                    ExchangeException.Kind.CUT,
                                    "opened, then " + closed.closure().evidence()),
                            false)
                    : new WebSocketTrial(null, !(answer instanceof ConnectResult.TimedOut));
        } catch (ExchangeException failure) {
            return new WebSocketTrial(failure, false);
        }
    }

    /** A server that offers no upgrade promises no WebSocket, unless its kind is known to have one. */
    public static Optional<Finding> missing(Transports transports, Application application) {
        Engine engine = transports.engine();
        boolean missing = transports.any()
                && !transports.webSocket()
                && !engine.offersWebSocket()
                && application.kind() != Application.Kind.CLAUDE_MPM;
        return !missing
                ? Optional.empty()
                : Optional.of(Finding.warn(
                        WEBSOCKET,
                        Hop.TRANSPORT,
                        Symptom.WEBSOCKET_FAILS,
                        engine.site().endpoint().toString(),
                        "the server does not offer WebSocket, which clients of this application use",
                        "polling handshake: " + Text.quote(engine.handshake().raw(), 160)));
    }

    private void reportMissingUpgrade() {
        findings.add(Finding.info(
                UPGRADE,
                Hop.TRANSPORT,
                "the server offers no upgrade to WebSocket: clients that start with polling stay on it",
                Text.quote(engine.handshake().raw(), 160)));
    }

    private void report(TransportUpgrade upgrade) {
        String here = engine.site().endpoint().toString();
        ExchangeException failure = upgrade.failure();
        if (upgrade.isSlow()) {
            findings.add(Finding.warn(
                    UPGRADE,
                    Hop.TRANSPORT,
                    Symptom.UPGRADE_SLOW,
                    here,
                    "the upgrade is slow",
                    upgrade.evidence(engine.handshake())));
        } else if (failure == null) {
            findings.add(Finding.pass(UPGRADE, Hop.TRANSPORT, "polling upgrades to WebSocket")
                    .took(upgrade.finishedMs()));
        } else if (!refusesSecondHandshake()) {
            String seen = "the upgrade of a polling session: " + failure.evidence();
            String detail = "the upgrade to WebSocket fails";
            findings.add(
                    SessionDialect.isUnknownSid(failure.getMessage())
                            ? Finding.fail(
                                    UPGRADE, Hop.TRANSPORT, Symptom.SID_UNKNOWN_INTERMITTENTLY, here, detail, seen)
                            : Finding.warn(
                                            UPGRADE,
                                            Hop.TRANSPORT,
                                            Symptom.WEBSOCKET_FAILS,
                                            here,
                                            detail,
                                            seen + "; a WebSocket that is opened directly works")
                                    .withAdvice(WebSocketRefusal.advice(failure)));
        }
    }

    /** The first handshake went well; where no other does, it is not the transport's fault. */
    private boolean refusesSecondHandshake() {
        HandshakeResponse again;
        try {
            again = HandshakeResponse.of(engine.site().handshake(4, Map.of(), Deadline.in(target.timeout())));
        } catch (ExchangeException failure) {
            again = new HandshakeResponse(HandshakeResponse.Kind.OTHER, null, "", failure.evidence());
        }
        if (again.kind() == HandshakeResponse.Kind.ENGINE) {
            return false;
        }
        String[] evidence = {"first: " + Text.quote(engine.handshake().raw(), 160), "later: " + again.evidence()};
        String detail = "the first handshake succeeds, another one fails";
        findings.add(
                again.kind() == HandshakeResponse.Kind.SERVER_ERROR
                        ? Finding.fail(
                                AGAIN,
                                Hop.HTTP,
                                Symptom.SERVER_ERROR,
                                "intermittent " + again.subject(),
                                detail,
                                evidence)
                        : Finding.fail(
                                AGAIN,
                                Hop.SESSION,
                                Symptom.SECOND_CONNECTION_FAILS,
                                "another handshake is rejected",
                                detail,
                                evidence));
        return true;
    }
}
