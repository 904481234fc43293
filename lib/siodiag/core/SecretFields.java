package siodiag.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which of the values in credentials are secrets, by their names and shapes, and how one is replaced where it stands. */
public final class SecretFields {
    private static final Pattern NAME = Pattern.compile(
            "token|secret|passw|pwd|passphrase|\\bpin\\b|auth|jwt|bearer|credential|signature|ticket|cookie|api.?key"
                    + "|access.?key|^key$|^sig$|^otp$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern JWT = Pattern.compile("(?i)(bearer )?eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
    private static final Pattern SCHEME = Pattern.compile("(?i)(bearer|basic|token|apikey|jwt) +(.*)");

    private SecretFields() {}

    static boolean isSecret(String name, String value) {
        return NAME.matcher(name).find() || JWT.matcher(value).matches();
    }

    /** The JSON with each secret text in it replaced. @param change the name and the value in, the new value out */
    public static JsonNode varied(JsonNode json, BinaryOperator<String> change) {
        return varied("", json.deepCopy(), change);
    }

    /** A cookie's value is replaced, and what stands behind an authentication scheme. */
    public static Map<String, String> headers(Map<String, String> headers, BinaryOperator<String> change) {
        Map<String, String> varied = new LinkedHashMap<>();
        headers.forEach((name, value) -> varied.put(name, header(name, value, change)));
        return varied;
    }

    public static Map<String, String> parameters(Map<String, String> parameters, BinaryOperator<String> change) {
        Map<String, String> varied = new LinkedHashMap<>();
        parameters.forEach(
                (name, value) -> varied.put(name, isSecret(name, value) ? change.apply(name, value) : value));
        return varied;
    }

    private static JsonNode varied(String name, JsonNode json, BinaryOperator<String> change) {
        if (json.isTextual()) {
            return isSecret(name, json.asText()) ? TextNode.valueOf(change.apply(name, json.asText())) : json;
        } else if (json instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(varied(field.getKey(), field.getValue(), change)));
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, varied(name, array.get(i), change));
            }
        }
        return json;
    }

    private static String header(String name, String value, BinaryOperator<String> change) {
        if (name.toLowerCase(Locale.ROOT).equals("cookie")) {
            return Arrays.stream(value.split(";\\s*"))
                    .map(pair -> cookie(pair.split("=", 2), change))
                    .filter(pair -> !pair.isEmpty())
                    .collect(Collectors.joining("; "));
        }
        if (!isSecret(name, value)) {
            return value;
        }
        var scheme = SCHEME.matcher(value);
        String changed = change.apply(name, scheme.matches() ? scheme.group(2) : value);
        return changed.isEmpty() || !scheme.matches() ? changed : scheme.group(1) + " " + changed;
    }

    private static String cookie(String[] pair, BinaryOperator<String> change) {
        String changed = pair.length < 2 ? "" : change.apply("cookie " + pair[0], pair[1]);
        return changed.isEmpty() ? "" : pair[0] + "=" + changed;
    }
}
