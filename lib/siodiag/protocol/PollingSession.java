package siodiag.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import siodiag.core.Deadline;
import siodiag.core.Text;

/**
 * An Engine.IO session over HTTP long-polling: one poll and one POST in flight at most, each on a connection of its own,
 * so that a balancer without affinity shows. Cookies are kept and sent back, as a browser does.
 */
public final class PollingSession extends EngineSession {
    private static final String SEPARATOR = "\u001e";
    private static final int MAX_POLL = 4 * 1024 * 1024;
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final Site site;
    private final Map<String, String> headers;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();
    private final String target;
    private volatile Connection polling;

    private PollingSession(Site site, Map<String, String> headers, Handshake handshake, HttpReply reply) {
        super(handshake);
        this.site = site;
        this.headers = headers;
        this.target = site.sessionTarget("polling", handshake);
        keepCookies(reply);
    }

    /** @throws ExchangeException MALFORMED with the answer where it is not a handshake, or another kind */
    static PollingSession open(Site site, Map<String, String> headers, Deadline deadline) throws ExchangeException {
        HttpReply reply = site.handshake(4, headers, deadline);
        Handshake handshake = Handshake.of(reply)
                .orElseThrow(() -> new ExchangeException(ExchangeException.Kind.MALFORMED, reply.evidence()));
        return new PollingSession(site, headers, handshake, reply);
    }

    @Override
    public String transport() {
        return "polling";
    }

    /** One POST. */
    @Override
    public synchronized void transmit(List<String> packets, Deadline deadline) throws IOException {
        HttpReply reply = exchange(post(String.join(SEPARATOR, packets)), deadline);
        keepCookies(reply);
        if (reply.status() != 200) {
            end(true, "POST answered " + reply.evidence(), SessionDialect.isUnknownSid(reply));
            throw new ExchangeException(ExchangeException.Kind.MALFORMED, "POST answered " + reply.evidence());
        }
    }

    /** One at a time: Node ends a session whose POSTs overlap. */
    private synchronized HttpReply exchange(HttpRequest request, Deadline deadline) throws ExchangeException {
        return site.exchange(request, deadline);
    }

    /** A POST of a pong, which every server takes at any time. */
    @Override
    public CompletableFuture<Long> pulse() {
        return scope().fork("POST of a pong", () -> {
            exchange(post(PONG), Deadline.in(timeout()));
            return System.nanoTime();
        });
    }

    @Override
    protected void readLoop() {
        Duration timeout = timeout();
        try {
            while (!isEnded()) {
                HttpReply reply = poll(Deadline.in(timeout));
                if (reply.status() != 200) {
                    end(true, "poll answered " + reply.evidence(), SessionDialect.isUnknownSid(reply));
                } else {
                    for (String packet : reply.body().split(SEPARATOR)) {
                        if (packet.equals(CLOSE)) {
                            end(true, "server sent an Engine.IO close packet", false);
                        } else {
                            dispatch(packet);
                        }
                    }
                }
            }
        } catch (IOException failure) {
            end(true, "poll failed: " + Text.cut(String.valueOf(failure.getMessage()), 120), false);
        }
    }

    private HttpReply poll(Deadline deadline) throws ExchangeException {
        HttpRequest request = HttpRequest.get(Site.uncached(target), requestHeaders());
        try (Connection connection = site.connect(deadline)) {
            polling = connection;
            HttpReply reply = Http.exchange(connection, site, request, MAX_POLL, deadline);
            keepCookies(reply);
            return reply;
        }
    }

    @Override
    protected void sendClose() {
        scope().run("POST of a close packet", this::leave);
    }

    private void leave() {
        try {
            exchange(post(CLOSE), Deadline.in(CLOSE_TIMEOUT));
        } catch (ExchangeException gone) {
            // The session is over either way.
        }
    }

    @Override
    protected void closeTransport() {
        Connection current = polling;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public Map<String, String> cookieHeader() {
        return cookies.isEmpty()
                ? Map.of()
                : Map.of(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
    }

    private HttpRequest post(String payload) {
        return HttpRequest.post(Site.uncached(target), requestHeaders(), payload.getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "text/plain;charset=UTF-8");
    }

    private Map<String, String> requestHeaders() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(cookieHeader());
        return all;
    }

    private void keepCookies(HttpReply reply) {
        for (String cookie : reply.headers().getOrDefault("set-cookie", List.of())) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair.length == 2 && !pair[0].isBlank()) {
                cookies.put(pair[0].strip(), pair[1].strip());
            }
        }
    }
}
