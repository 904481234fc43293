package siodiag.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import siodiag.core.Urls;

/**
 * Who may make the server do something over HTTP: whoever has the token, a page that this server served, and, on
 * loopback, a program on this machine (hooks send no token). A page of another origin may not, whichever way it tries:
 * a form, an image, a host name that it had pointed at this address.
 */
public final class RequestGuard {
    private static final String BEARER = "Bearer ";

    private final Hub hub;
    private final boolean loopbackOnly;

    public RequestGuard(Hub hub) {
        this.hub = hub;
        this.loopbackOnly = Urls.isLoopback(hub.config().host());
    }

    /** Whether the Host header names this server. */
    public boolean mayRead(ServerExchange exchange) {
        String host = AllowedOrigins.hostOf("http://" + exchange.header(HttpHeaderNames.HOST));
        return !loopbackOnly || exchange.header(HttpHeaderNames.HOST) == null || Urls.isLoopback(host);
    }

    public boolean mayChange(ServerExchange exchange) {
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

    private static String token(ServerExchange exchange) {
        String authorization = exchange.header(HttpHeaderNames.AUTHORIZATION);
        if (authorization != null && authorization.startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).strip();
        }
        String header = exchange.header("X-Auth-Token");
        return header != null ? header : exchange.parameter("token");
    }
}
