package siodiag;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * What a {@link MonitorServer} is started with. Change one value with the method of its name:
 * {@code MonitorConfig.defaults().port(0).token("s3cret")}.
 *
 * @param host             the address to bind; loopback unless told otherwise
 * @param port             the port to bind, 0 for any free one
 * @param path             the Engine.IO path, with one slash at its start and none at its end
 * @param token            what a client must present as {@code auth.token}; null or empty lets everybody in
 * @param namespaces       the namespaces that exist besides {@code /}, which always does
 * @param origins          web origins let in besides {@code file://} pages and this host's own; {@code *} for all
 * @param pingIntervalMs   milliseconds between heartbeats
 * @param pingTimeoutMs    milliseconds a heartbeat's answer may take
 * @param connectTimeoutMs milliseconds a connection may stay without having joined a namespace
 * @param maxPayload       the largest HTTP body or WebSocket message that is taken, in bytes
 * @param maxClients       the most connections that are held at one time
 * @param handlers         the groups of event handlers to register
 * @param admin            {@code user:password} for the Socket.IO Admin UI at {@code /admin}; null: there is none
 * @param redis            {@code redis://…} over which monitors are joined into one; null: this one is alone
 */
public record MonitorConfig(String host, int port, String path, String token, List<String> namespaces,
                            List<String> origins, int pingIntervalMs, int pingTimeoutMs, int connectTimeoutMs,
                            int maxPayload, int maxClients, List<String> handlers, String admin,
                            URI redis) {
    private static final List<String> NAMESPACES =
            List.of("/system", "/session", "/claude", "/agent", "/hook", "/todo", "/memory", "/log");

    /** @throws IllegalArgumentException if the port, a time or a limit is out of range */
    public MonitorConfig {
        Objects.requireNonNull(host, "host");
        path = "/" + path.replaceAll("^/+|/+$", "");
        namespaces = namespaces.stream().map(String::strip).map(name -> name.startsWith("/") ? name : "/" + name).toList();
        origins = List.copyOf(origins);
        handlers = List.copyOf(handlers);
        require(port >= 0 && port <= 65535, "port must be 0 to 65535, not " + port);
        require(namespaces.stream().noneMatch(name -> name.matches(".*[,?\\s].*")),
                "namespaces are names such as /hook,/log, not " + Text.cut(String.join(",", namespaces), 80));
        require(admin == null || admin.matches("[^:]+:.+"), "the administrator is user:password, neither of them empty");
        require(redis == null || redis.getHost() != null && "redis".equals(redis.getScheme()),
                "Redis is at a URL such as redis://localhost:6379");
        require(pingIntervalMs > 0 && pingTimeoutMs > 0 && connectTimeoutMs > 0, "times must be above 0");
        require(maxPayload > 0 && maxClients > 0, "limits must be above 0");
    }

    /** Loopback, a free port, the token {@code dev-token}, the eight namespaces of the real server. */
    public static MonitorConfig defaults() {
        return new MonitorConfig("127.0.0.1", 0, "/socket.io", "dev-token", NAMESPACES, List.of(),
                25_000, 20_000, 45_000, 5_000_000, 1_000, MonitorStandIn.GROUPS, null, null);
    }

    public MonitorConfig host(String value) {
        return new MonitorConfig(value, port, path, token, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, maxClients, handlers, admin, redis);
    }

    public MonitorConfig port(int value) {
        return new MonitorConfig(host, value, path, token, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, maxClients, handlers, admin, redis);
    }

    public MonitorConfig path(String value) {
        return new MonitorConfig(host, port, value, token, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, maxClients, handlers, admin, redis);
    }

    public MonitorConfig token(String value) {
        return new MonitorConfig(host, port, path, value, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, maxClients, handlers, admin, redis);
    }

    public MonitorConfig namespaces(List<String> value) {
        return new MonitorConfig(host, port, path, token, value, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, maxClients, handlers, admin, redis);
    }

    public MonitorConfig origins(List<String> value) {
        return new MonitorConfig(host, port, path, token, namespaces, value, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, maxClients, handlers, admin, redis);
    }

    /** Both heartbeat times in milliseconds. */
    public MonitorConfig heartbeat(int intervalMs, int timeoutMs) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, intervalMs, timeoutMs,
                connectTimeoutMs, maxPayload, maxClients, handlers, admin, redis);
    }

    public MonitorConfig connectTimeoutMs(int value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                value, maxPayload, maxClients, handlers, admin, redis);
    }

    public MonitorConfig maxPayload(int value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, value, maxClients, handlers, admin, redis);
    }

    public MonitorConfig maxClients(int value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, value, handlers, admin, redis);
    }

    public MonitorConfig handlers(List<String> value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, maxClients, value, admin, redis);
    }

    /** @param value {@code user:password} */
    public MonitorConfig admin(String value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, maxClients, handlers, value, redis);
    }

    public MonitorConfig redis(URI value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, pingIntervalMs, pingTimeoutMs,
                connectTimeoutMs, maxPayload, maxClients, handlers, admin, value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
