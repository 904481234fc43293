package siodiag;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * What becomes of an event between its sender and a dashboard: the application's own business, so it is data.
 * In texts, {@code {namespace}}, {@code {event}} and {@code {room}} stand for those of the event at hand.
 *
 * @param namespaces the default for the namespaces under test; empty: no say
 * @param join       what a dashboard can send to be let into the room; null for none
 */
record Flow(String name, List<Send> send, Receive receive, Join join, List<String> namespaces) {

    enum Via { SOCKET, HTTP }

    /**
     * One event to send.
     *
     * @param path of the POST, where it goes over HTTP; else null
     */
    record Send(Via via, String namespace, String event, JsonNode data, String path) {
        /** For people: the event and where it goes. */
        String label() {
            return via == Via.HTTP ? "POST " + path : event + " to " + namespace;
        }
    }

    /** Where dashboards get it; an event of {@code *} stands for any name. */
    record Receive(String namespace, String event) {
        boolean anyEvent() {
            return "*".equals(event);
        }
    }

    /** @param data any JSON; the placeholders stand in its texts */
    record Join(String event, JsonNode data) {
    }

    /**
     * The sends into namespaces under test, with a {@code {namespace}} spelled out for each of them. What goes over HTTP
     * is sent whatever the namespaces.
     */
    List<Send> sends(List<String> underTest) {
        return all(underTest).filter(one -> one.via() == Via.HTTP || underTest.contains(one.namespace()))
                .distinct().toList();
    }

    /** The namespaces that are sent to but not under test. */
    List<String> untested(List<String> underTest) {
        return all(underTest).filter(one -> one.via() == Via.SOCKET && !underTest.contains(one.namespace()))
                .map(Send::namespace).distinct().toList();
    }

    private Stream<Send> all(List<String> underTest) {
        return send.stream().flatMap(one -> one.namespace().contains("{namespace}")
                ? underTest.stream().map(name -> new Send(one.via(), name, one.event(), one.data(), one.path()))
                : Stream.of(one));
    }

    String receiveNamespace(Send sent) {
        return fill(receive.namespace(), sent);
    }

    String receiveEvent(Send sent) {
        return fill(receive.event(), sent);
    }

    /** {@code hook_room} for {@code /hook}: the room that the clients of a namespace share. */
    static String room(String namespace) {
        return namespace.replaceFirst("^/", "") + "_room";
    }

    /** The JSON with the placeholders in its texts filled in. */
    static JsonNode fill(JsonNode template, Send sent) {
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

    static String fill(String template, Send sent) {
        return template.replace("{namespace}", sent.namespace()).replace("{event}", sent.event())
                .replace("{room}", room(sent.namespace()));
    }
}
