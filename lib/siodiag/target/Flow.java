package siodiag.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import siodiag.core.SecretFields;
import siodiag.core.Text;

/**
 * What becomes of an event between its sender and a dashboard: the application's own business, so it is data.
 * In texts, {@code {namespace}}, {@code {event}} and {@code {room}} stand for those of the event at hand.
 *
 * @param strict     whether the flow promises that all fields arrive as they were sent; else only changed values count
 * @param namespaces the default for the namespaces under test; empty: no say
 * @param observers  how many dashboards there are; as many as the application takes at a time
 * @param join       what a receiver can send to join the room; null for none
 */
public record Flow(
        String name,
        boolean strict,
        List<Send> send,
        Receive receive,
        Join join,
        Setup setup,
        List<String> namespaces,
        int observers) {
    /** With one alone, what only the first receiver gets would not show. */
    public static final int OBSERVERS = 2;

    public enum Via {
        SOCKET,
        HTTP
    }

    /**
     * One event to send.
     *
     * @param args   the arguments; over HTTP the body is the only one. Bytes are {@code BinaryNode}s
     * @param tagged whether each object in them gets a field with the mark; else the mark is where its author wrote it
     * @param path   of the POST, where it goes over HTTP; else null
     */
    public record Send(Via via, String namespace, String event, List<JsonNode> args, boolean tagged, String path) {
        /** For people: the event and where it goes. */
        public String label() {
            return via == Via.HTTP
                    ? "POST " + path
                    : quoted(event) + " to " + namespace + (hasBytes() ? " with bytes" : "");
        }

        public boolean hasBytes() {
            return args.stream().anyMatch(Bytes::areIn);
        }

        Send in(String other) {
            return new Send(via, other, event, args, tagged, path);
        }

        public Send with(JsonNode arg) {
            return new Send(via, namespace, event, List.of(arg), tagged, path);
        }
    }

    /**
     * What comes of it.
     *
     * @param event that dashboards get; {@code *} stands for any name, null for none: only the acknowledgement answers
     * @param ack   what the acknowledgement must have; {@code true} for any content, null where none is expected
     */
    public record Receive(String namespace, String event, JsonNode ack) {
        public boolean anyEvent() {
            return "*".equals(event);
        }

        /** Whether it reaches dashboards. */
        public boolean isRelayed() {
            return event != null;
        }

        public boolean isAcknowledged() {
            return ack != null;
        }
    }

    /** @param data any JSON; the placeholders stand in its texts */
    public record Join(String event, JsonNode data) {}

    /** What a client emits after connecting and before it counts. */
    public record Setup(List<Step> sender, List<Step> dashboard) {
        public static final Setup NONE = new Setup(List.of(), List.of());
    }

    /** @param waitFor {@link #ACK}, the name of an event, or null: it goes on at once */
    public record Step(String namespace, String event, List<JsonNode> args, String waitFor) {
        public static final String ACK = "ack";

        public boolean awaitsAck() {
            return ACK.equals(waitFor);
        }
    }

    /** The secrets that its author wrote into it: values of fields with such a name. */
    public List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        Stream.of(
                        send.stream().map(Send::args),
                        setup.sender().stream().map(Step::args),
                        setup.dashboard().stream().map(Step::args))
                .flatMap(args -> args)
                .flatMap(List::stream)
                .forEach(arg -> SecretFields.varied(arg, (name, value) -> {
                    secrets.add(value);
                    return value;
                }));
        return secrets;
    }

    /**
     * The sends into namespaces under test, with a {@code {namespace}} spelled out for each of them. What goes over HTTP
     * is sent whatever the namespaces.
     */
    public List<Send> sends(List<String> underTest) {
        return all(underTest)
                .filter(one -> one.via() == Via.HTTP || underTest.contains(one.namespace()))
                .distinct()
                .toList();
    }

    /** The namespaces that are sent to but not under test. */
    public List<String> untested(List<String> underTest) {
        return all(underTest)
                .filter(one -> one.via() == Via.SOCKET && !underTest.contains(one.namespace()))
                .map(Send::namespace)
                .distinct()
                .toList();
    }

    private Stream<Send> all(List<String> underTest) {
        return send.stream()
                .flatMap(one -> one.namespace().contains("{namespace}")
                        ? underTest.stream().map(one::in)
                        : Stream.of(one));
    }

    public String receiveNamespace(Send sent) {
        return fill(receive.namespace(), sent);
    }

    /** The name under which dashboards get it; of a flow that reaches them. */
    public String receiveEvent(Send sent) {
        return fill(receive.event(), sent);
    }

    /** {@code hook_room} for {@code /hook}: the room that the clients of a namespace share. */
    public static String room(String namespace) {
        return namespace.replaceFirst("^/", "") + "_room";
    }

    /** An event's name for people. */
    public static String quoted(String event) {
        return Text.quote(event, 80);
    }

    /** The JSON with the placeholders in its texts filled in. */
    public static JsonNode fill(JsonNode template, Send sent) {
        if (template.isTextual()) {
            return TextNode.valueOf(fill(template.asText(), sent));
        }
        JsonNode filled = template.deepCopy();
        if (filled instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(fill(field.getValue(), sent)));
        } else if (filled instanceof ArrayNode array) {
            IntStream.range(0, array.size()).forEach(i -> array.set(i, fill(array.get(i), sent)));
        }
        return filled;
    }

    public static String fill(String template, Send sent) {
        return template.replace("{namespace}", sent.namespace())
                .replace("{event}", sent.event())
                .replace("{room}", room(sent.namespace()));
    }

    /** Bytes among the arguments of an event. */
    public static final class Bytes {
        private Bytes() {}

        public static boolean areIn(JsonNode node) {
            List<JsonNode> left = new ArrayList<>(List.of(node));
            while (!left.isEmpty()) {
                JsonNode next = left.remove(left.size() - 1);
                if (next.isBinary()) {
                    return true;
                }
                next.forEach(left::add);
            }
            return false;
        }
    }
}
