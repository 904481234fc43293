package siodiag.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import siodiag.core.Deadline;
import siodiag.core.Scope;

/** An Engine.IO 4 session over one transport: sends packets, hears packets, answers pings by itself. */
public abstract class EngineSession implements Closeable {
    static final String PING = "2";
    public static final String PONG = "3";
    public static final String CLOSE = "1";
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Scope scope = Scope.current();
    private final Handshake handshake;
    private final long begun = System.nanoTime();
    private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
    private final AtomicBoolean answering = new AtomicBoolean();
    private volatile String lastSent = "";
    private volatile Consumer<String> onSend = packet -> {};
    private volatile EngineListener listener;

    public EngineSession(Handshake handshake) {
        this.handshake = handshake;
    }

    public final Handshake handshake() {
        return handshake;
    }

    /** The one that it was opened in: its threads are that one's. */
    final Scope scope() {
        return scope;
    }

    public abstract String transport();

    /** The cookies that the server set, as a header to send back; empty where it set none. */
    public Map<String, String> cookieHeader() {
        return Map.of();
    }

    /** Starts to hear: called once. */
    public final void listen(EngineListener to) {
        listener = to;
        scope.run(transport() + " reader", this::readLoop);
    }

    /** A binary message as the one text form that it has in this program, and on the wire of polling: b, then Base64. */
    public static String binary(byte[] bytes) {
        return "b" + Base64.getEncoder().encodeToString(bytes);
    }

    public static boolean isBinary(String packet) {
        return packet.startsWith("b");
    }

    /** The bytes of a binary message, in lines or not (netty-socketio breaks them); nothing where they can't be read. */
    public static Optional<byte[]> bytes(String binary) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(binary.substring(1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /**
     * Sends packets that belong together: nothing of another sender comes between them.
     *
     * @throws IOException when they can't be handed over; the session ends with it
     */
    final void send(List<String> packets, Deadline deadline) throws IOException {
        lastSent = isBinary(packets.get(0)) ? "a binary message" : packets.get(0);
        onSend.accept(lastSent);
        transmit(packets, deadline);
    }

    /** Ends the session from this side; the listener hears of it once. */
    @Override
    public final void close() {
        if (!ended.isDone()) {
            sendClose();
        }
        end(false, "closed by this side", false);
    }

    protected abstract void transmit(List<String> packets, Deadline deadline) throws IOException;

    /** Reads until the session ends. */
    protected abstract void readLoop();

    /** Loses the connection without a word, as a client does whose network is gone. */
    public final void cut() {
        end(false, "cut by this side", false);
    }

    /** Says goodbye as the transport does, as far as that is possible at once. */
    protected abstract void sendClose();

    /** Lets go of the connections. */
    protected abstract void closeTransport();

    /** Beyond the protocol's own limit, because a late ping is to be measured, not to end the session. */
    final Duration timeout() {
        return Duration.ofMillis(handshake.pingIntervalMs() + handshake.pingTimeoutMs())
                .plus(GRACE);
    }

    public final boolean isEnded() {
        return ended.isDone();
    }

    /** Completes when the session ends, from either side. */
    final CompletableFuture<SessionEnd> ended() {
        return ended;
    }

    public final long begunNanos() {
        return begun;
    }

    /** @param listener told of each packet before it is sent, pongs left out */
    final void onSend(Consumer<String> listener) {
        onSend = listener;
    }

    /**
     * Asks the server for a sign of life that no application sees; one question at a time.
     *
     * @return completes with {@link System#nanoTime} at the answer; the same future while a question is open
     */
    public abstract CompletableFuture<Long> pulse();

    protected final void dispatch(String packet) {
        if (PING.equals(packet) && answering.compareAndSet(false, true)) {
            scope.run(
                    "pong over " + transport(),
                    this::pong); // one for all that come meanwhile: a flood of pings costs nothing
        }
        listener.packet(packet, System.nanoTime());
    }

    final void end(boolean byServer, String how, boolean sidUnknown) {
        SessionEnd closure = closure(byServer, how, sidUnknown);
        if (ended.complete(closure)) {
            closeTransport();
            EngineListener receivers = listener;
            if (receivers != null) {
                receivers.closed(closure);
            }
        }
    }

    /** An end as of now, of the session or of one of its namespaces. */
    final SessionEnd closure(boolean byServer, String how, boolean sidUnknown) {
        return new SessionEnd(byServer, how, lastSent, (System.nanoTime() - begun) / 1e6, sidUnknown);
    }

    private void pong() {
        try {
            transmit(List.of(PONG), Deadline.in(Duration.ofMillis(handshake.pingTimeoutMs())));
        } catch (IOException failure) {
            end(true, "answering a ping failed: " + failure.getMessage(), false);
        } finally {
            answering.set(false);
        }
    }
}
