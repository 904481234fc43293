package siodiag.watch;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Durations in milliseconds, however many, within one per cent. */
final class Percentiles {
    private static final int DIGITS = 2;
    private static final long MAX_US = 3_600_000_000L;

    private final Histogram micros = new Histogram(DIGITS);

    synchronized void add(double ms) {
        micros.recordValue(Math.min(MAX_US, Math.max(0, Math.round(ms * 1000))));
    }

    synchronized long count() {
        return micros.getTotalCount();
    }

    /** @param percent 50 for the median */
    synchronized double at(double percent) {
        return micros.getValueAtPercentile(percent) / 1000.0;
    }

    synchronized double max() {
        return micros.getMaxValue() / 1000.0;
    }

    synchronized double sum() {
        return micros.getMean() * micros.getTotalCount() / 1000.0;
    }

    /** How many lasted no longer. */
    synchronized long countUpTo(double ms) {
        return micros.getTotalCount() == 0 ? 0 : micros.getCountBetweenValues(0, Math.round(ms * 1000));
    }

    /** {@code p50 1.2 ms, p95 3.4 ms, p99 5.6 ms, longest 7.8 ms (120)}. */
    String describe() {
        return count() == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms (%d)",
                        at(50),
                        at(95),
                        at(99),
                        max(),
                        count());
    }
}
