package siodiag.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.server.Timestamps;

/** What today's claude-mpm server (6.5) makes of the events that reach it. */
final class ClaudeMpmEvents {
    private static final String DEFAULT_EVENT = "claude_event";

    private ClaudeMpmEvents() {}

    /**
     * A body of {@code POST /api/events}: only what is in its {@code data} counts, the innermost of those that wrap each
     * other is what dashboards get. Whatever stands beside an object {@code data} is lost.
     *
     * @throws MalformedInputException for what the real server answers with 500
     */
    static HookEventNormalizer.Event posted(String text) {
        JsonNode body = object(parse(text), "the body");
        JsonNode data = body.has("data") ? object(body.get("data"), "its \"data\"") : JsonText.object();
        JsonNode inner = HookEventNormalizer.innermost(data);
        String name = first(
                DEFAULT_EVENT,
                List.of(
                        data.path("subtype"),
                        inner.path("subtype"),
                        data.path("type"),
                        inner.path("type"),
                        body.path("event")));
        String category = HookEventNormalizer.category(name);
        ObjectNode event = JsonText.object().put("type", category).put("subtype", name);
        event.set("data", inner);
        event.put(
                "timestamp",
                first(
                        Timestamps.iso(System.currentTimeMillis()),
                        List.of(data.path("timestamp"), inner.path("timestamp"))));
        event.put("session_id", either(inner, data, "session_id", "sessionId"));
        event.put("source", first("hook", List.of(inner.path("source"), data.path("source"))));
        putIfThere(event, "correlation_id", either(inner, data, "correlation_id"));
        putIfThere(event, "cwd", either(inner, data, "cwd", "working_directory"));
        return new HookEventNormalizer.Event(category, event.toString());
    }

    /**
     * A {@code claude_event} of a socket, as all clients get it.
     *
     * @param seconds of a clock that only runs forward
     */
    static ObjectNode processed(JsonNode data, double seconds) {
        ObjectNode event = common(data, seconds);
        event.set("original_event", data);
        event.set("event", data.get("event"));
        defaultTo(event, "type", "hook");
        defaultTo(event, "subtype", "unknown");
        defaultTo(event, "source", "claude_hooks");
        if (event.get("timestamp").isNull()) {
            event.put("timestamp", seconds);
        }
        return event;
    }

    /** A {@code hook:ingest} of a socket, which is taken as it is. */
    static ObjectNode common(JsonNode data, double seconds) {
        ObjectNode event = JsonText.object();
        for (String field : List.of("type", "subtype", "timestamp", "session_id", "source", "correlation_id", "cwd")) {
            event.set(field, data.get(field));
        }
        for (String field : List.of("data", "metadata")) {
            event.set(field, data.has(field) ? data.get(field) : JsonText.object());
        }
        return event.put("processed_at", seconds);
    }

    private static void defaultTo(ObjectNode event, String field, String value) {
        if (event.get(field).isNull()) {
            event.put(field, value);
        }
    }

    private static void putIfThere(ObjectNode event, String field, String value) {
        if (value != null) {
            event.put(field, value);
        }
    }

    private static String either(JsonNode inner, JsonNode data, String... fields) {
        for (JsonNode node : new JsonNode[] {inner, data}) {
            for (String field : fields) {
                if (!node.path(field).asText().isEmpty() && !node.path(field).isNull()) {
                    return node.path(field).asText();
                }
            }
        }
        return null;
    }

    private static String first(String otherwise, List<JsonNode> values) {
        return values.stream()
                .filter(value -> value.isTextual() && !value.asText().isEmpty())
                .map(JsonNode::asText)
                .findFirst()
                .orElse(otherwise);
    }

    private static JsonNode object(JsonNode node, String what) {
        if (node == null || !node.isObject()) {
            throw new MalformedInputException(what + " is not a JSON object");
        }
        return node;
    }

    private static JsonNode parse(String text) {
        try {
            return JsonText.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MalformedInputException("the body is not JSON");
        }
    }
}
