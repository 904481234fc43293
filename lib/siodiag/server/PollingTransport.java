package siodiag.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** HTTP long-polling: packets wait here until the client asks for them. */
public final class PollingTransport implements ServerTransport {
    /** python-socketio's client drops a body that holds more. */
    private static final int MAX_PACKETS = 16;

    private final ServerSession session;
    private final Queue<OutboundPacket> queue = new ArrayDeque<>();
    private ServerExchange poll;
    private long queued;
    private boolean probing;

    public PollingTransport(ServerSession session) {
        this.session = session;
    }

    @Override
    public String name() {
        return "polling";
    }

    @Override
    public void send(OutboundPacket frame) {
        queue.add(frame);
        queued += frame.size();
    }

    @Override
    public void flush() {
        if (poll != null && !queue.isEmpty()) {
            List<EnginePacket> packets = new ArrayList<>();
            while (!queue.isEmpty()
                    && (packets.isEmpty()
                            || packets.size() + queue.peek().packets().size() <= MAX_PACKETS)) {
                OutboundPacket frame = queue.remove();
                queued -= frame.size();
                packets.addAll(frame.packets());
            }
            answer(packets);
        }
    }

    @Override
    public long backlog() {
        return queued;
    }

    /** A poll is answered at once if something waits, else when something comes. One at a time. */
    void poll(ServerExchange exchange) {
        if (poll != null) {
            exchange.reply(400, ServerExchange.JSON, EngineError.BAD_REQUEST.json());
            session.close("two polls at the same time", ServerSession.PROTOCOL_ERROR);
            return;
        }
        poll = exchange;
        exchange.whenAbandoned(() -> abandoned(exchange));
        flush();
        if (probing) {
            release();
        }
    }

    /** While the client tries a WebSocket no poll is held, so that it can change over between two of them. */
    void probing(boolean value) {
        probing = value;
        if (probing) {
            release();
        }
    }

    /** The client went away while it waited. */
    private void abandoned(ServerExchange exchange) {
        if (poll == exchange) {
            poll = null;
            session.close("transport close", ServerSession.NORMAL);
        }
    }

    private void release() {
        if (poll != null) {
            answer(List.of(EnginePacket.NOOP));
        }
    }

    void moveTo(ServerTransport next) {
        release();
        queue.forEach(next::send);
        queue.clear();
        queued = 0;
        next.flush();
    }

    @Override
    public void close(int code) {
        flush();
        release();
    }

    private void answer(List<EnginePacket> packets) {
        ServerExchange waiting = poll;
        poll = null;
        waiting.reply(200, ServerExchange.TEXT, session.version().encode(packets));
    }
}
