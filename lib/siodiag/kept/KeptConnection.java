package siodiag.kept;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import siodiag.core.Text;
import siodiag.protocol.EngineSession;
import siodiag.protocol.Handshake;
import siodiag.protocol.PacketCodec;
import siodiag.protocol.ServerFamily;
import siodiag.protocol.SocketPacket;
import siodiag.protocol.UnknownNamespace;

/**
 * A Socket.IO session that is kept open on an event loop: it joins a namespace, answers pings, and tells how it ended.
 * Everything happens on that loop; no thread waits for it.
 */
abstract class KeptConnection {

    /** Hears of one connection, on its event loop. */
    interface Listener {
        /** It has joined its namespace. */
        void opened(Handshake handshake);

        /** It came to nothing. @param unreachable whether nothing answered, as against an answer that is a refusal */
        void failed(boolean unreachable, String detail);

        void pinged(long announcedMs, double gapMs);

        /** @param sentNanos {@link System#nanoTime} when the pulse was sent that is answered now */
        void answered(long sentNanos);

        void ended(Ending ending);
    }

    private static final long GRACE_MS = 1000;

    final Peer peer;
    final EventLoop loop;
    private final Listener listener;
    private final PacketCodec codec;
    private Handshake handshake;
    private volatile long openedNanos;
    private long trafficNanos = System.nanoTime();
    private long pingNanos;
    private long askedNanos;
    private int pings;
    private volatile boolean open;
    private volatile boolean over;
    private Future<?> deadline;

    KeptConnection(Peer peer, EventLoop loop, Listener listener) {
        this.peer = peer;
        this.loop = loop;
        this.listener = listener;
        this.codec = peer.parser().codec();
    }

    /** Connects; the listener hears of it within the timeout. */
    final void start() {
        deadline =
                after(peer.timeout().toMillis(), () -> fail(true, "timed out after " + Text.duration(peer.timeout())));
        connect();
    }

    abstract void connect();

    /** Sends Engine.IO packets, in this order. */
    abstract void send(List<String> packets);

    /** Lets go of the connections. */
    abstract void release();

    /** Asks for a sign of life that no application sees; one question at a time. */
    final void pulse() {
        if (open && !over && askedNanos == 0) {
            askedNanos = System.nanoTime();
            if (!ping()) {
                send(codec.encode(SocketPacket.connect(UnknownNamespace.PULSE, "")));
            }
        }
    }

    /** Asks in the transport's own way. @return false where it has none that this server answers */
    boolean ping() {
        return false;
    }

    final boolean hasOwnPings() {
        return handshake.family() != ServerFamily.JAVA;
    }

    /** {@link System#nanoTime} of the pulse that is not answered yet; 0 where there is none. */
    final long askedNanos() {
        return askedNanos;
    }

    final void answered() {
        long asked = askedNanos;
        askedNanos = 0;
        if (asked != 0) {
            listener.answered(asked);
        }
    }

    final boolean isOpen() {
        return open && !over;
    }

    final double ageMs() {
        return open ? (System.nanoTime() - openedNanos) / 1e6 : 0;
    }

    /** Ends it from this side; nobody is told. */
    final void close() {
        if (!over) {
            over = true;
            if (open) {
                send(List.of(EngineSession.CLOSE));
            }
            stop();
        }
    }

    /** Bytes went, or came. */
    final void traffic() {
        trafficNanos = System.nanoTime();
    }

    /** One Engine.IO packet of the server. */
    final void received(String packet) {
        if (over || packet.isEmpty()) {
            return;
        }
        if (handshake == null) {
            greeted(packet);
            return;
        }
        switch (packet.charAt(0)) {
            case '2' -> pinged();
            case '1' -> end(Ending.Kind.ENGINE_CLOSE, "");
            case '4', 'b' -> codec.decode(packet).ifPresent(this::packet);
            default -> {}
        }
    }

    private void greeted(String packet) {
        handshake = Handshake.parse(packet).orElse(null);
        if (handshake == null) {
            fail(false, "not an Engine.IO handshake: " + Text.quote(packet, 80));
            return;
        }
        pingNanos = System.nanoTime();
        send(codec.encode(SocketPacket.connect(peer.namespace(), peer.auth())));
    }

    private void packet(SocketPacket packet) {
        if (packet.namespace().equals(UnknownNamespace.PULSE)) {
            answered();
        } else if (packet.namespace().equals(peer.namespace())) {
            switch (packet.type()) {
                case SocketPacket.CONNECT -> joined();
                case SocketPacket.CONNECT_ERROR -> fail(false, "CONNECT_ERROR " + Text.quote(packet.json(), 120));
                case SocketPacket.DISCONNECT -> end(Ending.Kind.DISCONNECT, "");
                default -> {}
            }
        }
    }

    private void joined() {
        if (!open) {
            openedNanos = System.nanoTime();
            open = true;
            deadline.cancel(false);
            awaitPing();
            listener.opened(handshake);
        }
    }

    private void pinged() {
        long now = System.nanoTime();
        double gap = (now - pingNanos) / 1e6;
        pingNanos = now;
        pings++;
        send(List.of(EngineSession.PONG));
        if (open) {
            awaitPing();
            listener.pinged(handshake.pingIntervalMs(), gap);
        }
    }

    /** As the official clients do: without a ping for so long, the connection counts as lost. */
    private void awaitPing() {
        deadline.cancel(false);
        long patience = handshake.pingIntervalMs() + handshake.pingTimeoutMs();
        deadline = after(
                patience + GRACE_MS,
                () -> end(Ending.Kind.PINGS_STOPPED, "pingInterval + pingTimeout is " + patience / 1000.0 + " s"));
    }

    /** It ended, whether it was open already or not. */
    final void end(Ending.Kind kind, String detail) {
        if (over) {
            return;
        }
        if (!open) {
            fail(true, kind.text() + (detail.isEmpty() ? "" : ": " + detail));
            return;
        }
        over = true;
        double quiet = (System.nanoTime() - trafficNanos) / 1e6;
        Ending ending = new Ending(kind, detail, ageMs(), quiet, pings);
        stop();
        listener.ended(ending);
    }

    final void fail(boolean unreachable, String detail) {
        if (!over) {
            over = true;
            stop();
            listener.failed(unreachable, detail);
        }
    }

    final boolean isOver() {
        return over;
    }

    private void stop() {
        if (deadline != null) {
            deadline.cancel(false);
        }
        release();
    }

    private Future<?> after(long ms, Runnable action) {
        return loop.schedule(action, ms, TimeUnit.MILLISECONDS);
    }
}
