package siodiag;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the words of a CONNECT_ERROR speak of. An object with a message on Node and in python-socketio, a bare string
 * from python-socketio for unknown namespaces and from netty-socketio.
 */
final class Refusal {
    private static final Pattern UNKNOWN_NAMESPACE = Pattern.compile(
            "(invalid|unknown|no such) namespace|namespace .*(not|un)\\s?-?(found|known|exist)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PYTHON_UNKNOWN = Pattern.compile("^\"Unable to connect\"$");
    private static final Pattern OF_THE_TOKEN = Pattern.compile(
            "token|auth|credential|jwt|forbidden|denied|permission|permitted|not allowed|log(ged)? ?in|sign(ed)? ?in|secret|signature"
                    + "|api.?key|cookie|bearer|passw|access|expired|identity|\\b40[13]\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern OF_SOMETHING_ELSE = Pattern.compile(
            "unavailable|time.?out|database|internal|too many|limit|full|capacity|maintenance|banned|blocked|version"
                    + "|overload|try again|origin|already|duplicate|quota|shutting|not ready|busy|address|region"
                    + "|client id|cannot read|undefined|not a function|exception|nonetype|keyerror",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SAYS_NOTHING = Pattern.compile(
            "(connection )?(was )?(rejected|refused)?( by (the )?server)?|unable to connect|(connect )?error"
                    + "|fail(ed|ure)?|no|nope|bad|false|null",
            Pattern.CASE_INSENSITIVE);

    private Refusal() {
    }

    /** The server's words: message and data of an object, or the bare string. */
    static String words(String payload) {
        JsonNode json = Json.parse(payload);
        if (json.isTextual()) {
            return json.asText();
        }
        if (!json.isObject()) {
            return payload;
        }
        String data = json.path("data").isMissingNode() || json.path("data").isNull() ? ""
                : " " + (json.path("data").isTextual() ? json.path("data").asText() : json.path("data").toString());
        return json.path("message").asText("") + data;
    }

    static boolean namesUnknownNamespace(String payload) {
        return UNKNOWN_NAMESPACE.matcher(words(payload)).find() || PYTHON_UNKNOWN.matcher(payload.strip()).matches();
    }

    static boolean speaksOfToken(String payload) {
        String words = words(payload);
        return OF_THE_TOKEN.matcher(words).find() && !OF_SOMETHING_ELSE.matcher(words).find();
    }

    /** A reason of its own is named, and the token is not. */
    static boolean speaksOfSomethingElse(String payload) {
        String words = words(payload);
        return OF_SOMETHING_ELSE.matcher(words).find() && !OF_THE_TOKEN.matcher(words).find();
    }

    static boolean saysNothing(String payload) {
        return SAYS_NOTHING.matcher(words(payload).strip()).matches();
    }
}
