package siodiag.server;

import java.net.URI;

/**
 * Where a Redis server is and how to log in there:
 * {@code redis://[[user]:password@]host[:port][/database]}, {@code rediss://} for TLS.
 *
 * @param user     null for the default user
 * @param password null where none is needed
 * @param database 0 unless the URL names another
 */
public record RedisUrl(boolean tls, String host, int port, String user, String password, int database) {
    static final int DEFAULT_PORT = 6379;

    /** @throws IllegalArgumentException with a one-line message, never with the password */
    public static RedisUrl of(URI uri) {
        boolean tls = "rediss".equals(uri.getScheme());
        String path = uri.getPath() == null || uri.getPath().isEmpty() ? "/" : uri.getPath();
        if (!tls && !"redis".equals(uri.getScheme()) || uri.getHost() == null || !path.matches("/\\d{0,4}/?")) {
            throw new IllegalArgumentException("--redis takes a URL such as redis://localhost:6379, "
                    + "redis://user:password@host:6379/0 or, for TLS, rediss://host:6379");
        }
        String database = path.replace("/", "");
        String login = uri.getUserInfo();
        int colon = login == null ? -1 : login.indexOf(':');
        return new RedisUrl(
                tls,
                uri.getHost().replaceAll("[\\[\\]]", ""),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                colon > 0 ? login.substring(0, colon) : null,
                login == null ? null : login.substring(colon + 1),
                database.isEmpty() ? 0 : Integer.parseInt(database));
    }

    /** Publishing knows no databases, so monitors of different ones are kept apart by the channel's name. */
    public String channel() {
        return "socketio-monitor" + (database == 0 ? "" : ":" + database);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return (tls ? "rediss" : "redis") + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port
                + (database == 0 ? "" : "/" + database);
    }
}
