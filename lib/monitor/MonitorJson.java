package siodiag;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * JSON kept as the text it arrived in: checked and cut into its parts, never rewritten, so that a relayed event keeps
 * every digit and every unknown field of the sender's.
 */
final class MonitorJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    /**
     * For trees. With the library's own bounds, as the reading above: what the monitor took from a client it must be able
     * to mask, to record and to read again, which the tighter ones of {@link Json} would not let it.
     */
    static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private MonitorJson() {
    }

    /**
     * The elements of an array, each as its JSON text.
     *
     * @throws MonitorProtocolException if the text is not one array
     */
    static List<String> elements(String array) {
        try (JsonParser parser = FACTORY.createParser(array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new MonitorProtocolException("the payload is no array");
            }
            List<String> elements = new ArrayList<>(2);
            int start = -1;
            while (true) {
                JsonToken token = parser.nextToken();
                int at = (int) parser.currentTokenLocation().getCharOffset();
                if (start >= 0) {
                    elements.add(element(array, start, at));
                }
                if (token == JsonToken.END_ARRAY) {
                    requireEnd(parser);
                    return elements;
                }
                start = at;
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new MonitorProtocolException("the payload is no JSON");
        }
    }

    /** @throws MonitorProtocolException if the text is not one JSON object */
    static void requireObject(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MonitorProtocolException("the payload is no object");
            }
            parser.skipChildren();
            requireEnd(parser);
        } catch (IOException e) {
            throw new MonitorProtocolException("the payload is no JSON");
        }
    }

    /** A string field of the outermost object, or null. */
    static String field(String object, String name) {
        return scalar(object, name, JsonToken.VALUE_STRING);
    }

    /** A field of the outermost object as its JSON text, or null. */
    static String part(String object, String name) {
        try (JsonParser parser = FACTORY.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(name);
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (wanted) {
                    parser.nextToken();
                    return element(object, start, (int) parser.currentTokenLocation().getCharOffset());
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private static String scalar(String object, String name, JsonToken type) {
        if (object == null) {
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (wanted) {
                    return value == type ? parser.getText() : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** A whole number field of the outermost object as its digits, or null. */
    static String number(String object, String name) {
        String value = scalar(object, name, JsonToken.VALUE_NUMBER_INT);
        return value != null && value.matches("\\d{1,9}") ? value : null;
    }

    /** The text of a JSON string literal, or null if it is another kind of value. */
    static String string(String literal) {
        if (literal.length() > 1 && literal.charAt(0) == '"' && literal.indexOf('\\') < 0) {
            return literal.substring(1, literal.length() - 1);
        }
        try (JsonParser parser = FACTORY.createParser(literal)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
        } catch (IOException e) {
            return null;
        }
    }

    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    static boolean isObject(String json) {
        return json.startsWith("{");
    }

    private static String element(String array, int start, int next) {
        int end = next;
        while (isBetween(array.charAt(end - 1))) {
            end--;
        }
        return array.substring(start, end);
    }

    private static boolean isBetween(char c) {
        return c == ',' || c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private static void requireEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new MonitorProtocolException("something follows the payload");
        }
    }
}
