package siodiag;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;

/**
 * Keeps memory bounded without losing anything as long as readers do read: while one can't keep up, nobody's events
 * are read from the network, so that TCP slows the senders down. After a second of that the others go on, and the
 * reader that did not catch up is cut once its backlog is full.
 */
final class MonitorPressure {
    /** What may wait for one client before it is cut, in bytes. */
    static final long BACKLOG = 16 << 20;
    /** Above this a client's backlog slows the senders down, below half of it no longer; bytes. */
    static final int HIGH_WATER = 1 << 20;
    private static final int PATIENCE_MS = 1_000;

    private final EventLoop loop;
    private final Map<MonitorTransport, ScheduledFuture<?>> congested = new LinkedHashMap<>();
    private final Set<MonitorWebSocket> paused = new LinkedHashSet<>();

    MonitorPressure(EventLoop loop) {
        this.loop = loop;
    }

    void congested(MonitorTransport reader) {
        congested.computeIfAbsent(reader,
                slow -> loop.schedule(() -> relieved(slow), PATIENCE_MS, TimeUnit.MILLISECONDS));
    }

    void relieved(MonitorTransport reader) {
        ScheduledFuture<?> patience = congested.remove(reader);
        if (patience != null) {
            patience.cancel(false);
        }
        if (congested.isEmpty() && !paused.isEmpty()) {
            List<MonitorWebSocket> waiting = List.copyOf(paused);
            paused.clear();
            waiting.forEach(sender -> sender.read(true));
        }
    }

    /** A client sent an event; while somebody is congested it must wait before it can send the next. */
    void sent(MonitorTransport sender) {
        if (!congested.isEmpty() && sender instanceof MonitorWebSocket socket && paused.add(socket)) {
            socket.read(false);
        }
    }
}
