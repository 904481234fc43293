package siodiag.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import siodiag.core.Text;

/** Compares what was sent, or expected, with what arrived: field by field, one line for each that differs. */
public final class Fields {
    private static final int MAX = 80;
    private static final int MAX_CANDIDATES = 200;

    private Fields() {}

    /**
     * What differs where a flow promises the whole data: fields may be added, not changed, moved or dropped.
     *
     * @param packet the event as it arrived: its name, then its arguments
     */
    public static List<String> altered(List<JsonNode> sent, JsonNode packet) {
        List<String> all = new ArrayList<>();
        sent.forEach(arg -> all.addAll(fewest(
                arguments(packet)
                        .filter(arrived -> arrived.isObject() == arg.isObject())
                        .map(arrived -> lacking(arg, arrived, ""))
                        .toList(),
                List.of(arg.isObject() ? "no argument is an object" : "argument " + cut(arg) + " is missing"))));
        return all;
    }

    /**
     * What differs where an application may reshape what it relays: values that arrive under their own name and changed,
     * and the text around the mark.
     */
    public static List<String> changed(List<JsonNode> sent, JsonNode packet, String mark) {
        boolean whole = isAlike(sent, packet);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            JsonNode arg = sent.get(i);
            if (whole) {
                all.addAll(changed(arg, packet.get(i + 1), mark, ""));
            } else if (holds(arg, mark)) {
                all.addAll(fewest(
                        candidates(packet, arg, mark)
                                .map(arrived -> changed(arg, arrived, mark, ""))
                                .toList(),
                        List.of()));
            }
        }
        return all;
    }

    /**
     * What an acknowledgement lacks of what it must have: all of its arguments, or one of them.
     *
     * @param answer the arguments of the acknowledgement
     */
    static List<String> lacking(JsonNode expected, JsonNode answer) {
        List<List<String>> attempts = new ArrayList<>();
        if (expected.isArray()) {
            attempts.add(lacking(expected, answer, ""));
        }
        answer.forEach(argument -> attempts.add(lacking(expected, argument, "")));
        return fewest(attempts, List.of("it has no arguments"));
    }

    /** The same arguments by their number and types. An offset behind them (connection state recovery) makes up for none. */
    private static boolean isAlike(List<JsonNode> sent, JsonNode packet) {
        return sent.stream()
                .map(JsonNode::getNodeType)
                .toList()
                .equals(arguments(packet).map(JsonNode::getNodeType).toList());
    }

    private static Stream<JsonNode> arguments(JsonNode packet) {
        List<JsonNode> arguments = new ArrayList<>();
        packet.forEach(arguments::add);
        return arguments.stream().skip(1);
    }

    private static List<String> fewest(List<List<String>> attempts, List<String> otherwise) {
        return attempts.stream().min(Comparator.comparingInt(List::size)).orElse(otherwise);
    }

    /** Values of the same type, at any depth of what arrived, that have the mark in them. */
    private static Stream<JsonNode> candidates(JsonNode packet, JsonNode like, String mark) {
        List<JsonNode> found = new ArrayList<>();
        List<JsonNode> left = new ArrayList<>(arguments(packet).toList());
        while (!left.isEmpty() && found.size() < MAX_CANDIDATES) {
            JsonNode next = left.remove(left.size() - 1);
            if (next.getNodeType() == like.getNodeType() && holds(next, mark)) {
                found.add(next);
            }
            next.forEach(left::add);
        }
        return found.stream();
    }

    private static boolean holds(JsonNode node, String mark) {
        return node.toString().toLowerCase(Locale.ROOT).contains(mark.toLowerCase(Locale.ROOT));
    }

    private static List<String> changed(JsonNode sent, JsonNode arrived, String mark, String path) {
        List<String> differences = new ArrayList<>();
        if (sent.isObject() && arrived.isObject()) {
            sent.properties().stream()
                    .filter(field -> arrived.has(field.getKey()))
                    .forEach(field -> differences.addAll(
                            changed(field.getValue(), arrived.get(field.getKey()), mark, path + "." + field.getKey())));
        } else if (sent.isArray() && arrived.isArray()) {
            for (int i = 0; i < sent.size() && sent.size() == arrived.size(); i++) {
                differences.addAll(changed(sent.get(i), arrived.get(i), mark, path + "[" + i + "]"));
            }
        } else if (sent.isTextual() && arrived.isTextual() && holds(sent, mark)
                ? !arrived.asText()
                        .toLowerCase(Locale.ROOT)
                        .contains(sent.asText().toLowerCase(Locale.ROOT))
                : !same(sent, arrived) && !isBase64(sent, arrived)) {
            differences.add(named(path) + ": sent " + cut(sent) + ", received " + cut(arrived));
        }
        return differences;
    }

    /** Equal as JSON values, but that objects may have more fields: 1 and 1.0 are the same number. */
    private static List<String> lacking(JsonNode expected, JsonNode arrived, String path) {
        List<String> differences = new ArrayList<>();
        if (expected.isObject() && arrived.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                String name = path + "." + field.getKey();
                if (arrived.has(field.getKey())) {
                    differences.addAll(lacking(field.getValue(), arrived.get(field.getKey()), name));
                } else if (!field.getValue().isNull()) { // many serializers leave null out; it means the same
                    differences.add(named(name) + " is missing");
                }
            }
        } else if (expected.isArray() && arrived.isArray() && expected.size() == arrived.size()) {
            for (int i = 0; i < expected.size(); i++) {
                differences.addAll(lacking(expected.get(i), arrived.get(i), path + "[" + i + "]"));
            }
        } else if (!same(expected, arrived)) {
            differences.add(named(path) + ": expected " + cut(expected) + ", received " + cut(arrived));
        }
        return differences;
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }

    /** Bytes were sent as Base64 and arrived as bytes, or the other way round. */
    private static boolean isBase64(JsonNode one, JsonNode other) {
        return one.isBinary() != other.isBinary() && one.asText().equals(other.asText());
    }

    private static String named(String path) {
        return path.isEmpty() ? "value" : "field " + Text.quote(path.replaceFirst("^\\.", ""), MAX);
    }

    private static String cut(JsonNode value) {
        return Text.cut(value.toString(), MAX);
    }
}
