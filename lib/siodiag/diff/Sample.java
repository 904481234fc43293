package siodiag.diff;

import java.util.Locale;

/**
 * How long something takes, in milliseconds.
 *
 * @param count of the measurements; 1: the three are the same
 */
record Sample(long count, double p10, double p50, double p90) {
    /** Two single measurements differ by chance by this factor, and by so many milliseconds. */
    private static final double SINGLE_FACTOR = 3;

    private static final double SINGLE_MS = 100;
    /** From so many on, the spread is known. */
    private static final int MANY = 5;
    /** With the spread known, smaller differences than these interest nobody. */
    private static final double FACTOR = 1.2;

    private static final double MS = 1;

    static Sample once(double ms) {
        return new Sample(1, ms, ms, ms);
    }

    /** Whether this is slower by more than its spread and that of the one before explain. */
    boolean isSlowerThan(Sample before) {
        if (count < MANY || before.count < MANY) {
            double least = before.count < MANY ? before.p50 : before.p90;
            return p50 > least * SINGLE_FACTOR && p50 - least > SINGLE_MS;
        }
        return p50 > before.p90 && p10 > before.p50 && p50 > before.p50 * FACTOR && p50 - before.p50 > MS;
    }

    /** {@code 12.0 ms}, or {@code 12.0 ms (10.1 to 15.3, 40 measurements)}. */
    String describe() {
        return count == 1
                ? String.format(Locale.ROOT, "%.1f ms", p50)
                : String.format(Locale.ROOT, "%.1f ms (%.1f to %.1f, %d measurements)", p50, p10, p90, count);
    }
}
