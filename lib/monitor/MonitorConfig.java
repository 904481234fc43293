package siodiag;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * What a {@link MonitorServer} is started with. Change one value with the method of its name:
 * {@code MonitorConfig.defaults().port(0).token("s3cret")}.
 *
 * @param host       the address to bind; loopback unless told otherwise
 * @param port       the port to bind, 0 for any free one
 * @param path       the Engine.IO path, with one slash at its start and none at its end
 * @param token      what a client must present as {@code auth.token}; null or empty lets everybody in
 * @param namespaces the namespaces that exist besides {@code /}, which always does
 * @param origins    web origins let in besides {@code file://} pages and this host's own; {@code *} for all
 * @param handlers   the groups of event handlers to register
 * @param admin      {@code user:password} for the Socket.IO Admin UI at {@code /admin}; null: there is none
 * @param redis      {@code redis://…} over which monitors are joined into one; null: this one is alone
 * @param limits     times and bounds
 */
public record MonitorConfig(String host, int port, String path, String token, List<String> namespaces,
                            List<String> origins, List<String> handlers, String admin, URI redis,
                            MonitorLimits limits) {
    /** @throws IllegalArgumentException that says in one line what is wrong */
    public MonitorConfig {
        Objects.requireNonNull(host, "host");
        path = Target.normalPath(path);
        namespaces = Target.normalNamespaces(namespaces);
        origins = List.copyOf(origins);
        handlers = List.copyOf(handlers);
        require(port >= 0 && port <= 65535, "port must be 0 to 65535, not " + port);
        require(namespaces.stream().noneMatch(name -> name.matches(".*[,?\\s].*")),
                "namespaces are names such as /hook,/log, not " + Text.cut(String.join(",", namespaces), 80));
        require(admin == null || admin.matches("[^:]+:.+"), "the administrator is user:password, neither of them empty");
        require(redis == null || redis.getHost() != null && "redis".equals(redis.getScheme()),
                "Redis is at a URL such as redis://localhost:6379");
    }

    /** Loopback, a free port, the token {@code dev-token}, the eight namespaces of the real server. */
    public static MonitorConfig defaults() {
        return new MonitorConfig("127.0.0.1", 0, Target.DEFAULT_PATH, Target.DEFAULT_TOKEN, Target.DEFAULT_NAMESPACES,
                List.of(), MonitorStandIn.GROUPS, null, null, MonitorLimits.DEFAULT);
    }

    public MonitorConfig host(String value) {
        return new MonitorConfig(value, port, path, token, namespaces, origins, handlers, admin, redis, limits);
    }

    public MonitorConfig port(int value) {
        return new MonitorConfig(host, value, path, token, namespaces, origins, handlers, admin, redis, limits);
    }

    public MonitorConfig path(String value) {
        return new MonitorConfig(host, port, value, token, namespaces, origins, handlers, admin, redis, limits);
    }

    public MonitorConfig token(String value) {
        return new MonitorConfig(host, port, path, value, namespaces, origins, handlers, admin, redis, limits);
    }

    public MonitorConfig namespaces(List<String> value) {
        return new MonitorConfig(host, port, path, token, value, origins, handlers, admin, redis, limits);
    }

    public MonitorConfig origins(List<String> value) {
        return new MonitorConfig(host, port, path, token, namespaces, value, handlers, admin, redis, limits);
    }

    public MonitorConfig handlers(List<String> value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, value, admin, redis, limits);
    }

    /** @param value {@code user:password} */
    public MonitorConfig admin(String value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, handlers, value, redis, limits);
    }

    public MonitorConfig redis(URI value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, handlers, admin, value, limits);
    }

    public MonitorConfig limits(MonitorLimits value) {
        return new MonitorConfig(host, port, path, token, namespaces, origins, handlers, admin, redis, value);
    }

    /** Both heartbeat times in milliseconds. */
    public MonitorConfig heartbeat(int intervalMs, int timeoutMs) {
        return limits(new MonitorLimits(intervalMs, timeoutMs, limits.connectTimeoutMs(), limits.maxPayload(),
                limits.maxClients()));
    }

    public MonitorConfig connectTimeoutMs(int value) {
        return limits(new MonitorLimits(limits.pingIntervalMs(), limits.pingTimeoutMs(), value, limits.maxPayload(),
                limits.maxClients()));
    }

    public MonitorConfig maxPayload(int value) {
        return limits(new MonitorLimits(limits.pingIntervalMs(), limits.pingTimeoutMs(), limits.connectTimeoutMs(),
                value, limits.maxClients()));
    }

    public MonitorConfig maxClients(int value) {
        return limits(new MonitorLimits(limits.pingIntervalMs(), limits.pingTimeoutMs(), limits.connectTimeoutMs(),
                limits.maxPayload(), value));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
