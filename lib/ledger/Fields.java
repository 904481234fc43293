package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares the data that was sent with what arrived: fields may be added, not changed, moved or dropped. */
final class Fields {
    private Fields() {
    }

    /**
     * What differs, one line a field; empty where all of the sent fields arrived as they were.
     *
     * @param packet the event as it arrived: its name, then its arguments
     */
    static List<String> altered(JsonNode sent, JsonNode packet) {
        List<String> fewest = List.of("no argument is an object");
        int least = Integer.MAX_VALUE;
        for (int i = 1; i < packet.size(); i++) {
            if (packet.get(i).isObject()) {
                List<String> differences = differences(sent, packet.get(i));
                if (differences.size() < least) {
                    least = differences.size();
                    fewest = differences;
                }
            }
        }
        return fewest;
    }

    private static List<String> differences(JsonNode sent, JsonNode arrived) {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : sent.properties()) {
            if (field.getValue().isNull() && !arrived.has(field.getKey())) {
                continue; // Many serializers (netty-socketio's among them) leave null out; it says the same.
            }
            if (!arrived.has(field.getKey())) {
                differences.add("field " + Text.quote(field.getKey(), 60) + " is missing");
            } else if (!same(field.getValue(), arrived.get(field.getKey()))) {
                differences.add("field " + Text.quote(field.getKey(), 60) + ": sent "
                        + Text.cut(field.getValue().toString(), 80) + ", arrived "
                        + Text.cut(arrived.get(field.getKey()).toString(), 80));
            }
        }
        return differences;
    }

    /** Equal as JSON values: 1 and 1.0 are the same number; nested objects may gain fields. */
    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isObject() && other.isObject()) {
            return differences(one, other).isEmpty();
        }
        if (one.isArray() && other.isArray() && one.size() == other.size()) {
            for (int i = 0; i < one.size(); i++) {
                if (!same(one.get(i), other.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}
