package siodiag.ledger;

import java.util.Arrays;

/**
 * The account of a flow: events sent, deliveries expected (one for each event and observer), received at least once,
 * lost, received again, received out of order; latencies in milliseconds.
 */
public record FlowFigures(
        long sent, long expected, long received, long lost, long duplicated, long reordered, Latency latencyMs) {

    /** From sending to arrival, in milliseconds; zeros where nothing arrived. */
    public record Latency(double p50, double p95, double p99, double max) {
        /** In microseconds' precision: the clock has no better one. */
        public static Latency of(double... milliseconds) {
            double[] sorted =
                    Arrays.stream(milliseconds).map(Latency::rounded).sorted().toArray();
            return new Latency(
                    percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 99), percentile(sorted, 100));
        }

        private static double rounded(double ms) {
            return Math.max(0, Math.round(ms * 1000)) / 1000.0;
        }

        /** The smallest that at least so many of a hundred do not exceed (nearest rank). */
        private static double percentile(double[] sorted, int percent) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
        }
    }
}
