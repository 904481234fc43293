package siodiag.target;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import siodiag.core.Json;

/** The mark of an event, wherever {@code {mark}} stands in its arguments: in texts, in the names of fields, at any depth. */
public final class Marks {
    /** The field that carries a mark in an object. */
    public static final String FIELD = "diagnostic_id";

    static final String PLACE = "{mark}";

    private Marks() {}

    static boolean standIn(JsonNode node) {
        if (node.isTextual()) {
            return node.asText().contains(PLACE);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().contains(PLACE)) {
                return true;
            }
        }
        for (JsonNode child : node) {
            if (standIn(child)) {
                return true;
            }
        }
        return false;
    }

    /** @param tagged whether each object also gets a field {@link #FIELD} */
    public static JsonNode fill(JsonNode node, String mark, boolean tagged) {
        if (node.isTextual()) {
            return TextNode.valueOf(node.asText().replace(PLACE, mark));
        } else if (node.isArray()) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            node.forEach(element -> array.add(fill(element, mark, tagged)));
            return array;
        } else if (node.isObject()) {
            ObjectNode object = Json.MAPPER.createObjectNode();
            node.properties()
                    .forEach(field ->
                            object.set(field.getKey().replace(PLACE, mark), fill(field.getValue(), mark, tagged)));
            return tagged ? object.put(FIELD, mark) : object;
        }
        return node;
    }
}
