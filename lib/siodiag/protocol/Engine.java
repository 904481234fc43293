package siodiag.protocol;

import java.time.Duration;
import java.util.Map;
import siodiag.core.Deadline;

/**
 * An Engine.IO server that was found, and how sessions with it are opened.
 *
 * @param opening  the answer that opened the first session over polling; null where polling handshakes are not answered
 * @param parser   packs the packets
 * @param sessions all that are opened with it
 */
public record Engine(Site site, Handshake handshake, Opening opening, Parser parser, Sessions sessions) {
    private static final long YOUNG_MS = 1500;

    /** @param nanos {@link System#nanoTime} when it came */
    public record Opening(HttpReply answer, long nanos) {}

    public Engine(Site site, Handshake handshake, HttpReply answer, Parser parser) {
        this(site, handshake, answer == null ? null : new Opening(answer, System.nanoTime()), parser, new Sessions());
    }

    /** Whether polling handshakes are answered. */
    public boolean polling() {
        return opening != null;
    }

    /** Whether the handshake offers an upgrade to WebSocket. */
    public boolean offersWebSocket() {
        return handshake.upgrades().contains("websocket");
    }

    public ServerFamily family() {
        return handshake.family();
    }

    /**
     * The session that the handshake opened, for one use while it is young; else another one.
     *
     * @throws ExchangeException MALFORMED with the answer where it is not a handshake, or another kind
     */
    public PollingTrial firstTrial(Duration timeout) throws ExchangeException {
        long young = Math.min(YOUNG_MS, handshake.pingIntervalMs()) * 1_000_000;
        return System.nanoTime() - opening.nanos() < young
                ? new PollingTrial(this, handshake, opening.answer(), timeout)
                : openTrial(timeout);
    }

    /** @throws ExchangeException MALFORMED with the answer where it is not a handshake, or another kind */
    public PollingTrial openTrial(Duration timeout) throws ExchangeException {
        HttpReply reply = site.handshake(4, Map.of(), Deadline.in(timeout));
        Handshake opened = Handshake.of(reply)
                .orElseThrow(() -> new ExchangeException(ExchangeException.Kind.MALFORMED, reply.evidence()));
        return new PollingTrial(this, opened, reply, timeout);
    }

    /** Its first session is used up. */
    public Engine with(Parser other) {
        Opening used = opening == null ? null : new Opening(opening.answer(), System.nanoTime() - Long.MAX_VALUE / 2);
        return new Engine(site, handshake, used, other, sessions);
    }

    public Engine with(Credentials shown) {
        return new Engine(site.with(shown), handshake, opening, parser, sessions);
    }

    public EngineSession openPolling(Deadline deadline) throws ExchangeException {
        return sessions.open("a polling handshake", deadline, left -> PollingSession.open(site, Map.of(), left));
    }

    public EngineSession openWebSocket(Deadline deadline) throws ExchangeException {
        return sessions.open("a WebSocket handshake", deadline, left -> WebSocketSession.open(site, Map.of(), left));
    }

    SocketClient client(EngineSession session, SocketClient.EventListener listener) {
        return new SocketClient(session, parser.codec(), listener);
    }
}
