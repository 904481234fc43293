package siodiag;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** An Engine.IO 4 session over one transport: sends packets, hears packets, answers pings by itself. */
abstract class EngineSession implements Closeable {
    static final String PING = "2";
    static final String PONG = "3";
    static final String CLOSE = "1";
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Handshake handshake;
    private final long begun = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean answering = new AtomicBoolean();
    private volatile String lastSent = "";
    private volatile EngineListener listener;

    EngineSession(Handshake handshake) {
        this.handshake = handshake;
    }

    final Handshake handshake() {
        return handshake;
    }

    abstract String transport();

    /** The cookies that the server set, as a header to send back; empty where it set none. */
    Map<String, String> cookieHeader() {
        return Map.of();
    }

    /** Starts to hear: called once. */
    final void listen(EngineListener to) {
        listener = to;
        Threads.run(this::hear);
    }

    /** @throws IOException when the packet can't be handed over; the session ends with it */
    final void send(String packet, Deadline deadline) throws IOException {
        if (!PONG.equals(packet)) {
            lastSent = packet;
        }
        transmit(packet, deadline);
    }

    /** Ends the session from this side; the listener hears of it once. */
    @Override
    public final void close() {
        if (!ended.get()) {
            farewell();
        }
        end(false, "closed by this side", false);
    }

    abstract void transmit(String packet, Deadline deadline) throws IOException;

    /** Reads until the session ends. */
    abstract void hear();

    /** Says goodbye as the transport does, as far as that is possible at once. */
    abstract void farewell();

    /** Lets go of the connections. */
    abstract void release();

    /** Beyond the protocol's own limit, because a late ping is to be measured, not to end the session. */
    final Duration patience() {
        return Duration.ofMillis(handshake.pingIntervalMs() + handshake.pingTimeoutMs()).plus(GRACE);
    }

    final boolean isEnded() {
        return ended.get();
    }

    final void heard(String packet) {
        if (PING.equals(packet) && answering.compareAndSet(false, true)) {
            Threads.run(this::pong); // one for all that come meanwhile: a flood of pings is no work
        }
        listener.packet(packet, System.nanoTime());
    }

    final void end(boolean byServer, String how, boolean sidUnknown) {
        if (ended.compareAndSet(false, true)) {
            release();
            EngineListener hearing = listener;
            if (hearing != null) {
                hearing.closed(closure(byServer, how, sidUnknown));
            }
        }
    }

    /** An end as of now, of the session or of one of its namespaces. */
    final Closure closure(boolean byServer, String how, boolean sidUnknown) {
        return new Closure(byServer, how, lastSent, (System.nanoTime() - begun) / 1e6, sidUnknown);
    }

    private void pong() {
        try {
            send(PONG, Deadline.in(Duration.ofMillis(handshake.pingTimeoutMs())));
        } catch (IOException failure) {
            end(true, "answering a ping failed: " + failure.getMessage(), false);
        } finally {
            answering.set(false);
        }
    }
}
