package siodiag;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;

/** What the monitor serves besides Socket.IO: its health, its statistics, the hooks' intake, the dashboard. */
final class MonitorPages {
    private static final String HTML = "text/html; charset=utf-8";

    private final MonitorHub hub;
    private final MonitorStandIn standIn;
    private final MonitorAccess access;
    private final MonitorStatus status;

    MonitorPages(MonitorHub hub, MonitorStandIn standIn) {
        this.hub = hub;
        this.standIn = standIn;
        this.access = new MonitorAccess(hub);
        this.status = new MonitorStatus(hub, standIn);
    }

    void handle(MonitorExchange exchange, FullHttpRequest request) {
        if (!access.mayRead(exchange)) {
            refuse(exchange, 403, "this server goes by localhost only, not by "
                    + Text.quote(exchange.header("Host"), 80));
            return;
        }
        switch (exchange.method() + " " + exchange.path()) {
            case "GET /health" -> exchange.reply(200, MonitorExchange.JSON, status.health());
            case "GET /diagnostic/status" -> exchange.reply(200, MonitorExchange.JSON, status.full());
            case "GET /metrics" -> exchange.reply(200, MonitorMetrics.CONTENT_TYPE,
                    MonitorMetrics.of(hub, standIn.statistics()));
            case "GET /dashboard" -> dashboard(exchange);
            case "GET /diagnostic/test-event", "POST /diagnostic/test-event" ->
                    changing(exchange, () -> testEvent(exchange, body(request)));
            case "POST /api/events" -> changing(exchange, () -> intake(exchange, body(request)));
            default -> refuse(exchange, 404, "there is nothing at " + exchange.method() + " "
                    + Text.cut(exchange.path(), 80));
        }
    }

    private void changing(MonitorExchange exchange, Runnable action) {
        if (!access.mayChange(exchange)) {
            refuse(exchange, 403, "needs the server's token as a bearer, or a page of this server");
            return;
        }
        try {
            action.run();
        } catch (MonitorProtocolException e) {
            refuse(exchange, 400, e.getMessage());
        }
    }

    /** {@code {"namespace":"/hook","event":"…","data":{…}}}, each optional: to everybody in the namespace. */
    private void testEvent(MonitorExchange exchange, String body) {
        if (!body.isEmpty()) {
            MonitorJson.requireObject(body);
        }
        String name = wanted(exchange, body, "namespace", "/system");
        String event = wanted(exchange, body, "event", "diagnostic_test");
        String data = MonitorJson.part(body, "data");
        MonitorNamespace namespace = hub.namespace(name);
        if (namespace == null || name.equals(MonitorAdmin.NAMESPACE)) {
            throw new MonitorProtocolException("there is no namespace " + Text.quote(name, 60));
        }
        int receivers = namespace.sockets().size();
        hub.broadcast(namespace, null, null, MonitorJson.quote(event), List.of(data != null ? data
                : "{\"message\":\"a test event of the monitor\",\"sent_at\":\""
                + MonitorTime.iso(System.currentTimeMillis()) + "\"}"), List.of());
        exchange.reply(200, MonitorExchange.JSON, "{\"sent\":true,\"namespace\":" + MonitorJson.quote(name)
                + ",\"event\":" + MonitorJson.quote(event) + ",\"receivers\":" + receivers + "}");
    }

    private void intake(MonitorExchange exchange, String body) {
        MonitorIntake.Event event = MonitorIntake.read(body);
        hub.observe(MonitorEvent.posted(event.category(), body, exchange.peer()));
        standIn.history().add(event.json());
        MonitorNamespace root = hub.namespace("/");
        hub.broadcast(root, null, null, MonitorJson.quote(event.category()), List.of(event.json()),
                List.of());
        exchange.reply(204, MonitorExchange.TEXT, "");
    }

    private void dashboard(MonitorExchange exchange) {
        try (InputStream page = MonitorPages.class.getResourceAsStream("/dashboard.html")) {
            if (page == null) {
                refuse(exchange, 404, "this monitor was started without the dashboard's page");
            } else {
                exchange.reply(200, HTML, Unpooled.wrappedBuffer(page.readAllBytes()),
                        Map.of("X-Frame-Options", "DENY"));
            }
        } catch (IOException e) {
            refuse(exchange, 500, "the dashboard's page can't be read: " + e.getMessage());
        }
    }

    private void refuse(MonitorExchange exchange, int code, String reason) {
        hub.observe(MonitorEvent.note(MonitorEvent.Kind.REFUSED, MonitorEvent.Direction.IN, exchange.method() + " "
                + Text.quote(exchange.path(), 80) + " " + code + ": " + reason + " from " + exchange.peer()));
        exchange.reply(code, MonitorExchange.JSON, "{\"error\":" + MonitorJson.quote(reason) + "}");
    }

    private static String wanted(MonitorExchange exchange, String body, String name, String otherwise) {
        String given = body.isEmpty() ? exchange.parameter(name) : MonitorJson.field(body, name);
        return given == null ? otherwise : given;
    }

    private static String body(FullHttpRequest request) {
        return request.content().toString(StandardCharsets.UTF_8).strip();
    }
}
