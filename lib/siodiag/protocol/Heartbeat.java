package siodiag.protocol;

import java.util.concurrent.CompletableFuture;

/** The server's pings on one session: when they came, and the longest gap between two. */
public final class Heartbeat {
    private final long announcedMs;
    private final CompletableFuture<Double> first = new CompletableFuture<>();
    private long last = System.nanoTime();
    private double longestMs;
    private int count;

    Heartbeat(Handshake handshake) {
        announcedMs = handshake.pingIntervalMs();
    }

    /** Milliseconds from the start of the session to the first ping. */
    public CompletableFuture<Double> first() {
        return first;
    }

    public long announcedMs() {
        return announcedMs;
    }

    synchronized void ping(long nanos) {
        double gap = (nanos - last) / 1e6;
        longestMs = Math.max(longestMs, gap);
        last = nanos;
        count++;
        first.complete(gap);
    }

    /** The longest gap so far in milliseconds, the running one included. */
    public synchronized double longestMs() {
        return Math.max(longestMs, (System.nanoTime() - last) / 1e6);
    }

    /** Milliseconds since the last ping, or since the start of the session. */
    public synchronized double quietMs() {
        return (System.nanoTime() - last) / 1e6;
    }

    public synchronized int count() {
        return count;
    }
}
