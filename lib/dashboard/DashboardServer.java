package siodiag;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Serves {@code dashboard.html} on loopback, and the token to that page alone: the token is never part of an address,
 * which would end up in the browser's history.
 */
public final class DashboardServer implements AutoCloseable {
    private static final String PAGE = "/dashboard.html";

    private final HttpServer server;
    private final byte[] page;
    private final byte[] token;

    private DashboardServer(HttpServer server, byte[] page, byte[] token) {
        this.server = server;
        this.page = page;
        this.token = token;
    }

    /**
     * Binds and serves.
     *
     * @param port 0 for a free one
     * @throws CannotRun if the port is taken, or the page was not shipped with the script
     */
    public static DashboardServer start(int port, Target target) {
        try (InputStream page = DashboardServer.class.getResourceAsStream(PAGE)) {
            if (page == null) {
                throw new CannotRun("dashboard.html is not with the script: run it from the repository or its URL");
            }
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            byte[] token = target.token().getBytes(StandardCharsets.UTF_8);
            DashboardServer server = new DashboardServer(http, page.readAllBytes(), token);
            http.createContext("/", server::answer);
            http.start();
            return server;
        } catch (BindException taken) {
            throw new CannotRun(new PortInUseException(port, taken).getMessage() + ": give another --port, or none");
        } catch (IOException failure) {
            throw new CannotRun("can't serve the page: " + failure.getMessage());
        }
    }

    /** Where the page is, with the target's settings in the query. */
    public URI address(Target target) {
        return URI.create("http://127.0.0.1:" + port() + "/" + DashboardAddress.query(target));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isOurs(exchange.getRequestHeaders())) {
                reply(exchange, 403, "text/plain", "this address is for this machine's own browser\n".getBytes());
            } else if (!exchange.getRequestMethod().equals("GET")) {
                reply(exchange, 405, "text/plain", "only GET\n".getBytes());
            } else {
                switch (exchange.getRequestURI().getPath()) {
                    case "/", PAGE -> reply(exchange, 200, "text/html; charset=utf-8", page);
                    case "/token" -> reply(exchange, 200, "text/plain; charset=utf-8", token);
                    default -> reply(exchange, 404, "text/plain", "the dashboard is at /\n".getBytes());
                }
            }
        }
    }

    /** No other site's page, and no name that someone has pointed at 127.0.0.1. */
    private boolean isOurs(Headers request) {
        Set<String> hosts = Set.of("127.0.0.1:" + port(), "localhost:" + port());
        String site = Objects.requireNonNullElse(request.getFirst("Sec-Fetch-Site"), "none");
        return hosts.contains(request.getFirst("Host")) && List.of("none", "same-origin").contains(site);
    }

    private static void reply(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", "frame-ancestors 'none'"); // which a page can't say of itself
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
