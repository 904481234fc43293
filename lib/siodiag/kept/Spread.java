package siodiag.kept;

import java.util.Collection;
import java.util.Locale;

/** Some durations in milliseconds, and how near to each other they are. */
record Spread(double min, double mean, double max) {
    private static final double TOLERATED_MS = 500;
    private static final double TOLERATED_SHARE = 0.05;

    static Spread of(Collection<Double> values) {
        return new Spread(
                values.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                values.stream().mapToDouble(Double::doubleValue).average().orElse(0),
                values.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    }

    double width() {
        return max - min;
    }

    /** Whether a timer may have set all of them. */
    boolean isRegular() {
        return width() <= Math.max(TOLERATED_MS, TOLERATED_SHARE * mean);
    }

    /** {@code 5.0 s}, or {@code 4.2 to 7.9 s}. */
    String describe() {
        return isRegular()
                ? String.format(Locale.ROOT, "%.1f s", mean / 1000)
                : String.format(Locale.ROOT, "%.1f to %.1f s", min / 1000, max / 1000);
    }
}
