package siodiag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * An Engine.IO session over HTTP long-polling: one poll and one POST in flight at most, each on a connection of its own,
 * so that a balancer without affinity shows. Cookies are kept and sent back, as a browser does.
 */
final class PollingSession extends EngineSession {
    private static final String SEPARATOR = "\u001e";
    private static final int LONGEST_POLL = 4 * 1024 * 1024;
    private static final Duration GOODBYE = Duration.ofMillis(500);

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

    /** @throws WireFailure MALFORMED with the answer where it is no handshake, or another kind */
    static PollingSession open(Site site, Map<String, String> headers, Deadline deadline) throws WireFailure {
        HttpReply reply = site.handshake(4, headers, deadline);
        Handshake handshake = reply.status() != 200 ? null
                : Handshake.parse(reply.body().split(SEPARATOR, 2)[0]).orElse(null);
        if (handshake == null) {
            throw new WireFailure(WireFailure.Kind.MALFORMED, reply.evidence());
        }
        return new PollingSession(site, headers, handshake, reply);
    }

    @Override
    String transport() {
        return "polling";
    }

    /** One POST. */
    @Override
    synchronized void transmit(String packet, Deadline deadline) throws IOException {
        HttpReply reply = site.exchange(post(packet), deadline);
        keepCookies(reply);
        if (reply.status() != 200) {
            end(true, "POST answered " + reply.evidence(), SessionDialect.saysUnknownSid(reply));
            throw new WireFailure(WireFailure.Kind.MALFORMED, "POST answered " + reply.evidence());
        }
    }

    @Override
    void hear() {
        Duration patience = patience();
        try {
            while (!isEnded()) {
                HttpReply reply = poll(Deadline.in(patience));
                if (reply.status() != 200) {
                    end(true, "poll answered " + reply.evidence(), SessionDialect.saysUnknownSid(reply));
                } else {
                    for (String packet : reply.body().split(SEPARATOR)) {
                        if (packet.equals(CLOSE)) {
                            end(true, "server sent an Engine.IO close packet", false);
                        } else {
                            heard(packet);
                        }
                    }
                }
            }
        } catch (IOException failure) {
            end(true, "poll failed: " + Text.cut(String.valueOf(failure.getMessage()), 120), false);
        }
    }

    private HttpReply poll(Deadline deadline) throws WireFailure {
        try (Connection connection = Connection.open(site.endpoint(), site.address(), deadline)) {
            polling = connection;
            HttpReply reply = Http.exchange(connection, site, HttpRequest.get(target, requestHeaders()), LONGEST_POLL,
                    deadline);
            keepCookies(reply);
            return reply;
        }
    }

    @Override
    void farewell() {
        Threads.run(() -> {
            try {
                site.exchange(post(CLOSE), Deadline.in(GOODBYE));
            } catch (WireFailure gone) {
                // The session is over either way.
            }
        });
    }

    @Override
    void release() {
        Connection current = polling;
        if (current != null) {
            current.close();
        }
    }

    @Override
    Map<String, String> cookieHeader() {
        return cookies.isEmpty() ? Map.of() : Map.of("Cookie", cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue()).collect(Collectors.joining("; ")));
    }

    private HttpRequest post(String packet) {
        return HttpRequest.post(target, requestHeaders(), packet.getBytes(StandardCharsets.UTF_8))
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
