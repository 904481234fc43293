package siodiag;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** HTTP long-polling: packets wait here until the client asks for them. */
final class MonitorPolling implements MonitorTransport {
    /** python-socketio's client drops a body that holds more. */
    private static final int MOST_PACKETS = 16;

    private final MonitorSession session;
    private final Queue<MonitorFrame> queue = new ArrayDeque<>();
    private MonitorExchange poll;
    private long queued;
    private boolean probing;

    MonitorPolling(MonitorSession session) {
        this.session = session;
    }

    @Override
    public String name() {
        return "polling";
    }

    @Override
    public void send(MonitorFrame frame) {
        queue.add(frame);
        queued += frame.size();
    }

    @Override
    public void flush() {
        if (poll != null && !queue.isEmpty()) {
            List<MonitorEnginePacket> packets = new ArrayList<>();
            while (!queue.isEmpty()
                    && (packets.isEmpty() || packets.size() + queue.peek().packets().size() <= MOST_PACKETS)) {
                MonitorFrame frame = queue.remove();
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
    void poll(MonitorExchange exchange) {
        if (poll != null) {
            exchange.reply(400, MonitorExchange.JSON, MonitorEngineError.BAD_REQUEST.json());
            session.close("two polls at one time", MonitorSession.PROTOCOL_ERROR);
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
    private void abandoned(MonitorExchange exchange) {
        if (poll == exchange) {
            poll = null;
            session.close("transport close", MonitorSession.NORMAL);
        }
    }

    private void release() {
        if (poll != null) {
            answer(List.of(MonitorEnginePacket.NOOP));
        }
    }

    void moveTo(MonitorTransport next) {
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

    private void answer(List<MonitorEnginePacket> packets) {
        MonitorExchange waiting = poll;
        poll = null;
        waiting.reply(200, MonitorExchange.TEXT, session.version().encode(packets));
    }
}
