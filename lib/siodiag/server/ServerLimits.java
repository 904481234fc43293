package siodiag.server;

/**
 * Times and bounds of a {@code MonitorServer}.
 *
 * @param pingIntervalMs   milliseconds between heartbeats
 * @param pingTimeoutMs    milliseconds a heartbeat's answer may take
 * @param connectTimeoutMs milliseconds a connection may stay without having joined a namespace
 * @param maxPayload       the largest HTTP body or WebSocket message that is taken, in bytes
 * @param maxClients       the most connections that are held at one time
 */
public record ServerLimits(
        int pingIntervalMs, int pingTimeoutMs, int connectTimeoutMs, int maxPayload, int maxClients) {
    static final ServerLimits DEFAULT = new ServerLimits(25_000, 20_000, 45_000, 5_000_000, 1_000);

    /** @throws IllegalArgumentException if one is not above 0 */
    public ServerLimits {
        if (Math.min(Math.min(pingIntervalMs, pingTimeoutMs), connectTimeoutMs) <= 0) {
            throw new IllegalArgumentException("times must be above 0");
        }
        if (Math.min(maxPayload, maxClients) <= 0) {
            throw new IllegalArgumentException("limits must be above 0");
        }
    }

    /** Both heartbeat times in milliseconds. */
    ServerLimits heartbeat(int intervalMs, int timeoutMs) {
        return new ServerLimits(intervalMs, timeoutMs, connectTimeoutMs, maxPayload, maxClients);
    }

    ServerLimits maxPayload(int bytes) {
        return new ServerLimits(pingIntervalMs, pingTimeoutMs, connectTimeoutMs, bytes, maxClients);
    }

    ServerLimits maxClients(int clients) {
        return new ServerLimits(pingIntervalMs, pingTimeoutMs, connectTimeoutMs, maxPayload, clients);
    }
}
