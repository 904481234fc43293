package siodiag.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Turns at a rate, by the clock of the whole run and not by pauses, so that delays do not add up. */
public final class Pace {
    private final long begun = System.nanoTime();
    private final double rate;
    private long turns;

    /** @param rate turns a second; 0: no waiting */
    public Pace(double rate) {
        this.rate = rate;
    }

    public void awaitTurn() throws InterruptedException {
        if (rate > 0) {
            awaitUntil(begun + (long) (turns++ * 1e9 / rate));
        }
    }

    /** Waits for a moment in time as {@link System#nanoTime} tells it. */
    public static void awaitUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    public static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
