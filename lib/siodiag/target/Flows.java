package siodiag.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import siodiag.core.Json;
import siodiag.core.Shell;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** The flows that are built in, and those that a user states. */
public final class Flows {
    private static final long MAX_FILE = 1024 * 1024;

    /** The monitor's own behaviour. */
    public static final Flow ECHO = strict(
            builtIn(
                    """
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
              "join": { "event": "join_room", "data": "{room}" } }"""));
    /**
     * claude-mpm's socket intake: the event goes to all other clients of {@code /}. Its servers of today, and its HTTP
     * intake, lift some fields and wrap the rest.
     */
    static final Flow CLAUDE_MPM = builtIn(
            """
            { "name": "claude-mpm", "namespaces": ["/"],
              "send": [ { "via": "socket", "namespace": "/", "event": "claude_event",
                          "data": { "type": "diagnostic", "subtype": "ping", "source": "diagnostic",
                                    "data": { "message": "ping {mark}" } } } ],
              "receive": { "namespace": "/", "event": "claude_event" } }""");
    /** claude-mpm's HTTP intake, as its hooks use it; the server's categories name the event. */
    public static final Flow CLAUDE_MPM_HTTP = builtIn(
            """
            { "name": "claude-mpm-http", "namespaces": ["/"],
              "send": [ { "via": "http", "path": "/api/events", "namespace": "/", "event": "claude_event",
                          "data": { "namespace": "/", "event": "claude_event",
                                    "data": { "type": "hook", "subtype": "user_prompt", "source": "diagnostic",
                                              "session_id": "diagnostic",
                                              "data": { "prompt": "Is anybody there? {mark}" } } } } ],
              "receive": { "namespace": "/", "event": "*" } }""");

    public static final Map<String, Flow> BUILT_IN =
            Map.of(ECHO.name(), ECHO, CLAUDE_MPM.name(), CLAUDE_MPM, CLAUDE_MPM_HTTP.name(), CLAUDE_MPM_HTTP);

    private Flows() {}

    /**
     * A built-in flow by name, or a file.
     *
     * @param home the namespace of sends that name none
     * @throws UsageException that says what is wrong with it
     */
    public static Flow named(String nameOrFile, String home) {
        Flow builtIn = BUILT_IN.get(nameOrFile);
        if (builtIn != null) {
            return builtIn;
        }
        Path file = Path.of(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new UsageException("--flow " + nameOrFile
                    + ": neither a built-in flow (echo, claude-mpm, claude-mpm-http) nor a file");
        }
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new UsageException("--flow " + nameOrFile + ": longer than " + MAX_FILE + " bytes");
            }
            return FlowFile.parse(Files.readString(file), "--flow " + nameOrFile, home);
        } catch (IOException failure) {
            throw new UsageException("--flow " + nameOrFile + ": can't be read: " + failure.getMessage());
        }
    }

    /** The flow of one event, as {@code --send}, {@code --data} and {@code --expect} state it. */
    public static Flow stated(String event, List<String> data, String expect, String home) {
        ObjectNode flow = Json.MAPPER.createObjectNode().put("name", "--send " + Flow.quoted(event));
        ObjectNode send = flow.putArray("send").addObject().put("event", event);
        List<JsonNode> args = data.stream().map(Flows::argument).toList();
        boolean known = args.stream().anyMatch(Marks::standIn)
                || args.size() == 1 && args.get(0).isObject();
        if (!known && !Flow.Step.ACK.equals(expect)) {
            throw new UsageException(
                    "--send " + Shell.quote(Text.cut(event, 80)) + ": {mark} must occur in one of its --data, such as "
                            + "--data '\"hello {mark}\"', so that the event is recognised where it arrives");
        }
        if (args.size() == 1) {
            send.set("data", args.get(0));
        } else {
            send.putArray("args").addAll(args);
        }
        if (Flow.Step.ACK.equals(expect)) {
            flow.putObject("receive").put("ack", true);
        } else {
            flow.putObject("receive").put("event", expect);
        }
        return FlowFile.parse(flow.toString(), "--send", home);
    }

    private static JsonNode argument(String text) {
        JsonNode json = Json.parse(text);
        if (json.isMissingNode()) { // which may hold a secret: it is not repeated
            throw new UsageException(
                    "--data: not valid JSON; a string needs quotes, such as --data '\"hello {mark}\"'");
        }
        return json;
    }

    private static Flow builtIn(String json) {
        return FlowFile.parse(json, "built-in flow", "{namespace}");
    }

    /** What arrives has all fields, and a mark in each object. */
    private static Flow strict(Flow flow) {
        List<Flow.Send> tagged = flow.send().stream()
                .map(send -> new Flow.Send(send.via(), send.namespace(), send.event(), send.args(), true, send.path()))
                .toList();
        return new Flow(
                flow.name(),
                true,
                tagged,
                flow.receive(),
                flow.join(),
                flow.setup(),
                flow.namespaces(),
                flow.observers());
    }
}
