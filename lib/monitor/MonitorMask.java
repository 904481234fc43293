package siodiag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Masks secrets in JSON so that it stays JSON: a header's value ends where its string ends. */
final class MonitorMask {
    private final Secrets secrets;

    MonitorMask(Secrets secrets) {
        this.secrets = secrets;
    }

    /** @param array a JSON array's text */
    String json(String array) {
        String hidden = secrets.hide(array);
        if (hidden.equals(array) || isJson(hidden)) {
            return hidden;
        }
        try {
            String strings = hideStrings(MonitorJson.MAPPER.readTree(array)).toString();
            String fields = secrets.hide(strings);
            return isJson(fields) ? fields : strings;
        } catch (JsonProcessingException e) {
            return MonitorJson.quote(hidden);
        }
    }

    private JsonNode hideStrings(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, hideStrings(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(hideStrings(field.getValue())));
        }
        return node.isTextual() ? JsonNodeFactory.instance.textNode(secrets.hide(node.asText())) : node;
    }

    private static boolean isJson(String text) {
        try {
            MonitorJson.elements(text);
            return true;
        } catch (MonitorProtocolException e) {
            return false;
        }
    }
}
