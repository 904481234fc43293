package siodiag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** The built-in flows, and how a flow file is read. */
final class Flows {
    private static final long LONGEST_FILE = 1024 * 1024;

    /** The monitor's own behaviour. */
    static final Flow ECHO = builtIn("""
            { "name": "echo",
              "send": [
                { "via": "socket", "namespace": "/hook", "event": "user_prompt",
                  "data": { "prompt": "Is anybody there? Grüße, 你好 🙂 {mark}", "session_id": "diagnostic" } },
                { "via": "socket", "namespace": "/hook", "event": "pre_tool",
                  "data": { "tool_name": "Read", "parameters": { "file_path": "/{mark}", "limit": 10 } } },
                { "via": "socket", "namespace": "/hook", "event": "post_tool",
                  "data": { "tool_name": "Read", "output": "{mark}", "success": true, "duration_ms": 12.5 } },
                { "via": "socket", "namespace": "{namespace}", "event": "diagnostic_ping",
                  "data": { "message": "ping {mark}", "numbers": [1, 2, 3] } } ],
              "receive": { "namespace": "{namespace}", "event": "echo_{event}" },
              "join": { "event": "join_room", "data": "{room}" } }""");
    /** claude-mpm's socket intake: the event goes to all other clients of {@code /}. */
    static final Flow CLAUDE_MPM = builtIn("""
            { "name": "claude-mpm", "namespaces": ["/"],
              "send": [ { "via": "socket", "namespace": "/", "event": "claude_event",
                          "data": { "type": "diagnostic", "subtype": "ping", "source": "diagnostic",
                                    "data": { "message": "ping {mark}" } } } ],
              "receive": { "namespace": "/", "event": "claude_event" } }""");
    /** claude-mpm's HTTP intake, as its hooks use it; the server's categories name the event. */
    static final Flow CLAUDE_MPM_HTTP = builtIn("""
            { "name": "claude-mpm-http", "namespaces": ["/"],
              "send": [ { "via": "http", "path": "/api/events", "namespace": "/", "event": "claude_event",
                          "data": { "namespace": "/", "event": "claude_event",
                                    "data": { "type": "hook", "subtype": "user_prompt", "source": "diagnostic",
                                              "session_id": "diagnostic",
                                              "data": { "prompt": "Is anybody there? {mark}" } } } } ],
              "receive": { "namespace": "/", "event": "*" } }""");
    static final Map<String, Flow> BUILT_IN =
            Map.of(ECHO.name(), ECHO, CLAUDE_MPM.name(), CLAUDE_MPM, CLAUDE_MPM_HTTP.name(), CLAUDE_MPM_HTTP);

    private Flows() {
    }

    /** A built-in flow by name, or a file. @throws BadInput that says what is wrong with it */
    static Flow named(String nameOrFile) {
        Flow builtIn = BUILT_IN.get(nameOrFile);
        if (builtIn != null) {
            return builtIn;
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new BadInput("--flow " + nameOrFile + ": neither a built-in flow (echo, claude-mpm, claude-mpm-http) "
                    + "nor a file");
        }
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new BadInput("--flow " + nameOrFile + ": longer than " + LONGEST_FILE + " bytes");
            }
            return parse(Files.readString(file), "--flow " + nameOrFile);
        } catch (IOException failure) {
            throw new BadInput("--flow " + nameOrFile + ": can't be read: " + failure.getMessage());
        }
    }

    private static Flow builtIn(String json) {
        return parse(json, "built-in flow");
    }

    private static Flow parse(String text, String where) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new BadInput(where + ": no JSON: " + failure.getOriginalMessage() + " (line "
                    + failure.getLocation().getLineNr() + ")");
        }
        List<Flow.Send> sends = new ArrayList<>();
        for (JsonNode send : array(json, "send", where)) {
            sends.add(send(send, where));
        }
        if (sends.isEmpty()) {
            throw new BadInput(where + ": \"send\" must list at least one event");
        }
        JsonNode receive = json.path("receive");
        Flow.Join join = json.path("join").isObject() ? join(json.path("join"), where) : null;
        List<String> namespaces = new ArrayList<>();
        json.path("namespaces").forEach(name -> namespaces.add(name.asText()));
        return new Flow(json.path("name").asText("unnamed"), List.copyOf(sends),
                new Flow.Receive(receive.path("namespace").asText("{namespace}"), text(receive, "event", where)),
                join, Target.normalNamespaces(namespaces));
    }

    private static Flow.Join join(JsonNode join, String where) {
        return new Flow.Join(text(join, "event", where),
                join.hasNonNull("data") ? join.get("data") : TextNode.valueOf("{room}"));
    }

    private static Flow.Send send(JsonNode send, String where) {
        String via = send.path("via").asText("socket");
        JsonNode data = send.path("data").isMissingNode() ? Json.MAPPER.createObjectNode() : send.path("data");
        if (!data.isObject()) {
            throw new BadInput(where + ": \"data\" of a send must be an object, so that it can carry a mark");
        }
        return switch (via) {
            case "socket" -> new Flow.Send(Flow.Via.SOCKET, send.path("namespace").asText("{namespace}"),
                    text(send, "event", where), data, null);
            case "http" -> new Flow.Send(Flow.Via.HTTP, send.path("namespace").asText("/"),
                    send.path("event").asText("event"), data, text(send, "path", where));
            default -> throw new BadInput(where + ": \"via\" is \"" + Text.cut(via, 40) + "\"; it can be socket or http");
        };
    }

    private static JsonNode array(JsonNode json, String field, String where) {
        if (!json.path(field).isArray()) {
            throw new BadInput(where + ": \"" + field + "\" must be an array");
        }
        return json.path(field);
    }

    private static String text(JsonNode json, String field, String where) {
        String value = json.path(field).asText("");
        if (value.isEmpty()) {
            throw new BadInput(where + ": \"" + field + "\" is missing");
        }
        return value;
    }
}
