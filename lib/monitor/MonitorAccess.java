package siodiag;

import io.netty.handler.codec.http.HttpHeaderNames;

/**
 * Who may make the server do something over HTTP: whoever has the token, a page of this very server, and, on
 * loopback, a program of this machine (hooks present no token). A page of another origin is none of these, whatever
 * way it takes: a form, an image, a name that it had pointed at this address.
 */
final class MonitorAccess {
    private static final String BEARER = "Bearer ";

    private final MonitorHub hub;
    private final boolean loopbackOnly;

    MonitorAccess(MonitorHub hub) {
        this.hub = hub;
        this.loopbackOnly = MonitorOrigins.isLoopback(hub.config().host());
    }

    /** Whether the request came by a name this server goes by. */
    boolean mayRead(MonitorExchange exchange) {
        String host = MonitorOrigins.hostOf("http://" + exchange.header(HttpHeaderNames.HOST));
        return !loopbackOnly || exchange.header(HttpHeaderNames.HOST) == null || MonitorOrigins.isLoopback(host);
    }

    boolean mayChange(MonitorExchange exchange) {
        String token = token(exchange);
        if (token != null) {
            return hub.accepts(token);
        }
        String origin = exchange.header(HttpHeaderNames.ORIGIN);
        if (origin != null) {
            return origin.equals("http://" + exchange.header(HttpHeaderNames.HOST));
        }
        String site = exchange.header("Sec-Fetch-Site");
        return site == null ? loopbackOnly : site.equals("same-origin") || site.equals("none");
    }

    private static String token(MonitorExchange exchange) {
        String authorization = exchange.header(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null && authorization.startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).strip();
        }
        String header = exchange.header("X-Auth-Token");
        return header != null ? header : exchange.parameter("token");
    }
}
