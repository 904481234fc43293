package siodiag;

/**
 * The account of a flow: events sent, deliveries expected (one for each event and observer), received at least once,
 * lost, received again, received out of order; latencies in milliseconds.
 */
public record FlowFigures(long sent, long expected, long received, long lost, long duplicated, long reordered,
        Latency latencyMs) {

    /** From sending to arrival, in milliseconds; zeros where nothing arrived. */
    public record Latency(double p50, double p95, double p99, double max) {
    }
}
