package siodiag.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.server.Timestamps;

/**
 * What {@code POST /api/events} takes, as claude-mpm's server does: raw Claude Code hook bodies
 * ({@code hook_event_name}), wrapped ones ({@code event} and {@code data}) and normalised ones ({@code type} and
 * {@code subtype}). All become one shape, under the event name that the server's categories give it.
 */
final class HookEventNormalizer {
    private static final Pattern WORD_START = Pattern.compile("(?<!^)(?=[A-Z])");
    private static final int MAX_WRAPPING = 8;
    private static final Map<String, String> HOOK_NAMES = Map.of("PreToolUse", "pre_tool", "PostToolUse", "post_tool");
    private static final String DEFAULT_CATEGORY = "claude_event";
    private static final Map<String, Set<String>> CATEGORIES = Map.of(
            "hook_event", Set.of("subagent_start", "subagent_stop", "todo_updated"),
            "tool_event", Set.of("pre_tool", "post_tool", "tool.start", "tool.end", "tool_use", "tool_result"),
            "session_event",
                    Set.of("session.started", "session.ended", "session_start", "session_end", "token_usage_updated"),
            "response_event", Set.of("response.start", "response.end", "response_started", "response_ended"),
            "agent_event", Set.of("agent.delegated", "agent.returned", "agent_start", "agent_end"),
            "file_event", Set.of("file.read", "file.write", "file.edit", "file_read", "file_write"),
            "system_event", Set.of("system_ready", "system_shutdown"));

    /**
     * A hook's event as dashboards get it.
     *
     * @param category the event's name on the wire: {@code tool_event}, {@code claude_event}, …
     * @param json     the event: type, subtype, data, timestamp, session_id, source
     */
    record Event(String category, String json) {}

    private HookEventNormalizer() {}

    /** @throws MalformedInputException if the body is not a JSON object */
    static Event read(String body) {
        try {
            JsonNode outer = JsonText.MAPPER.readTree(body);
            if (outer == null || !outer.isObject()) {
                throw new MalformedInputException("the body is not a JSON object");
            }
            return normalise(outer);
        } catch (JsonProcessingException e) {
            throw new MalformedInputException("the body is not JSON");
        }
    }

    static String category(String subtype) {
        return CATEGORIES.entrySet().stream()
                .filter(entry -> entry.getValue().contains(subtype))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(DEFAULT_CATEGORY);
    }

    private static Event normalise(JsonNode body) {
        boolean normalised = body.has("type") && body.has("subtype");
        JsonNode event = !normalised && body.path("data").isObject() ? body.get("data") : body;
        JsonNode inner = innermost(event);
        String subtype = subtype(body, event, inner);
        String category = category(subtype);
        ObjectNode wrapped = JsonText.object();
        wrapped.put("type", category).put("subtype", subtype);
        wrapped.set("data", inner);
        wrapped.put("timestamp", first(Timestamps.iso(System.currentTimeMillis()), "timestamp", event, inner));
        wrapped.put("session_id", first(null, "session_id", inner, event));
        wrapped.put("source", first("hook", "source", inner, event));
        for (String field : new String[] {"correlation_id", "cwd"}) {
            String value = first(null, field, inner, event);
            if (value != null) {
                wrapped.put(field, value);
            }
        }
        return new Event(category, wrapped.toString());
    }

    /** Hooks wrap their data in {@code data}, sometimes several times. */
    static JsonNode innermost(JsonNode event) {
        JsonNode inner = event;
        for (int depth = 0; depth < MAX_WRAPPING && inner.path("data").isObject(); depth++) {
            inner = inner.get("data");
        }
        return inner;
    }

    private static String subtype(JsonNode body, JsonNode event, JsonNode inner) {
        String hook = first(null, "hook_event_name", event, inner);
        if (hook != null) {
            return HOOK_NAMES.getOrDefault(
                    hook, WORD_START.matcher(hook).replaceAll("_").toLowerCase(Locale.ROOT));
        }
        String type = first(first(DEFAULT_CATEGORY, "event", body), "type", event, inner);
        return first(type, "subtype", event, inner);
    }

    private static String first(String otherwise, String field, JsonNode... nodes) {
        for (JsonNode node : nodes) {
            if (node.path(field).isTextual() && !node.path(field).asText().isEmpty()) {
                return node.path(field).asText();
            }
        }
        return otherwise;
    }
}
