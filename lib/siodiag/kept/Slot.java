package siodiag.kept;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import siodiag.protocol.Handshake;

/**
 * One place among the connections that are kept: a transport, and whether there is traffic. Whatever ends its connection, another
 * one takes its place. Changed on one event loop, read by others as well.
 */
final class Slot implements KeptConnection.Listener {
    /** More are counted and not kept. */
    private static final int MAX_ENDS = 50;
    /** While nothing answers. */
    private static final long RETRY_MS = 500;
    /** After an answer that is a refusal: whoever refuses is not to be hammered. */
    private static final long REFUSED_MS = 30_000;
    /** Idle connections that are cut again and again come back ever more slowly: by then enough is known. */
    private static final long MAX_PAUSE_MS = 60_000;

    /** What whoever keeps the slots makes of it. */
    interface Owner {
        void opened(Slot slot, Handshake handshake);

        void failed(Slot slot, boolean unreachable, String detail);

        void pinged(Slot slot, long announcedMs, double gapMs);

        void answered(Slot slot, long sentNanos);

        void ended(Slot slot, Ending ending);

        KeptConnection connection(Slot slot);
    }

    /** An ending, and when. */
    record End(long nanos, Ending ending) {}

    private final String transport;
    private final boolean used;
    private final EventLoop loop;
    private final Owner owner;
    private final Deque<End> ends = new ConcurrentLinkedDeque<>();
    private volatile KeptConnection connection;
    private Future<?> next;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean answers;
    private boolean refused;
    private boolean closed;

    Slot(String transport, boolean used, EventLoop loop, Owner owner) {
        this.transport = transport;
        this.used = used;
        this.loop = loop;
        this.owner = owner;
    }

    String transport() {
        return transport;
    }

    boolean isUsed() {
        return used;
    }

    String use() {
        return used ? "used" : "idle";
    }

    /** Of all that it ever had. */
    int endCount() {
        return count.get();
    }

    List<End> ends() {
        return new ArrayList<>(ends);
    }

    boolean isOpen() {
        return connection != null && connection.isOpen();
    }

    double ageMs() {
        return connection == null ? 0 : connection.ageMs();
    }

    /** When the pulse was sent that is not answered; 0 where there is none. */
    long askedNanos() {
        return isOpen() ? connection.askedNanos() : 0;
    }

    /** Whether pulses were ever answered: not every server does. */
    boolean answers() {
        return answers;
    }

    void open(long delayMs) {
        if (closed) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = loop.schedule((Runnable) this::open, delayMs, TimeUnit.MILLISECONDS);
    }

    /** Now, where it waits for its next try. */
    void openAgain() {
        if (refused && !isOpen()) {
            open(0);
        }
    }

    private void open() {
        if (!closed && !isOpen()) {
            connection = owner.connection(this);
            connection.start();
        }
    }

    void pulse() {
        if (connection != null) {
            connection.pulse();
        }
    }

    void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public void opened(Handshake handshake) {
        refused = false;
        owner.opened(this, handshake);
    }

    @Override
    public void failed(boolean unreachable, String detail) {
        refused = !unreachable;
        open(unreachable ? RETRY_MS : REFUSED_MS);
        owner.failed(this, unreachable, detail);
    }

    @Override
    public void pinged(long announcedMs, double gapMs) {
        owner.pinged(this, announcedMs, gapMs);
    }

    @Override
    public void answered(long sentNanos) {
        answers = true;
        owner.answered(this, sentNanos);
    }

    @Override
    public void ended(Ending ending) {
        int number = count.incrementAndGet();
        ends.add(new End(System.nanoTime(), ending));
        if (number > MAX_ENDS) {
            ends.remove();
        }
        open(used ? 0 : Math.min(MAX_PAUSE_MS, 250L << Math.min(number, 8)));
        owner.ended(this, ending);
    }
}
