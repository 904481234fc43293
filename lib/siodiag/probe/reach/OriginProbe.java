package siodiag.probe.reach;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import siodiag.catalogue.Advice;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Redactor;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Handshake;
import siodiag.protocol.HttpReply;
import siodiag.protocol.HttpRequest;
import siodiag.protocol.Site;
import siodiag.protocol.WebSocketSession;
import siodiag.target.Target;

/** Hop engine: whether a page from an origin may read the server's answers (CORS, Fetch standard). */
public final class OriginProbe {
    private static final String ID = "engine.origin";
    private static final String PREFLIGHT = "engine.preflight";
    private static final String CACHED = "engine.second-handshake";
    private static final String EXAMPLE = "http://dashboard.example";

    private final Target target;
    private final Engine engine;
    private final Findings findings;
    private final String origin;
    private final boolean own;

    private OriginProbe(Target target, Engine engine, Findings findings) {
        this.target = target;
        this.engine = engine;
        this.findings = findings;
        this.origin = target.origin() == null ? EXAMPLE : target.origin();
        this.own = WebOrigin.of(target.endpoint()).isSame(origin);
    }

    /**
     * With an origin to test a refusal fails the check; without one a stranger's is tried, for information. It is the second
     * handshake as well, which a cache on the way would answer as it did the first.
     *
     * @return whether to go on: false where a cache answers
     */
    public static boolean run(Target target, Engine engine, Findings findings) {
        return new OriginProbe(target, engine, findings).run();
    }

    private boolean run() {
        Stopwatch watch = new Stopwatch();
        if (!engine.polling()) {
            add(overWebSocket(Map.of("Origin", origin)).took(watch.millis()));
            return true;
        }
        try {
            HttpReply reply = ask(origin);
            if (isFirstAgain(reply)) {
                findings.add(cached(reply));
                return false;
            }
            add(judge(Cors.judge(origin, own, reply)).took(watch.millis()));
        } catch (ExchangeException failure) {
            add(refused(List.of("Origin: " + origin + ": " + failure.evidence()), null)
                    .took(watch.millis()));
        }
        return true;
    }

    private void add(Finding finding) {
        findings.add(target.origin() == null ? finding.asInfo() : finding);
    }

    private HttpReply ask(String from) throws ExchangeException {
        return engine.site().handshake(4, Map.of("Origin", from), Deadline.in(target.timeout()));
    }

    private boolean isFirstAgain(HttpReply reply) {
        return Handshake.of(reply)
                .filter(again -> again.sid().equals(engine.handshake().sid()))
                .isPresent();
    }

    private Finding cached(HttpReply reply) {
        return Finding.fail(
                CACHED,
                Hop.ENGINE,
                Symptom.HANDSHAKE_REPEATED,
                engine.site().endpoint() + engine.site().path(),
                "two handshakes return the same session",
                "both answers have the session id "
                        + Redactor.mask(engine.handshake().sid()),
                "the second came with " + CacheTrace.of(reply));
    }

    private Finding judge(Cors cors) {
        if (target.origin() == null) {
            return Finding.info(ID, Hop.ENGINE, cors.evidence());
        }
        return switch (cors.kind()) {
            case ALLOWED -> allowed(cors);
            case WILDCARD_WITH_CREDENTIALS ->
                Finding.warn(
                                ID,
                                Hop.ENGINE,
                                Symptom.ORIGIN_REFUSED,
                                origin,
                                "pages that send credentials are blocked",
                                cors.evidence())
                        .withAdvice(Advice.CORS_WILDCARD);
            case CREDENTIALS_TWICE ->
                Finding.warn(
                                ID,
                                Hop.ENGINE,
                                Symptom.ORIGIN_REFUSED,
                                origin,
                                "pages that send credentials are blocked",
                                cors.evidence())
                        .withAdvice(Advice.CORS_TWICE);
            case TWICE -> refused(List.of(cors.evidence()), Advice.CORS_TWICE);
            default -> hiddenScheme(cors);
        };
    }

    /** Refused over polling: is the page's own scheme what is not known? */
    private Finding hiddenScheme(Cors cors) {
        if (!origin.startsWith("https://")) {
            return refused(List.of(cors.evidence()), null);
        }
        String plain = "http" + origin.substring("https".length());
        try {
            boolean ofHost = WebOrigin.of(target.endpoint()).isOfHost(origin);
            Cors other = Cors.judge(plain, ofHost, ask(plain));
            return other.kind() != Cors.Kind.ALLOWED
                    ? refused(List.of(cors.evidence()), null)
                    : refused(
                            List.of(cors.evidence(), "http:// of the same host is accepted: " + other.evidence()),
                            ofHost ? Advice.CORS_HIDDEN_HTTPS : Advice.CORS_OTHER_SCHEME);
        } catch (ExchangeException failure) {
            return refused(List.of(cors.evidence()), null);
        }
    }

    /** Allowed over polling; WebSocket has no CORS, but some servers look at the origin of upgrades themselves. */
    private Finding allowed(Cors cors) {
        Finding webSocket = overWebSocket(Map.of("Origin", origin));
        if (webSocket.isTrouble() && !overWebSocket(Map.of()).isTrouble()) {
            return webSocket;
        }
        if (!own) {
            preflight().ifPresent(findings::add);
        }
        return Finding.pass(ID, Hop.ENGINE, cors.evidence());
    }

    /** What a browser sends before a request that has headers of the page's own. */
    private Optional<Finding> preflight() {
        HttpRequest options = new HttpRequest(
                        "OPTIONS",
                        Site.uncached(engine.site().handshakeTarget(4, "polling")),
                        Map.of("Origin", origin),
                        new byte[0])
                .with("Access-Control-Request-Method", "GET")
                .with("Access-Control-Request-Headers", "authorization");
        String seen;
        try {
            HttpReply reply = engine.site().exchange(options, Deadline.in(target.timeout()));
            Cors cors = Cors.judge(origin, false, reply);
            if (cors.kind() == Cors.Kind.ALLOWED || cors.kind().isForCredentialsOnly()) {
                return Optional.empty();
            }
            seen = cors.evidence()
                    + (reply.header("location").isEmpty()
                            ? ""
                            : ", redirected to " + Text.quote(reply.header("location"), 120));
        } catch (ExchangeException failure) {
            seen = failure.evidence();
        }
        return Optional.of(Finding.warn(
                        PREFLIGHT,
                        Hop.ENGINE,
                        Symptom.ORIGIN_REFUSED,
                        origin,
                        "requests that need a preflight are blocked",
                        "preflight (OPTIONS): " + seen)
                .withAdvice(Advice.CORS_PREFLIGHT));
    }

    private Finding refused(List<String> evidence, Advice advice) {
        return Finding.fail(ID, Hop.ENGINE, Symptom.ORIGIN_REFUSED, origin, "refused")
                .withEvidence(evidence)
                .withAdvice(advice);
    }

    /** @param headers with the origin; without one it shows whether WebSocket works at all */
    private Finding overWebSocket(Map<String, String> headers) {
        try (WebSocketSession session = WebSocketSession.open(engine.site(), headers, Deadline.in(target.timeout()))) {
            return Finding.pass(ID, Hop.ENGINE, "a WebSocket from " + origin + " is accepted");
        } catch (ExchangeException failure) {
            return refused(
                    List.of("WebSocket with Origin: " + origin + ": " + failure.evidence()),
                    engine.polling() ? Advice.CORS_WEBSOCKET : null);
        }
    }
}
