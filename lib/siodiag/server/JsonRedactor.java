package siodiag.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.core.Redactor;

/** Masks secrets in JSON so that it stays JSON: a header's value ends where its string ends. */
public final class JsonRedactor {
    private final Redactor secrets;

    public JsonRedactor(Redactor secrets) {
        this.secrets = secrets;
    }

    /** @param array a JSON array's text */
    public String json(String array) {
        String hidden = secrets.hide(array);
        if (hidden.equals(array) || isJson(hidden)) {
            return hidden;
        }
        try {
            String strings = hideStrings(JsonText.MAPPER.readTree(array)).toString();
            String fields = secrets.hide(strings);
            return isJson(fields) ? fields : strings;
        } catch (JsonProcessingException e) {
            return JsonText.quote(hidden);
        }
    }

    /** Every text in it redacted by itself; changes the node in place. */
    public JsonNode hideStrings(JsonNode node) {
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
            JsonText.elements(text);
            return true;
        } catch (MalformedInputException e) {
            return false;
        }
    }
}
