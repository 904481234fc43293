package siodiag;

/** Milliseconds since its making. */
final class Stopwatch {
    private final long begun = System.nanoTime();

    double millis() {
        return (System.nanoTime() - begun) / 1e6;
    }
}
