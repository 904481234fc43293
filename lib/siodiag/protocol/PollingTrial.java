package siodiag.protocol;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import siodiag.core.Deadline;
import siodiag.core.Text;

/**
 * A polling session spoken request by request: each round is a POST and the poll that brings its answer, both on a fresh
 * connection, so that a balancer without affinity shows, be it one of connections or one of requests.
 */
public final class PollingTrial implements Closeable {
    private static final String SEPARATOR = "\u001e";
    private static final int MAX_ANSWER = 4 * 1024 * 1024;
    private static final int MAX_POLLS = 20;
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final Site site;
    private final PacketCodec codec;
    private final Handshake handshake;
    private final Duration timeout;
    private final Map<String, String> cookies = new HashMap<>();
    private final String target;
    private KeptConnection connection;
    private String lastSent = "";
    private final long begun = System.nanoTime();

    /**
     * What became of a round.
     *
     * @param answered  whether the packet that was sent was answered
     * @param closure   how the session ended; null where it goes on
     * @param postHangs whether the POST was never answered
     * @param repeated  whether a poll brought a handshake: what was answered was not a poll
     * @param answer    the packet that answered; null for none
     */
    public record Round(
            boolean answered, SessionEnd closure, boolean postHangs, boolean repeated, SocketPacket answer) {
        Round(SessionEnd closure, boolean postHangs, boolean repeated) {
            this(false, closure, postHangs, repeated, null);
        }
    }

    /** @param answer the answer that opened the session: its cookies are sent back, as browsers do */
    PollingTrial(Engine engine, Handshake handshake, HttpReply answer, Duration timeout) {
        this.site = engine.site();
        this.codec = engine.parser().codec();
        this.handshake = handshake;
        this.timeout = timeout;
        this.target = site.sessionTarget("polling", handshake);
        this.connection = new KeptConnection(site);
        keepCookies(answer);
    }

    public Handshake handshake() {
        return handshake;
    }

    public Map<String, String> cookieHeader() {
        return cookies.isEmpty()
                ? Map.of()
                : Map.of(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
    }

    /** Whether the server gave a cookie that is not the session's own id (netty-socketio, and Node's cookie option). */
    public boolean hasForeignCookies() {
        return cookies.values().stream().anyMatch(value -> !value.equals(handshake.sid()));
    }

    /** A CONNECT to a namespace that no server has. */
    public Round round() {
        return round(UnknownNamespace.namespace(), "");
    }

    /** A CONNECT. @param auth the auth object as JSON; empty for none */
    public Round round(String namespace, String auth) {
        connection.close();
        connection = new KeptConnection(site);
        Deadline deadline = Deadline.in(timeout);
        try {
            HttpReply posted =
                    post(String.join(SEPARATOR, codec.encode(SocketPacket.connect(namespace, auth))), deadline);
            return posted.status() == 200 ? poll(namespace, deadline) : ended("POST answered ", posted);
        } catch (ExchangeException failure) {
            boolean silent = failure.kind() == ExchangeException.Kind.SILENT;
            return new Round(closure("POST failed: " + failure.evidence(), false), silent, false);
        }
    }

    private Round poll(String namespace, Deadline deadline) {
        try {
            for (int polls = 0; polls < MAX_POLLS; polls++) {
                HttpReply polled = poll(deadline);
                if (polled.status() != 200) {
                    return ended("poll answered ", polled);
                }
                for (String packet : polled.body().split(SEPARATOR)) {
                    if (packet.equals(EngineSession.CLOSE)) {
                        return new Round(closure("server sent an Engine.IO close packet", false), false, false);
                    } else if (packet.equals(EngineSession.PING)) {
                        post(EngineSession.PONG, deadline);
                    } else if (Handshake.parse(packet).isPresent()) {
                        return new Round(closure("a poll is answered with a handshake", false), false, true);
                    }
                    Optional<SocketPacket> answer = codec.decode(packet)
                            .filter(heard -> heard.namespace().equals(namespace));
                    if (answer.isPresent()) {
                        return new Round(true, null, false, false, answer.get());
                    }
                }
            }
            return new Round(null, false, false);
        } catch (ExchangeException failure) {
            boolean silent = failure.kind() == ExchangeException.Kind.SILENT;
            return new Round(silent ? null : closure("poll failed: " + failure.evidence(), false), false, false);
        }
    }

    public HttpReply poll(Deadline deadline) throws ExchangeException {
        return poll(deadline, () -> {});
    }

    /** @param onSent run once the poll is open */
    public HttpReply poll(Deadline deadline, Runnable onSent) throws ExchangeException {
        HttpReply reply = connection.exchange(
                HttpRequest.get(Site.uncached(target), cookieHeader()), MAX_ANSWER, deadline, onSent);
        keepCookies(reply);
        return reply;
    }

    private HttpReply post(String packet, Deadline deadline) throws ExchangeException {
        lastSent = packet;
        HttpReply reply = connection.exchange(request(packet, cookieHeader()), MAX_ANSWER, deadline);
        keepCookies(reply);
        return reply;
    }

    /**
     * One POST after the other, each on a fresh connection: the status of each. A pong is taken by every server at any
     * time.
     */
    public List<String> repeat(int times, boolean withCookies, Deadline deadline) {
        HttpRequest pong = request(EngineSession.PONG, withCookies ? cookieHeader() : Map.of());
        return IntStream.range(0, times)
                .filter(i -> !deadline.passed())
                .mapToObj(i -> status(pong, deadline))
                .toList();
    }

    private String status(HttpRequest pong, Deadline deadline) {
        try {
            HttpReply reply = site.exchange(pong, deadline);
            return reply.status() == 200
                    ? "200"
                    : (reply.status() + " " + Text.cut(reply.body().strip(), 60)).strip();
        } catch (ExchangeException failure) {
            return failure.getMessage();
        }
    }

    /** Says goodbye to the server, on the connection that is open. */
    public void leave() {
        try {
            post(EngineSession.CLOSE, Deadline.in(CLOSE_TIMEOUT));
        } catch (ExchangeException gone) {
            // The session is over either way.
        }
        close();
    }

    @Override
    public void close() {
        connection.close();
    }

    private HttpRequest request(String packet, Map<String, String> headers) {
        return HttpRequest.post(Site.uncached(target), headers, packet.getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "text/plain;charset=UTF-8");
    }

    private Round ended(String what, HttpReply reply) {
        return new Round(closure(what + reply.evidence(), SessionDialect.isUnknownSid(reply)), false, false);
    }

    private SessionEnd closure(String how, boolean sidUnknown) {
        return new SessionEnd(true, how, lastSent, (System.nanoTime() - begun) / 1e6, sidUnknown);
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
