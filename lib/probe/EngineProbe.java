package siodiag;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hops http and engine: who answers at the path, and is it Engine.IO 4? Where it is not, what is it, and where is
 * Engine.IO instead?
 */
final class EngineProbe {
    static final String HTTP = "http.answer";
    static final String ENGINE = "engine.handshake";
    private static final Duration BEFORE_SEARCH = Duration.ofMillis(1200);
    private static final Duration SIDE_PROBE = Duration.ofSeconds(2);

    private final Target target;
    private final Site site;
    private final Findings findings;
    private PathSearch.Result searched;
    private boolean tlsSought;

    EngineProbe(Target target, Site site, Findings findings) {
        this.target = target;
        this.site = site;
        this.findings = findings;
    }

    /** The handshake over polling, or over WebSocket where polling is off; nothing where there is none. */
    Optional<Engine> run() throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        CompletableFuture<HttpReply> answer = Threads.start(() ->
                site.handshake(4, Map.of(), Deadline.in(target.timeout())));
        try {
            HttpReply reply = waitOrSearch(answer);
            if (reply == null) {
                return Optional.empty();
            }
            return judge(Greeting.of(reply), watch);
        } catch (ExecutionException failure) {
            failed((WireFailure) failure.getCause(), watch);
            return Optional.empty();
        }
    }

    /** A server that takes long may never answer at this path: the search for another one starts meanwhile. */
    private HttpReply waitOrSearch(CompletableFuture<HttpReply> answer) throws ExecutionException,
            InterruptedException {
        try {
            return answer.get(Math.min(BEFORE_SEARCH.toMillis(), target.timeout().toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException silence) {
            CompletableFuture<Void> tls = Threads.start(() -> {
                lookForTls();
                return null;
            });
            PathSearch.Result found = search();
            tls.join();
            if (found.path().isPresent() && !answer.isDone()) {
                findings.add(Finding.fail(HTTP, Hop.HTTP, Sign.SILENT, site.endpoint().toString(),
                        "no answer at " + site.path(), "no answer at " + site.path() + " so far"));
                elsewhere(found);
                return null;
            }
            return answer.get();
        }
    }

    private Optional<Engine> judge(Greeting greeting, Stopwatch watch) {
        double took = watch.millis();
        switch (greeting.kind()) {
            case ENGINE -> {
                findings.add(Finding.pass(HTTP, Hop.HTTP, greeting.subject()).took(took));
                return Optional.of(opened(greeting.handshake(), true, took));
            }
            case REDIRECT -> fail(HTTP, Hop.HTTP, Sign.REDIRECTED, greeting.subject(), greeting.evidence(), took);
            case SERVER_ERROR -> fail(HTTP, Hop.HTTP, Sign.SERVER_ERROR, greeting.subject(), greeting.evidence(), took);
            case WANTS_TLS -> {
                fail(HTTP, Hop.HTTP, Sign.TLS_SPOKEN_HERE, here(), greeting.evidence(), took);
                return Optional.empty();
            }
            case FORBIDDEN -> {
                findings.add(Finding.pass(HTTP, Hop.HTTP, "an HTTP server answers").took(took));
                fail(ENGINE, Hop.ENGINE, Sign.HANDSHAKE_FORBIDDEN, greeting.subject(), greeting.evidence(), took);
            }
            case OLD -> oldProtocol(greeting, took);
            default -> {
                return overWebSocket(greeting, took);
            }
        }
        return Optional.empty();
    }

    /** Polling does not work: WebSocket alone may, and tells a plain WebSocket server too. */
    private Optional<Engine> overWebSocket(Greeting greeting, double took) {
        findings.add(Finding.pass(HTTP, Hop.HTTP, greeting.subject()).took(took));
        Deadline deadline = Deadline.in(target.timeout()).orSooner(SIDE_PROBE);
        try (WebSocketSession session = WebSocketSession.open(site, Map.of(), deadline)) {
            if (greeting.kind() == Greeting.Kind.GARBLED) {
                fail(ENGINE, Hop.ENGINE, Sign.HANDSHAKE_GARBLED, here(), "polling: " + greeting.evidence()
                        + "; over WebSocket the handshake is sound", took);
                return Optional.empty();
            }
            if (OldProtocol.isSpoken(session, deadline)) {
                fail(ENGINE, Hop.ENGINE, Sign.OLD_PROTOCOL, "Engine.IO 3 (Socket.IO 2)",
                        "over WebSocket the server connects the client unasked (packet 40 without a sid), as "
                                + "Socket.IO 2 does", took);
                return Optional.empty();
            }
            findings.add(Finding.warn("transport.polling", Hop.TRANSPORT, Sign.POLLING_REFUSED, here(),
                    "polling is refused, WebSocket works", greeting.evidence(),
                    "WebSocket opens a session: " + Text.quote(session.handshake().raw(), 160)));
            return Optional.of(opened(session.handshake(), false, took));
        } catch (WireFailure failure) {
            noSession(greeting, failure, took);
            return Optional.empty();
        }
    }

    private void noSession(Greeting greeting, WireFailure webSocket, double took) {
        Sign sign = switch (greeting.kind()) {
            case GARBLED -> Sign.HANDSHAKE_GARBLED;
            case POLLING_OFF, REFUSED -> Sign.HANDSHAKE_REFUSED;
            default -> Sign.NO_ENGINE;
        };
        findings.add(Finding.fail(ENGINE, Hop.ENGINE, sign, here(), "no usable Engine.IO handshake",
                "polling: " + greeting.evidence(), "WebSocket: " + webSocket.evidence()).took(took));
        if (sign != Sign.NO_ENGINE) {
            return;
        }
        PathSearch.Result found = search();
        if (found.path().isPresent()) {
            elsewhere(found);
        } else if (webSocket.kind() == WireFailure.Kind.NO_HANDSHAKE || opensAtRoot()) {
            findings.add(Finding.fail("engine.websocket", Hop.ENGINE, Sign.BARE_WEBSOCKET, here(),
                    "a WebSocket opens and no Engine.IO handshake comes", webSocket.evidence()));
        }
    }

    private boolean opensAtRoot() {
        try (WebSocketSession session = WebSocketSession.open(site.at("/"), Map.of(), Deadline.in(SIDE_PROBE))) {
            return false;
        } catch (WireFailure failure) {
            return failure.kind() == WireFailure.Kind.NO_HANDSHAKE;
        }
    }

    private void oldProtocol(Greeting greeting, double took) {
        findings.add(Finding.pass(HTTP, Hop.HTTP, greeting.subject()).took(took));
        String subject = "Engine.IO 3 (Socket.IO 2)";
        String three = "asked with EIO=3: ";
        try {
            Greeting answer = Greeting.of(site.handshake(3, Map.of(), Deadline.in(target.timeout())));
            three += answer.evidence();
            if (answer.evidence().equals(greeting.evidence())) {
                subject = "neither Engine.IO 4 nor 3, or never sees which one it is asked for (a proxy that drops the query)";
            }
        } catch (WireFailure failure) {
            three += failure.evidence();
        }
        findings.add(Finding.fail(ENGINE, Hop.ENGINE, Sign.OLD_PROTOCOL, subject,
                "the server does not take Engine.IO 4", "asked with EIO=4: " + greeting.evidence(), three).took(took));
    }

    private void failed(WireFailure first, Stopwatch watch) {
        WireFailure failure = betterKnown(first);
        Sign sign = switch (failure.kind()) {
            case CLOSED, REFUSED -> Sign.CLOSED_UNANSWERED;
            case SILENT, UNREACHABLE -> Sign.SILENT;
            case NOT_HTTP -> Sign.NOT_HTTP;
            case UNFINISHED -> Sign.HANDSHAKE_UNFINISHED;
            case TLS_FAILED -> Sign.TLS_FAILED;
            default -> Sign.HANDSHAKE_GARBLED;
        };
        Hop hop = sign == Sign.HANDSHAKE_UNFINISHED || sign == Sign.HANDSHAKE_GARBLED ? Hop.ENGINE
                : sign == Sign.TLS_FAILED ? Hop.TLS : Hop.HTTP;
        if (sign == Sign.NOT_HTTP || sign == Sign.CLOSED_UNANSWERED || sign == Sign.SILENT) {
            lookForTls();
        }
        PathSearch.Result found = sign == Sign.SILENT || sign == Sign.CLOSED_UNANSWERED
                ? search()
                : new PathSearch.Result(Optional.empty(), "", false);
        if (sign == Sign.SILENT && found.alive() && found.path().isEmpty()) {
            sign = Sign.HANDSHAKE_UNFINISHED;
            hop = Hop.ENGINE;
        }
        findings.add(Finding.fail(hop == Hop.ENGINE ? ENGINE : HTTP, hop, sign, here(),
                "no HTTP answer to the handshake", failure.evidence()
                        + String.format(Locale.ROOT, " (after %.0f ms)", watch.millis())).took(watch.millis()));
        if (found.path().isPresent()) {
            elsewhere(found);
        }
    }

    /** What closes without an answer may yet say what it is. */
    private WireFailure betterKnown(WireFailure failure) {
        WireFailure words = failure.kind() != WireFailure.Kind.CLOSED ? null
                : TextService.firstWords(site, Deadline.in(target.timeout()).orSooner(SIDE_PROBE));
        return words == null ? failure : words;
    }

    /** Looks for another path, once. */
    private PathSearch.Result search() {
        if (searched == null) {
            searched = new PathSearch(site).run(target.namespaces(), target.timeout());
        }
        return searched;
    }

    private void lookForTls() {
        if (tlsSought) {
            return;
        }
        tlsSought = true;
        if (!site.endpoint().tls() && TlsProbe.isSpoken(site.endpoint(), site.address(),
                Deadline.in(target.timeout()).orSooner(SIDE_PROBE))) {
            findings.add(Finding.fail("tls.spoken", Hop.TLS, Sign.TLS_SPOKEN_HERE, site.endpoint().toString(),
                    "a TLS handshake succeeds where http was used", "a TLS ClientHello is answered with TLS"));
        }
    }

    private void elsewhere(PathSearch.Result found) {
        String path = found.path().orElseThrow();
        String name = path.endsWith("/") && path.length() > 1 ? path.substring(0, path.length() - 1)
                : path + " (without a slash at the end)";
        findings.add(Finding.fail("engine.path", Hop.ENGINE, Sign.ENGINE_ELSEWHERE, path.equals("/") ? "/" : name,
                "Engine.IO answers at " + path, found.evidence()));
    }

    private Engine opened(Handshake handshake, boolean polling, double took) {
        String limit = handshake.maxPayload() < 0 ? "no payload limit announced"
                : "payload limit " + handshake.maxPayload() + " bytes";
        findings.add(Finding.pass(ENGINE, Hop.ENGINE, "Engine.IO 4, " + handshake.family().title() + ", ping every "
                + handshake.pingIntervalMs() + " ms, time-out " + handshake.pingTimeoutMs() + " ms, " + limit)
                .took(took));
        return new Engine(site, handshake, polling);
    }

    private void fail(String id, Hop hop, Sign sign, String subject, String evidence, double took) {
        findings.add(Finding.fail(id, hop, sign, subject, evidence, evidence).took(took));
    }

    private String here() {
        return site.endpoint() + site.path();
    }
}
