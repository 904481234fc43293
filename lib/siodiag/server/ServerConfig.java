package siodiag.server;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import siodiag.core.Text;
import siodiag.target.Application;
import siodiag.target.Target;

/**
 * What a {@code MonitorServer} is started with. Change one value with the method of its name:
 * {@code MonitorConfig.defaults().port(0).token("s3cret")}.
 *
 * @param host       the address to bind; loopback by default
 * @param port       the port to bind, 0 for any free one
 * @param path       the Engine.IO path, with one slash at its start and none at its end
 * @param token      what a client must present as {@code auth.token}; null or empty: everybody is accepted
 * @param namespaces the namespaces that exist in addition to {@code /}
 * @param origins    web origins accepted in addition to {@code file://} pages and this host's own; {@code *} for all
 * @param handlers   the groups of event handlers to register
 * @param admin      {@code user:password} for the Socket.IO Admin UI at {@code /admin}; null: there is none
 * @param redis      {@code redis://…} or {@code rediss://…} over which monitors are joined into one; null: this one is alone
 * @param like       which server it behaves as
 * @param limits     times and bounds
 */
public record ServerConfig(
        String host,
        int port,
        String path,
        String token,
        List<String> namespaces,
        List<String> origins,
        List<String> handlers,
        String admin,
        URI redis,
        ServerBehaviour like,
        ServerLimits limits) {
    /** Those of today's claude-mpm server. */
    public static final List<String> CLAUDE_MPM_GROUPS = List.of("dashboard", "hook");
    /** The groups of event handlers of the first real server. */
    public static final List<String> GROUPS = List.of("connection", "hook", "git", "file", "project", "memory");
    /** @throws IllegalArgumentException with a one-line message */
    public ServerConfig {
        Objects.requireNonNull(host, "host");
        path = Target.normalPath(path);
        namespaces = Target.normalNamespaces(namespaces);
        origins = List.copyOf(origins);
        handlers = List.copyOf(handlers);
        require(port >= 0 && port <= 65535, "port must be 0 to 65535, not " + port);
        require(
                namespaces.stream().noneMatch(name -> name.matches(".*[,?\\s].*")),
                "namespaces are names such as /hook,/log, not " + Text.cut(String.join(",", namespaces), 80));
        require(admin == null || admin.matches("[^:]+:.+"), "--admin takes USER:PASSWORD, neither of them empty");
        if (redis != null) {
            RedisUrl.of(redis);
        }
    }

    /** Loopback, a free port, the token {@code dev-token}, the eight namespaces of the real server. */
    public static ServerConfig defaults() {
        return new ServerConfig(
                "127.0.0.1",
                0,
                Target.DEFAULT_PATH,
                Target.DEFAULT_TOKEN,
                Application.EIGHT,
                List.of(),
                GROUPS,
                null,
                null,
                ServerBehaviour.ITSELF,
                ServerLimits.DEFAULT);
    }

    public ServerConfig host(String value) {
        return new ServerConfig(value, port, path, token, namespaces, origins, handlers, admin, redis, like, limits);
    }

    public ServerConfig port(int value) {
        return new ServerConfig(host, value, path, token, namespaces, origins, handlers, admin, redis, like, limits);
    }

    public ServerConfig path(String value) {
        return new ServerConfig(host, port, value, token, namespaces, origins, handlers, admin, redis, like, limits);
    }

    public ServerConfig token(String value) {
        return new ServerConfig(host, port, path, value, namespaces, origins, handlers, admin, redis, like, limits);
    }

    public ServerConfig namespaces(List<String> value) {
        return new ServerConfig(host, port, path, token, value, origins, handlers, admin, redis, like, limits);
    }

    public ServerConfig origins(List<String> value) {
        return new ServerConfig(host, port, path, token, namespaces, value, handlers, admin, redis, like, limits);
    }

    public ServerConfig handlers(List<String> value) {
        return new ServerConfig(host, port, path, token, namespaces, origins, value, admin, redis, like, limits);
    }

    /** @param value {@code user:password} */
    public ServerConfig admin(String value) {
        return new ServerConfig(host, port, path, token, namespaces, origins, handlers, value, redis, like, limits);
    }

    public ServerConfig redis(URI value) {
        return new ServerConfig(host, port, path, token, namespaces, origins, handlers, admin, value, like, limits);
    }

    /**
     * Behaves as another server, with all that belongs to it: claude-mpm's server knows only {@code /} and no token, and has
     * python-socketio's bounds with its own heartbeat.
     */
    public ServerConfig like(ServerBehaviour value) {
        ServerConfig same =
                new ServerConfig(host, port, path, token, namespaces, origins, handlers, admin, redis, value, limits);
        return !value.isClaudeMpm()
                ? same
                : same.token("")
                        .namespaces(List.of())
                        .handlers(CLAUDE_MPM_GROUPS)
                        .limits(limits.heartbeat(30_000, 60_000).maxPayload(1_000_000));
    }

    public ServerConfig maxClients(int value) {
        return limits(limits.maxClients(value));
    }

    public ServerConfig limits(ServerLimits value) {
        return new ServerConfig(host, port, path, token, namespaces, origins, handlers, admin, redis, like, value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
