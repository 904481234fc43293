package siodiag.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import siodiag.core.Json;

/**
 * What the message of a CONNECT_ERROR is about, by the words of {@code refusals.json}. It is an object with a message on
 * Node and in python-socketio, a bare string from python-socketio for unknown namespaces and from netty-socketio.
 */
public final class Refusal {
    private static final JsonNode FILE = Json.resource("/siodiag/protocol/refusals.json");
    private static final Pattern UNKNOWN_NAMESPACE = anyOf("unknownNamespace");
    private static final Pattern UNKNOWN_NAMESPACE_ALONE = anyOf("unknownNamespaceAlone");
    private static final Pattern CREDENTIALS = anyOf("credentials");
    private static final Pattern OTHER_REASON = anyOf("otherReason");
    private static final Pattern RATE = anyOf("rate");

    private Refusal() {}

    /** The server's words: message and data of an object, or the bare string. */
    public static String message(String payload) {
        JsonNode json = Json.parse(payload);
        if (json.isTextual()) {
            return json.asText();
        }
        if (!json.isObject()) {
            return payload;
        }
        String data = json.path("data").isMissingNode() || json.path("data").isNull()
                ? ""
                : " "
                        + (json.path("data").isTextual()
                                ? json.path("data").asText()
                                : json.path("data").toString());
        return json.path("message").asText("") + data;
    }

    public static boolean namesUnknownNamespace(String payload) {
        String message = message(payload);
        return UNKNOWN_NAMESPACE.matcher(message).find()
                || Json.parse(payload).isTextual()
                        && UNKNOWN_NAMESPACE_ALONE.matcher(message).matches();
    }

    public static boolean speaksOfToken(String payload) {
        String message = message(payload);
        return CREDENTIALS.matcher(message).find()
                && !OTHER_REASON.matcher(message).find();
    }

    /** A reason of its own is named, and the token is not. */
    public static boolean speaksOfSomethingElse(String payload) {
        String message = message(payload);
        return OTHER_REASON.matcher(message).find()
                && !CREDENTIALS.matcher(message).find();
    }

    /** More was sent than the server takes in a time. */
    public static boolean speaksOfRate(String payload) {
        return RATE.matcher(message(payload)).find();
    }

    private static Pattern anyOf(String list) {
        return Pattern.compile(
                StreamSupport.stream(FILE.path(list).spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining("|")),
                Pattern.CASE_INSENSITIVE);
    }
}
