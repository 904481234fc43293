package siodiag.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.server.EventHistory;
import siodiag.server.EventMessage;
import siodiag.server.Hub;
import siodiag.server.NamespaceMember;
import siodiag.server.Timestamps;

/**
 * The part of today's claude-mpm server: a welcome, the number of clients, a heartbeat; sockets' events go to everybody
 * of {@code /}, the sender too, and hooks' POSTs under the name of their category.
 */
final class ClaudeMpmRole implements ServerRole {
    /** The version whose behaviour this is. */
    static final String VERSION = "6.5.83";

    private static final Duration HEARTBEAT = Duration.ofMinutes(3);
    private static final String SERVICE = "unified-monitor";
    private static final int HISTORY_LIMIT = 100;

    private final Hub hub;
    private final EventHistory history = new EventHistory();
    private final Map<String, Map<String, EventHandlers.Handler>> groups = handlers();
    private final long started = System.nanoTime();
    private long heartbeats;

    ClaudeMpmRole(Hub hub) {
        this(hub, HEARTBEAT);
    }

    ClaudeMpmRole(Hub hub, Duration heartbeat) {
        this.hub = hub;
        hub.loop().scheduleAtFixedRate(this::beat, heartbeat.toMillis(), heartbeat.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Map<String, Map<String, EventHandlers.Handler>> groups() {
        return groups;
    }

    private Map<String, Map<String, EventHandlers.Handler>> handlers() {
        return Map.of(
                "dashboard",
                        Map.of(
                                "dashboard:status",
                                        (socket, message) -> socket.emit("dashboard:status:response", status()),
                                "dashboard:ping",
                                        (socket, message) -> socket.emit("dashboard:pong", pong(argument(message))),
                                "client:register",
                                        (socket, message) -> socket.emit(
                                                "client:registered", registered(socket, argument(message)))),
                "hook",
                        Map.of(
                                "claude_event", this::claudeEvent,
                                "hook:ingest", this::ingest,
                                "hook:history:get",
                                        (socket, message) ->
                                                socket.emit("hook:history:response", history.last(HISTORY_LIMIT))));
    }

    @Override
    public void connected(NamespaceMember socket, String auth) {
        ObjectNode welcome = JsonText.object()
                .put("message", "Connected to a monitor in claude-mpm's place")
                .put("session_id", socket.id());
        welcome.putObject("server_info").put("service", SERVICE).put("version", "1.0.0");
        socket.emit("dashboard:welcome", welcome.toString());
        sendCount(clients(), null);
    }

    @Override
    public void disconnected(NamespaceMember socket, String reason) {
        sendCount(clients() - 1, socket);
    }

    /** The library acknowledges what a handler took, and only that. */
    @Override
    public void received(NamespaceMember socket, EventMessage message) {
        if (groups.values().stream().anyMatch(handlers -> handlers.containsKey(message.name()))) {
            socket.acknowledge(message, List.of(), List.of());
        }
    }

    @Override
    public HookEventNormalizer.Event posted(String body) {
        return ClaudeMpmEvents.posted(body);
    }

    @Override
    public int statusOfBadBody() {
        return 500;
    }

    @Override
    public ObjectNode health(String verdict) {
        return JsonText.object()
                .put("status", "running")
                .put("service", "claude-mpm-monitor")
                .put("version", VERSION)
                .put("port", hub.port())
                .put("pid", ProcessHandle.current().pid())
                .put("uptime", (long) seconds());
    }

    private void claudeEvent(NamespaceMember sender, EventMessage message) {
        JsonNode data = argument(message);
        if (data.isObject()) {
            relay(ClaudeMpmEvents.processed(data, seconds()).toString(), message);
        } else {
            refuse(sender, "Claude event processing error: not an object");
        }
    }

    private void ingest(NamespaceMember sender, EventMessage message) {
        JsonNode data = argument(message);
        if (data.has("type") && data.has("timestamp")) {
            relay(ClaudeMpmEvents.common(data, seconds()).toString(), message);
        } else {
            refuse(sender, "Invalid hook data format");
        }
    }

    private void relay(String event, EventMessage message) {
        history.add(event);
        for (String name : List.of("\"hook:event\"", "\"claude_event\"")) {
            hub.broadcast(hub.namespace("/"), null, null, name, List.of(event), message.attachments());
        }
    }

    private static void refuse(NamespaceMember sender, String why) {
        sender.emit("hook:error", JsonText.object().put("error", why).toString());
    }

    private void sendCount(int clients, NamespaceMember leaving) {
        hub.broadcast(
                hub.namespace("/"),
                null,
                leaving,
                "\"dashboard:client:count\"",
                List.of(JsonText.object().put("count", clients).toString()),
                List.of());
    }

    private void beat() {
        long uptime = (long) seconds();
        ObjectNode beat = JsonText.object()
                .put("timestamp", Timestamps.iso(System.currentTimeMillis()))
                .put("type", "heartbeat")
                .put("server_uptime", uptime)
                .put("server_uptime_formatted", formatted(uptime))
                .put("connected_clients", clients())
                .put("heartbeat_number", ++heartbeats)
                .put("message", "heartbeat " + heartbeats)
                .put("service", SERVICE)
                .put("port", hub.port());
        hub.broadcast(hub.namespace("/"), null, null, "\"heartbeat\"", List.of(beat.toString()), List.of());
    }

    private static String formatted(long seconds) {
        long minutes = seconds / 60;
        return minutes >= 60 ? minutes / 60 + "h " + minutes % 60 + "m" : minutes + "m " + seconds % 60 + "s";
    }

    private String status() {
        return JsonText.object()
                .put("service", SERVICE)
                .put("status", "running")
                .put("clients_connected", clients())
                .put("uptime", seconds())
                .toString();
    }

    private String pong(JsonNode ping) {
        ObjectNode pong = JsonText.object().put("timestamp", seconds()).put("server_time", seconds());
        if (ping.has("timestamp")) {
            pong.set("timestamp", ping.get("timestamp"));
        }
        return pong.toString();
    }

    private static String registered(NamespaceMember socket, JsonNode client) {
        return JsonText.object()
                .put("name", client.path("name").asText("Client-" + socket.id().substring(0, 8)))
                .put("type", client.path("type").asText("dashboard"))
                .put("session_id", socket.id())
                .toString();
    }

    private int clients() {
        return hub.namespace("/").sockets().size();
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    /** The first argument; nothing where there is none. */
    private static JsonNode argument(EventMessage message) {
        try {
            return JsonText.MAPPER.readTree(
                    message.arguments().isEmpty() ? "" : message.arguments().get(0));
        } catch (JsonProcessingException e) {
            throw new MalformedInputException("an argument is not JSON");
        }
    }
}
