package siodiag;

/**
 * Times and bounds of a {@link MonitorServer}.
 *
 * @param pingIntervalMs   milliseconds between heartbeats
 * @param pingTimeoutMs    milliseconds a heartbeat's answer may take
 * @param connectTimeoutMs milliseconds a connection may stay without having joined a namespace
 * @param maxPayload       the largest HTTP body or WebSocket message that is taken, in bytes
 * @param maxClients       the most connections that are held at one time
 */
public record MonitorLimits(int pingIntervalMs, int pingTimeoutMs, int connectTimeoutMs, int maxPayload,
                            int maxClients) {
    static final MonitorLimits DEFAULT = new MonitorLimits(25_000, 20_000, 45_000, 5_000_000, 1_000);

    /** @throws IllegalArgumentException if one is not above 0 */
    public MonitorLimits {
        if (Math.min(Math.min(pingIntervalMs, pingTimeoutMs), connectTimeoutMs) <= 0) {
            throw new IllegalArgumentException("times must be above 0");
        }
        if (Math.min(maxPayload, maxClients) <= 0) {
            throw new IllegalArgumentException("limits must be above 0");
        }
    }
}
