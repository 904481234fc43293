package siodiag.core;

/** Milliseconds since its making. */
public final class Stopwatch {
    private final long begun = System.nanoTime();

    public double millis() {
        return (System.nanoTime() - begun) / 1e6;
    }
}
