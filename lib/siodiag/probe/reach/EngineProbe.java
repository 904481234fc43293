package siodiag.probe.reach;

import java.time.Instant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Handshake;
import siodiag.protocol.Http2;
import siodiag.protocol.HttpReply;
import siodiag.protocol.Parser;
import siodiag.protocol.Site;
import siodiag.protocol.WebSocketSession;
import siodiag.target.Target;

/**
 * Hops http and engine: who answers at the path, and is it Engine.IO 4? Where it is not, what is it, and where is
 * Engine.IO instead?
 */
final class EngineProbe {
    static final String HTTP = "http.answer";
    static final String ENGINE = "engine.handshake";
    /** How a server of another protocol takes an HTTP request. */
    private static final Set<ExchangeException.Kind> MUTE = Set.of(
            ExchangeException.Kind.CLOSED,
            ExchangeException.Kind.REFUSED,
            ExchangeException.Kind.NOT_HTTP,
            ExchangeException.Kind.SILENT);

    private static final Set<Symptom> PERHAPS_HTTP2 =
            Set.of(Symptom.NOT_HTTP, Symptom.CLOSED_UNANSWERED, Symptom.HANDSHAKE_INVALID);
    private static final Set<Symptom> PERHAPS_ELSEWHERE = Set.of(Symptom.SILENT, Symptom.CLOSED_UNANSWERED);

    private final Target target;
    private final Site site;
    private final Findings findings;
    private PathSearch.Result searched;
    private Boolean tlsSpoken;

    EngineProbe(Target target, Site site, Findings findings) {
        this.target = target;
        this.site = site;
        this.findings = findings;
    }

    /** The handshake over polling, or over WebSocket where polling is off; nothing where there is none. */
    Optional<Engine> run() throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        CompletableFuture<HttpReply> answer =
                Scope.current().fork("handshake", () -> site.handshake(4, Map.of(), Deadline.in(target.timeout())));
        try {
            HttpReply reply = waitOrSearch(answer);
            if (reply == null) {
                return Optional.empty();
            }
            return judge(reply, watch);
        } catch (ExecutionException failure) {
            failed((ExchangeException) failure.getCause(), watch);
            return Optional.empty();
        }
    }

    /** A server that takes long may never answer at this path: the search for another one starts meanwhile. */
    private HttpReply waitOrSearch(CompletableFuture<HttpReply> answer)
            throws ExecutionException, InterruptedException {
        try {
            return answer.get(target.timings().within(Wait.BEFORE_PATH_SEARCH).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silence) {
            CompletableFuture<Boolean> tls = Scope.current().fork("TLS handshake", this::lookForTls);
            PathSearch.Result found = search();
            tls.join();
            if (found.path().isPresent() && !answer.isDone()) {
                findings.add(Finding.fail(
                        HTTP,
                        Hop.HTTP,
                        Symptom.SILENT,
                        site.endpoint().toString(),
                        "no answer at " + site.path(),
                        "no answer at " + site.path() + " so far"));
                elsewhere(found);
                return null;
            }
            return answer.get();
        }
    }

    private Optional<Engine> judge(HttpReply reply, Stopwatch watch) {
        HandshakeResponse greeting = HandshakeResponse.of(reply);
        double took = watch.millis();
        if (Http2.isAskedFor(reply) && isHttp2("HTTP/1.1 is answered with " + reply.evidence())) {
            return Optional.empty();
        }
        switch (greeting.kind()) {
            case ENGINE -> {
                findings.add(Finding.pass(HTTP, Hop.HTTP, greeting.subject()).took(took));
                return Optional.of(opened(greeting.handshake(), reply, took));
            }
            case REDIRECT ->
                findings.add(Redirect.follow(site, reply, forOtherProtocol())
                        .finding(HTTP, greeting.evidence())
                        .took(took));
            case WANTS_CERTIFICATE ->
                fail(
                        "tls.client-certificate",
                        Hop.TLS,
                        Symptom.CLIENT_CERTIFICATE_REQUIRED,
                        here(),
                        greeting.evidence(),
                        took);
            case SERVER_ERROR ->
                fail(HTTP, Hop.HTTP, Symptom.SERVER_ERROR, greeting.subject(), greeting.evidence(), took);
            case LIMITED -> {} // told by whoever heard it
            case WANTS_TLS -> {
                fail(HTTP, Hop.HTTP, Symptom.TLS_PORT, here(), greeting.evidence(), took);
                return Optional.empty();
            }
            case FORBIDDEN -> forbidden(greeting, took);
            case OLD -> oldProtocol(greeting, took);
            default -> {
                return overWebSocket(greeting, took);
            }
        }
        return Optional.empty();
    }

    /** By a policy, or for the credentials that came with the request: only stated ones can be wrong. */
    private void forbidden(HandshakeResponse greeting, double took) {
        findings.add(Finding.pass(HTTP, Hop.HTTP, "an HTTP server answers").took(took));
        List<String> evidence = new ArrayList<>(List.of(greeting.evidence()));
        boolean stated = target.credentials().isStated();
        if (stated) {
            evidence.add("sent with " + target.credentials().places());
            evidence.addAll(target.credentials().remarks(Instant.now()));
        }
        boolean refused = stated && greeting.speaksOfCredentials();
        Finding finding = Finding.fail(
                        ENGINE,
                        Hop.ENGINE,
                        refused ? Symptom.TOKEN_REFUSED : Symptom.HANDSHAKE_FORBIDDEN,
                        refused ? "the server at the handshake (" + greeting.subject() + ")" : greeting.subject(),
                        greeting.evidence())
                .withEvidence(evidence)
                .took(took);
        findings.add(finding.withAdvice(
                refused ? Advice.CREDENTIALS_OF_HANDSHAKE : stated ? null : Advice.STATE_CREDENTIALS));
    }

    /** Polling does not work: WebSocket alone may, and tells a plain WebSocket server too. */
    private Optional<Engine> overWebSocket(HandshakeResponse greeting, double took) {
        findings.add(Finding.pass(HTTP, Hop.HTTP, greeting.subject()).took(took));
        Deadline deadline = forOtherProtocol();
        try (WebSocketSession session = WebSocketSession.open(site, Map.of(), deadline)) {
            if (greeting.kind() == HandshakeResponse.Kind.GARBLED) {
                fail(
                        ENGINE,
                        Hop.ENGINE,
                        Symptom.HANDSHAKE_INVALID,
                        here(),
                        "polling: " + greeting.evidence() + "; over WebSocket the handshake succeeds",
                        took);
                return Optional.empty();
            }
            if (OldProtocol.isSpoken(session, deadline)) {
                fail(
                        ENGINE,
                        Hop.ENGINE,
                        Symptom.OLD_PROTOCOL,
                        "Engine.IO 3 (Socket.IO 2)",
                        "over WebSocket the server connects the client unasked (packet 40 without a sid), as "
                                + "Socket.IO 2 does",
                        took);
                return Optional.empty();
            }
            findings.add(Finding.warn(
                    "transport.polling",
                    Hop.TRANSPORT,
                    Symptom.POLLING_REFUSED,
                    here(),
                    "polling is rejected, WebSocket works",
                    greeting.evidence(),
                    "WebSocket opens a session: "
                            + Text.quote(session.handshake().raw(), 160)));
            return Optional.of(opened(session.handshake(), null, took));
        } catch (ExchangeException failure) {
            noSession(greeting, failure, took);
            return Optional.empty();
        }
    }

    private void noSession(HandshakeResponse greeting, ExchangeException webSocket, double took) {
        Symptom sign =
                switch (greeting.kind()) {
                    case GARBLED -> Symptom.HANDSHAKE_INVALID;
                    case POLLING_OFF, REFUSED -> Symptom.HANDSHAKE_REFUSED;
                    default -> Symptom.NO_ENGINE;
                };
        findings.add(Finding.fail(
                        ENGINE,
                        Hop.ENGINE,
                        sign,
                        here(),
                        "no usable Engine.IO handshake",
                        "polling: " + greeting.evidence(),
                        "WebSocket: " + webSocket.evidence())
                .took(took));
        if (sign != Symptom.NO_ENGINE) {
            return;
        }
        PathSearch.Result found = search();
        if (found.path().isPresent()) {
            elsewhere(found);
        } else if (webSocket.kind() == ExchangeException.Kind.NO_HANDSHAKE || opensAtRoot()) {
            findings.add(Finding.fail(
                    "engine.websocket",
                    Hop.ENGINE,
                    Symptom.PLAIN_WEBSOCKET,
                    here(),
                    "a WebSocket opens, but no Engine.IO handshake follows",
                    webSocket.evidence()));
        }
    }

    private boolean opensAtRoot() {
        try (WebSocketSession session = WebSocketSession.open(site.at("/"), Map.of(), forOtherProtocol())) {
            return false;
        } catch (ExchangeException failure) {
            return failure.kind() == ExchangeException.Kind.NO_HANDSHAKE;
        }
    }

    private void oldProtocol(HandshakeResponse greeting, double took) {
        findings.add(Finding.pass(HTTP, Hop.HTTP, greeting.subject()).took(took));
        String subject = "Engine.IO 3 (Socket.IO 2)";
        String three = "with EIO=3: ";
        try {
            HandshakeResponse answer = HandshakeResponse.of(site.handshake(3, Map.of(), Deadline.in(target.timeout())));
            three += answer.evidence();
            if (answer.evidence().equals(greeting.evidence())) {
                subject =
                        "neither Engine.IO 4 nor 3, or does not get the requested version (a proxy that drops the query)";
            }
        } catch (ExchangeException failure) {
            three += failure.evidence();
        }
        findings.add(Finding.fail(
                        ENGINE,
                        Hop.ENGINE,
                        Symptom.OLD_PROTOCOL,
                        subject,
                        "the server does not support Engine.IO 4",
                        "with EIO=4: " + greeting.evidence(),
                        three)
                .took(took));
    }

    private void failed(ExchangeException first, Stopwatch watch) {
        if (MUTE.contains(first.kind()) && lookForTls()) {
            noAnswer(first, signOf(first), watch);
            return;
        }
        ExchangeException failure = betterKnown(first);
        Symptom sign = signOf(failure);
        if (PERHAPS_HTTP2.contains(sign) && isHttp2("HTTP/1.1 is answered with: " + failure.evidence())) {
            return;
        }
        if (!PERHAPS_ELSEWHERE.contains(sign)) {
            noAnswer(failure, sign, watch);
            return;
        }
        PathSearch.Result found = search();
        boolean onlyHere =
                sign == Symptom.SILENT && found.alive() && found.path().isEmpty();
        noAnswer(failure, onlyHere ? Symptom.HANDSHAKE_UNFINISHED : sign, watch);
        if (found.path().isPresent()) {
            elsewhere(found);
        }
    }

    private void noAnswer(ExchangeException failure, Symptom sign, Stopwatch watch) {
        Hop hop = hopOf(sign);
        findings.add(Finding.fail(
                        hop == Hop.ENGINE ? ENGINE : HTTP,
                        hop,
                        sign,
                        here(),
                        "no HTTP answer to the handshake",
                        failure.evidence() + String.format(Locale.ROOT, " (after %.0f ms)", watch.millis()))
                .took(watch.millis()));
    }

    private static Symptom signOf(ExchangeException failure) {
        return switch (failure.kind()) {
            case CLOSED, REFUSED -> Symptom.CLOSED_UNANSWERED;
            case SILENT, UNREACHABLE -> Symptom.SILENT;
            case NOT_HTTP -> Symptom.NOT_HTTP;
            case UNFINISHED -> Symptom.HANDSHAKE_UNFINISHED;
            case TLS_FAILED -> Symptom.TLS_FAILED;
            case CLIENT_CERTIFICATE_REQUIRED -> Symptom.CLIENT_CERTIFICATE_REQUIRED;
            default -> Symptom.HANDSHAKE_INVALID;
        };
    }

    private static Hop hopOf(Symptom sign) {
        return switch (sign) {
            case HANDSHAKE_UNFINISHED, HANDSHAKE_INVALID -> Hop.ENGINE;
            case TLS_FAILED, CLIENT_CERTIFICATE_REQUIRED -> Hop.TLS;
            default -> Hop.HTTP;
        };
    }

    /** What closes without an answer may yet say what it is. */
    private ExchangeException betterKnown(ExchangeException failure) {
        ExchangeException message = failure.kind() != ExchangeException.Kind.CLOSED
                ? null
                : TextService.firstBytes(site, forOtherProtocol());
        return message == null ? failure : message;
    }

    /** Whether it speaks HTTP/2; then that is what is wrong, and told. */
    private boolean isHttp2(String refusal) {
        Optional<String> spoken = Http2.settings(site, forOtherProtocol());
        spoken.ifPresent(seen -> findings.add(Finding.fail(
                HTTP,
                Hop.HTTP,
                Symptom.HTTP2_ONLY,
                site.endpoint().toString(),
                "HTTP/2 and no HTTP/1.1",
                refusal,
                seen)));
        return spoken.isPresent();
    }

    /** Looks for another path, once. */
    private PathSearch.Result search() {
        if (searched == null) {
            searched = new PathSearch(site, target.timings()).run(target.namespaces());
        }
        return searched;
    }

    /** Whether TLS is spoken where http was used; told once. */
    private synchronized boolean lookForTls() {
        if (tlsSpoken == null) {
            tlsSpoken =
                    !site.endpoint().tls() && TlsProbe.isSpoken(site.endpoint(), site.address(), forOtherProtocol());
            if (tlsSpoken) {
                findings.add(Finding.fail(
                        "tls.spoken",
                        Hop.TLS,
                        Symptom.TLS_PORT,
                        site.endpoint().toString(),
                        "a TLS handshake succeeds where http was used",
                        "a TLS ClientHello is answered with TLS"));
            }
        }
        return tlsSpoken;
    }

    private void elsewhere(PathSearch.Result found) {
        String path = found.path().orElseThrow();
        String name = path.endsWith("/") && path.length() > 1
                ? path.substring(0, path.length() - 1)
                : path + " (without the trailing slash)";
        findings.add(Finding.fail(
                "engine.path",
                Hop.ENGINE,
                Symptom.ENGINE_AT_OTHER_PATH,
                path.equals("/") ? "/" : name,
                "Engine.IO answers at " + path,
                found.evidence()));
    }

    private Engine opened(Handshake handshake, HttpReply answer, double took) {
        String limit = handshake.maxPayload() < 0
                ? "no payload limit announced"
                : "payload limit " + Text.size(handshake.maxPayload());
        findings.add(Finding.pass(
                        ENGINE,
                        Hop.ENGINE,
                        "Engine.IO 4, " + handshake.family().title() + ", ping every "
                                + Text.duration(Duration.ofMillis(handshake.pingIntervalMs())) + ", timeout "
                                + Text.duration(Duration.ofMillis(handshake.pingTimeoutMs())) + ", " + limit)
                .took(took));
        return new Engine(site, handshake, answer, target.parser() == null ? Parser.DEFAULT : target.parser());
    }

    private void fail(String id, Hop hop, Symptom sign, String subject, String evidence, double took) {
        findings.add(Finding.fail(id, hop, sign, subject, evidence, evidence).took(took));
    }

    private Deadline forOtherProtocol() {
        return Deadline.in(target.timings().within(Wait.OTHER_PROTOCOL));
    }

    private String here() {
        return site.endpoint() + site.path();
    }
}
