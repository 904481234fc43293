package siodiag.server;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keeps memory bounded without losing anything as long as clients do read: while one can't keep up, whoever sent an
 * event must wait before sending the next. A WebSocket is not read from, a POST is not answered. After a second the
 * senders go on, and the client that did not catch up is disconnected once its backlog is full.
 */
public final class Backpressure {
    /** What may wait for one client before it is disconnected, in bytes. */
    static final long BACKLOG = 16 << 20;
    /** Above this a client's backlog slows the senders down, below half of it no longer; bytes. */
    static final int HIGH_WATER = 1 << 20;

    private static final int PAUSE_TIMEOUT_MS = 1_000;

    private final EventLoop loop;
    private final Map<ServerTransport, ScheduledFuture<?>> congested = new LinkedHashMap<>();
    private final Set<WebSocketTransport> paused = new LinkedHashSet<>();
    private final List<Runnable> unanswered = new ArrayList<>();

    public Backpressure(EventLoop loop) {
        this.loop = loop;
    }

    public void congested(ServerTransport reader) {
        congested.computeIfAbsent(
                reader, slow -> loop.schedule(() -> relieved(slow), PAUSE_TIMEOUT_MS, TimeUnit.MILLISECONDS));
    }

    public void relieved(ServerTransport reader) {
        ScheduledFuture<?> timeout = congested.remove(reader);
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (congested.isEmpty() && !(paused.isEmpty() && unanswered.isEmpty())) {
            resume();
        }
    }

    /** A client sent an event over a WebSocket: it is not read from while somebody is congested. */
    void sent(ServerTransport sender) {
        if (!congested.isEmpty() && sender instanceof WebSocketTransport socket && paused.add(socket)) {
            socket.read(false);
        }
    }

    /** Answers a POST that carried events: at once, or when nobody is congested any more. */
    public void answer(Runnable reply) {
        if (congested.isEmpty()) {
            reply.run();
        } else {
            unanswered.add(reply);
        }
    }

    private void resume() {
        List<WebSocketTransport> senders = List.copyOf(paused);
        List<Runnable> replies = List.copyOf(unanswered);
        paused.clear();
        unanswered.clear();
        senders.forEach(sender -> sender.read(true));
        replies.forEach(Runnable::run);
    }
}
