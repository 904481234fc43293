package siodiag.monitor;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;
import siodiag.server.AdminNamespace;
import siodiag.server.AllowedOrigins;
import siodiag.server.HttpRoutes;
import siodiag.server.Hub;
import siodiag.server.RequestGuard;
import siodiag.server.ServerEvent;
import siodiag.server.ServerExchange;
import siodiag.server.ServerNamespace;
import siodiag.server.Timestamps;

/** What the monitor serves besides Socket.IO: its health, its statistics, the hooks' intake, the dashboard. */
final class Pages implements HttpRoutes {
    private static final String HTML = "text/html; charset=utf-8";

    private final Hub hub;
    private final StandIn standIn;
    private final RequestGuard access;
    private final AllowedOrigins origins;
    private final StatusPage status;

    Pages(Hub hub, StandIn standIn) {
        this.hub = hub;
        this.standIn = standIn;
        this.access = new RequestGuard(hub);
        this.origins = new AllowedOrigins(hub.config());
        this.status = new StatusPage(hub, standIn);
    }

    /** A page that fails is answered with 500 and shows as an error; the others go on. */
    @Override
    public void handle(ServerExchange exchange, FullHttpRequest request) {
        try {
            route(exchange, request);
        } catch (RuntimeException e) {
            hub.observe(ServerEvent.note(
                    RecordedEvent.Kind.ERROR,
                    RecordedEvent.Direction.OUT,
                    exchange.method() + " " + Text.quote(exchange.path(), 80) + " failed: " + e));
            exchange.reply(500, ServerExchange.JSON, error("internal error"));
        }
    }

    private void route(ServerExchange exchange, FullHttpRequest request) {
        if (!access.mayRead(exchange)) {
            refuse(exchange, 403, "host " + Text.quote(exchange.header("Host"), 80) + " is not allowed; use localhost");
            return;
        }
        allowReading(exchange);
        switch (exchange.method() + " " + exchange.path()) {
            case "GET /health" -> exchange.reply(200, ServerExchange.JSON, status.health());
            case "GET /diagnostic/status" -> exchange.reply(200, ServerExchange.JSON, status.full());
            case "GET /metrics" ->
                exchange.reply(200, PrometheusMetrics.CONTENT_TYPE, PrometheusMetrics.of(hub, standIn.statistics()));
            case "GET /" -> redirect(exchange, "/dashboard");
            case "GET /dashboard" -> dashboard(exchange);
            case "GET /diagnostic/test-event", "POST /diagnostic/test-event" ->
                changing(exchange, () -> testEvent(exchange, body(request)));
            case "POST /api/events" -> changing(exchange, () -> ingest(exchange, body(request)));
            case "GET /api/working-directory" -> exchange.reply(200, ServerExchange.JSON, workingDirectory());
            default ->
                refuse(exchange, 404, "no such page: " + exchange.method() + " " + Text.cut(exchange.path(), 80));
        }
    }

    /** A claude-mpm dashboard that was served at another port reads from this one. */
    private void allowReading(ServerExchange exchange) {
        String origin = exchange.header(HttpHeaderNames.ORIGIN);
        if (hub.config().like().isClaudeMpm()
                && origin != null
                && origins.allow(origin, exchange.header(HttpHeaderNames.HOST))) {
            exchange.allow(origin);
        }
    }

    private void changing(ServerExchange exchange, Runnable action) {
        if (!access.mayChange(exchange)) {
            refuse(exchange, 403, "requires Authorization: Bearer TOKEN, or a same-origin page");
            return;
        }
        try {
            action.run();
        } catch (MalformedInputException e) {
            refuse(exchange, 400, e.getMessage());
        }
    }

    /** {@code {"namespace":"/hook","event":"…","data":{…}}}, each optional: to everybody in the namespace. */
    private void testEvent(ServerExchange exchange, String body) {
        if (!body.isEmpty()) {
            JsonText.requireObject(body);
        }
        String name = wanted(exchange, body, "namespace", "/system");
        String event = wanted(exchange, body, "event", "diagnostic_test");
        String data = JsonText.part(body, "data");
        ServerNamespace namespace = hub.namespace(name);
        if (namespace == null || name.equals(AdminNamespace.NAMESPACE)) {
            throw new MalformedInputException("no such namespace: " + Text.quote(name, 60));
        }
        int receivers = namespace.sockets().size();
        hub.broadcast(
                namespace,
                null,
                null,
                JsonText.quote(event),
                List.of(
                        data != null
                                ? data
                                : JsonText.object()
                                        .put("message", "a test event of the monitor")
                                        .put("sent_at", Timestamps.iso(System.currentTimeMillis()))
                                        .toString()),
                List.of());
        exchange.reply(
                200,
                ServerExchange.JSON,
                JsonText.object()
                        .put("sent", true)
                        .put("namespace", name)
                        .put("event", event)
                        .put("receivers", receivers)
                        .toString());
    }

    /** What claude-mpm's dashboards ask for when they connect. */
    private static String workingDirectory() {
        return JsonText.object()
                .put("working_directory", Path.of("").toAbsolutePath().toString())
                .put("success", true)
                .toString();
    }

    /** The role decides how a body that is not an event is answered. */
    private void ingest(ServerExchange exchange, String body) {
        HookEventNormalizer.Event event;
        try {
            event = standIn.role().posted(body);
        } catch (MalformedInputException e) {
            refuse(exchange, standIn.role().statusOfBadBody(), e.getMessage());
            return;
        }
        hub.observe(ServerEvent.posted(event.category(), body, exchange.peer()));
        ServerNamespace root = hub.namespace("/");
        hub.broadcast(root, null, null, JsonText.quote(event.category()), List.of(event.json()), List.of());
        hub.pressure().answer(() -> exchange.reply(204, ServerExchange.TEXT, ""));
    }

    private static void redirect(ServerExchange exchange, String to) {
        exchange.reply(302, ServerExchange.TEXT, Unpooled.EMPTY_BUFFER, Map.of("Location", to));
    }

    private void dashboard(ServerExchange exchange) {
        try (InputStream page = Pages.class.getResourceAsStream("/dashboard.html")) {
            if (page == null) {
                refuse(exchange, 404, "this monitor was started without the dashboard");
            } else {
                exchange.reply(
                        200, HTML, Unpooled.wrappedBuffer(page.readAllBytes()), Map.of("X-Frame-Options", "DENY"));
            }
        } catch (IOException e) {
            refuse(exchange, 500, "the dashboard cannot be read: " + e.getMessage());
        }
    }

    private void refuse(ServerExchange exchange, int code, String reason) {
        hub.observe(ServerEvent.note(
                RecordedEvent.Kind.REFUSED,
                RecordedEvent.Direction.IN,
                exchange.method() + " " + Text.quote(exchange.path(), 80) + " " + code + ": " + reason + " from "
                        + exchange.peer()));
        exchange.reply(code, ServerExchange.JSON, error(reason));
    }

    private static String error(String reason) {
        return JsonText.object().put("error", reason).toString();
    }

    private static String wanted(ServerExchange exchange, String body, String name, String otherwise) {
        String given = body.isEmpty() ? exchange.parameter(name) : JsonText.field(body, name);
        return given == null ? otherwise : given;
    }

    private static String body(FullHttpRequest request) {
        return request.content().toString(StandardCharsets.UTF_8).strip();
    }
}
