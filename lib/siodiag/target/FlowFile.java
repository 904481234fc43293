package siodiag.target;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import siodiag.core.Json;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** Reads flow files. Whatever is wrong with one is told with its place: {@code send[1].event: …}. */
public final class FlowFile {
    private static final ObjectMapper MAPPER = strictMapper();
    private static final String HERE = "{namespace}";
    private static final String BYTES = "$bytes";
    private static final int MAX_OBSERVERS = 100;
    /** Names that clients and servers use themselves; official clients refuse to emit them. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private final String where;
    private final String home;

    private FlowFile(String where, String home) {
        this.where = where;
        this.home = home;
    }

    /** The file as it is written; what is not there is null. The comment is for people. */
    private record Written(
            String name,
            List<WrittenSend> send,
            WrittenReceive receive,
            WrittenJoin join,
            WrittenSetup setup,
            List<String> namespaces,
            Integer observers,
            JsonNode comment) {}

    private record WrittenSend(String via, String namespace, String event, JsonNode data, JsonNode args, String path) {}

    private record WrittenReceive(String namespace, String event, JsonNode ack) {}

    private record WrittenJoin(String event, JsonNode data) {}

    private record WrittenSetup(List<WrittenStep> sender, List<WrittenStep> dashboard) {}

    private record WrittenStep(
            String namespace, String event, JsonNode data, JsonNode args, @JsonProperty("wait") JsonNode waitFor) {}

    /**
     * @param where what was read, for error messages
     * @param home  the namespace of a send that names none
     * @throws UsageException in one line, with the place in the file
     */
    public static Flow parse(String text, String where, String home) {
        return new FlowFile(where, home).flow(read(text, where));
    }

    private static ObjectMapper strictMapper() {
        ObjectMapper mapper = Json.MAPPER.copy().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    private static Written read(String text, String where) {
        try {
            Written written = MAPPER.readValue(text, Written.class);
            if (written == null) {
                throw new UsageException(where + ": must be an object");
            }
            return written;
        } catch (UnrecognizedPropertyException unknown) {
            throw new UsageException(where + ": " + path(unknown) + ": unknown field" + nearest(unknown));
        } catch (MismatchedInputException wrong) {
            throw new UsageException(where + ": " + (wrong.getPath().isEmpty() ? "" : path(wrong) + ": ")
                    + wanted(wrong.getTargetType()));
        } catch (JsonProcessingException failure) {
            // The parser's own message quotes the text, which may hold a secret.
            throw new UsageException(where + ": not valid JSON"
                    + Optional.ofNullable(failure.getLocation())
                            .map(at -> " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")")
                            .orElse(""));
        }
    }

    private static String path(JsonMappingException failure) {
        return Text.cut(
                failure.getPath().stream()
                        .map(step ->
                                step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                        .collect(Collectors.joining())
                        .replaceFirst("^\\.", ""),
                120);
    }

    private static String nearest(UnrecognizedPropertyException unknown) {
        List<String> known = unknown.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .sorted()
                .toList();
        String word = unknown.getPropertyName();
        return known.stream()
                .min(Comparator.comparingInt(name -> Text.distance(word, name)))
                .filter(name -> Text.distance(word, name) <= Math.max(2, name.length() / 3))
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("; known fields: " + String.join(", ", known));
    }

    private static String wanted(Class<?> type) {
        return type == String.class
                ? "must be a string"
                : type == Integer.class
                        ? "must be a number"
                        : Collection.class.isAssignableFrom(type) ? "must be an array" : "must be an object";
    }

    private Flow flow(Written file) {
        check(file.send() != null && !file.send().isEmpty(), "send", "must list at least one event");
        int observers = file.observers() == null ? Flow.OBSERVERS : file.observers();
        check(observers >= 1 && observers <= MAX_OBSERVERS, "observers", "from 1 to " + MAX_OBSERVERS);
        Flow.Receive receive = receive(file.receive());
        List<Flow.Send> sends = new ArrayList<>();
        for (int i = 0; i < file.send().size(); i++) {
            sends.add(send(file.send().get(i), receive, "send[" + i + "]"));
        }
        Flow.Join join = file.join() == null
                ? null
                : new Flow.Join(
                        text(file.join().event(), "join.event"),
                        file.join().data() == null
                                ? TextNode.valueOf("{room}")
                                : file.join().data());
        List<String> stated = file.namespaces() == null ? List.of() : Target.normalNamespaces(file.namespaces());
        return new Flow(
                file.name() == null ? "unnamed" : file.name(),
                false,
                List.copyOf(sends),
                receive,
                join,
                setup(file.setup()),
                stated.isEmpty() ? named(sends) : stated,
                observers);
    }

    /** The namespaces that are sent to; none where one of them is left open. */
    private List<String> named(List<Flow.Send> sends) {
        List<String> names = sends.stream().map(Flow.Send::namespace).distinct().toList();
        return names.stream().anyMatch(name -> name.contains(HERE)) ? List.of() : names;
    }

    private Flow.Receive receive(WrittenReceive receive) {
        check(
                receive != null,
                "receive",
                "is missing: {\"event\": \"…\"} is what receivers get, {\"ack\": true} is "
                        + "for an event that is only acknowledged");
        JsonNode ack = receive.ack() == null || receive.ack().isNull() ? null : bytes(receive.ack(), "receive.ack");
        check(
                ack == null || !ack.isBoolean() || ack.asBoolean(),
                "receive.ack",
                "must be true, or the fields that the acknowledgement must have");
        check(receive.event() != null || ack != null, "receive", "names neither an \"event\" nor an \"ack\"");
        return new Flow.Receive(
                namespace(receive.namespace(), HERE),
                receive.event() == null ? null : text(receive.event(), "receive.event"),
                ack);
    }

    private Flow.Send send(WrittenSend send, Flow.Receive receive, String at) {
        check(send != null, at, "must be an object");
        check(
                send.data() == null || send.args() == null,
                at,
                "has both \"data\" and \"args\": \"data\" is one argument, \"args\" are all of them");
        String via = send.via() == null ? "socket" : send.via();
        check(
                via.equals("socket") || via.equals("http"),
                at + ".via",
                "is \"" + Text.cut(via, 40) + "\"; it can be socket or http");
        boolean http = via.equals("http");
        check(http || send.path() == null, at + ".path", "requires \"via\": \"http\"");
        check(!http || send.args() == null, at + ".args", "not with \"via\": \"http\", where \"data\" is the body");
        check(
                !http || receive.ack() == null || receive.ack().isBoolean(),
                "receive.ack",
                "can only be true where \"via\" is http: a status of 2xx is the acknowledgement");
        List<JsonNode> args = args(send.data(), send.args(), at);
        boolean marked = args.stream().anyMatch(Marks::standIn);
        boolean tagged = receive.isRelayed()
                && !marked
                && send.args() == null
                && args.get(0).isObject();
        check(
                marked || tagged || !receive.isRelayed(),
                at,
                "{mark} must occur in " + (send.args() == null ? "\"data\"" : "\"args\"")
                        + ", so that the event is recognised where it arrives");
        return http
                ? new Flow.Send(
                        Flow.Via.HTTP,
                        namespace(send.namespace(), "/"),
                        send.event() == null ? "event" : send.event(),
                        args,
                        tagged,
                        path(send.path(), at + ".path"))
                : new Flow.Send(
                        Flow.Via.SOCKET,
                        namespace(send.namespace(), home),
                        event(send.event(), at + ".event"),
                        args,
                        tagged,
                        null);
    }

    /** The arguments of an emit: an object without fields where the file names none. */
    private List<JsonNode> args(JsonNode data, JsonNode args, String at) {
        check(
                args == null || args.isArray(),
                at + ".args",
                "must be an array: all arguments of the emit, such as [\"hello {mark}\"]");
        if (args == null) {
            return List.of(data == null ? Json.MAPPER.createObjectNode() : bytes(data, at + ".data"));
        }
        List<JsonNode> all = new ArrayList<>();
        bytes(args, at + ".args").forEach(all::add);
        return List.copyOf(all);
    }

    private Flow.Setup setup(WrittenSetup setup) {
        return setup == null
                ? Flow.Setup.NONE
                : new Flow.Setup(steps(setup.sender(), "setup.sender"), steps(setup.dashboard(), "setup.dashboard"));
    }

    private List<Flow.Step> steps(List<WrittenStep> written, String at) {
        List<Flow.Step> steps = new ArrayList<>();
        for (int i = 0; written != null && i < written.size(); i++) {
            steps.add(step(written.get(i), at + "[" + i + "]"));
        }
        return List.copyOf(steps);
    }

    private Flow.Step step(WrittenStep step, String at) {
        check(step != null, at, "must be an object");
        check(step.data() == null || step.args() == null, at, "has both \"data\" and \"args\"");
        JsonNode wait = step.waitFor();
        check(
                wait == null
                        || wait.isNull()
                        || wait.isTextual() && !wait.asText().isEmpty(),
                at + ".wait",
                "must be \"ack\", the name of an event, or null");
        List<JsonNode> args =
                step.data() == null && step.args() == null ? List.of() : args(step.data(), step.args(), at);
        return new Flow.Step(
                namespace(step.namespace(), HERE),
                event(step.event(), at + ".event"),
                args,
                wait == null || wait.isNull() ? null : wait.asText());
    }

    private String event(String name, String at) {
        check(!RESERVED.contains(String.valueOf(name)), at, "\"" + name + "\" is reserved: clients can't emit it");
        return text(name, at);
    }

    private String text(String value, String at) {
        check(value != null && !value.isEmpty(), at, "is missing");
        return value;
    }

    private String path(String path, String at) {
        check(text(path, at).startsWith("/"), at, "must begin with a slash");
        return path;
    }

    private static String namespace(String name, String otherwise) {
        return name == null || name.isBlank()
                ? otherwise
                : name.contains(HERE)
                        ? name
                        : Target.normalNamespaces(List.of(name)).get(0);
    }

    /** The JSON with real bytes where {@code {"$bytes": "Base64"}} stands. */
    private JsonNode bytes(JsonNode node, String at) {
        if (node.isObject() && node.size() == 1 && node.path(BYTES).isTextual()) {
            try {
                return BinaryNode.valueOf(
                        Base64.getDecoder().decode(node.path(BYTES).asText()));
            } catch (IllegalArgumentException failure) {
                throw new UsageException(where + ": " + at + "." + BYTES + ": must be Base64");
            }
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(bytes(field.getValue(), at + "." + field.getKey())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, bytes(array.get(i), at + "[" + i + "]"));
            }
        }
        return node;
    }

    private void check(boolean right, String at, String wrong) {
        if (!right) {
            throw new UsageException(where + ": " + at + ": " + wrong);
        }
    }
}
