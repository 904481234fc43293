package siodiag.dashboard;

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
import java.util.function.Consumer;
import siodiag.catalogue.Cause;
import siodiag.core.CannotRunException;
import siodiag.core.Json;
import siodiag.core.PortOwner;
import siodiag.core.UsageException;
import siodiag.target.Target;

/**
 * Serves {@code dashboard.html} on loopback, gives the credentials to that page alone, and takes the page's result. They
 * are never part of an address, which would end up in the browser's history.
 */
final class PageServer implements AutoCloseable {
    private static final String PAGE = "/dashboard.html";
    private static final int MAX_RESULT = 1_000_000;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final byte[] page;
    private final Target target;
    private final Consumer<PageResult> results;

    private PageServer(HttpServer server, byte[] page, Target target, Consumer<PageResult> results) {
        this.server = server;
        this.page = page;
        this.target = target;
        this.results = results;
    }

    /**
     * Binds and serves.
     *
     * @param port    0 for a free one
     * @param results receives what each test of the page came to
     * @throws CannotRunException if the port is taken, or the page was not shipped with the script
     */
    static PageServer start(int port, Target target, Consumer<PageResult> results) {
        try (InputStream page = PageServer.class.getResourceAsStream(PAGE)) {
            if (page == null) {
                throw new CannotRunException(
                        "dashboard.html was not shipped with the script: run it from the repository or its URL");
            }
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            PageServer server = new PageServer(http, page.readAllBytes(), target, results);
            http.createContext("/", server::answer);
            http.start();
            return server;
        } catch (BindException taken) {
            throw new CannotRunException(Cause.PORT_IN_USE.describe(PortOwner.inUse(port)));
        } catch (IOException failure) {
            throw new CannotRunException("can't serve the page: " + failure.getMessage());
        }
    }

    /** Where the page is, with the target's settings in the query. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port() + "/" + PageAddress.query(target));
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!isOurs(exchange.getRequestHeaders())) {
                say(exchange, 403, "only for a browser on this machine");
                return;
            }
            switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                case "GET /", "GET " + PAGE -> reply(exchange, 200, "text/html; charset=utf-8", page);
                case "GET /credentials" ->
                    reply(
                            exchange,
                            200,
                            "application/json",
                            PageAddress.credentials(target.credentials()).getBytes(StandardCharsets.UTF_8));
                case "POST /result" -> take(exchange);
                default -> say(exchange, 404, "the dashboard is at /");
            }
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_RESULT);
        try {
            results.accept(PageResult.of(Json.parse(new String(body, StandardCharsets.UTF_8)), target));
            say(exchange, 200, "taken");
        } catch (UsageException notOurs) {
            say(exchange, 400, notOurs.getMessage());
        }
    }

    /** No other site's page, and no name that someone has pointed at 127.0.0.1. */
    private boolean isOurs(Headers request) {
        Set<String> hosts = Set.of("127.0.0.1:" + port(), "localhost:" + port());
        String site = Objects.requireNonNullElse(request.getFirst("Sec-Fetch-Site"), "none");
        return hosts.contains(request.getFirst("Host"))
                && List.of("none", "same-origin").contains(site);
    }

    private static void say(HttpExchange exchange, int status, String line) throws IOException {
        reply(exchange, status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8));
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
