package siodiag;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Turns at a rate, by the clock of the whole run and not by pauses, so that delays do not add up. */
final class Pace {
    private final long begun = System.nanoTime();
    private final double rate;
    private long turns;

    /** @param rate turns a second; 0: no waiting */
    Pace(double rate) {
        this.rate = rate;
    }

    void awaitTurn() {
        if (rate > 0) {
            awaitUntil(begun + (long) (turns++ * 1e9 / rate));
        }
    }

    /** Waits for a moment in time as {@link System#nanoTime} tells it. */
    static void awaitUntil(long nanos) {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            CompletableFuture<Void> turn = new CompletableFuture<>();
            Threads.after(Duration.ofNanos(left), () -> turn.complete(null));
            turn.join();
        }
    }
}
