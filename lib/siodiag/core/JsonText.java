package siodiag.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * JSON kept as the text it arrived in: checked and cut into its parts, never rewritten, so that a relayed event keeps
 * every digit and every unknown field of the sender's.
 */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();
    /**
     * For trees. With the library's own bounds, as the reading above: what the monitor took from a client it must be able
     * to mask, to record and to read again, which the tighter ones of {@link Json} would not let it.
     */
    public static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private JsonText() {}

    /**
     * The elements of an array, each as its JSON text.
     *
     * @throws MalformedInputException if the text is not one array
     */
    public static List<String> elements(String array) {
        try (JsonParser parser = FACTORY.createParser(array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedInputException("the payload is not an array");
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
            throw new MalformedInputException("the payload is not JSON");
        }
    }

    /** @throws MalformedInputException if the text is not one JSON object */
    public static void requireObject(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedInputException("the payload is not an object");
            }
            parser.skipChildren();
            requireEnd(parser);
        } catch (IOException e) {
            throw new MalformedInputException("the payload is not JSON");
        }
    }

    /** What a writer puts into a JSON text; payloads go in with {@code writeRawValue}, so that they stay as they are. */
    interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    static String write(Content content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory can be written to
        }
        return text.toString();
    }

    /** An array of elements that each are JSON text already. */
    public static String array(List<String> elements) {
        return "[" + String.join(",", elements) + "]"; // several times an event: a generator costs five times as much
    }

    /** An empty object, to be filled. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The object without the fields of these names; what remains is as it was. */
    public static String without(String object, Set<String> names) {
        return write(json -> {
            json.writeStartObject();
            try (JsonParser parser = FACTORY.createParser(object)) {
                parser.nextToken();
                parser.nextToken();
                while (parser.currentToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    String value = value(object, parser);
                    if (!names.contains(name)) {
                        json.writeFieldName(name);
                        json.writeRawValue(value);
                    }
                }
            }
            json.writeEndObject();
        });
    }

    /** The text of a field's value; afterwards the parser is at what follows it. */
    private static String value(String object, JsonParser parser) throws IOException {
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.nextToken();
        return element(object, start, (int) parser.currentTokenLocation().getCharOffset());
    }

    /** A string field of the outermost object, or null. */
    public static String field(String object, String name) {
        return scalar(object, name, JsonToken.VALUE_STRING);
    }

    /** A field of the outermost object as its JSON text, or null. */
    public static String part(String object, String name) {
        try (JsonParser parser = FACTORY.createParser(object)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals(name)) {
                    return value(object, parser);
                }
                parser.nextToken();
                parser.skipChildren();
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
    public static String number(String object, String name) {
        String value = scalar(object, name, JsonToken.VALUE_NUMBER_INT);
        return value != null && value.matches("\\d{1,9}") ? value : null;
    }

    /** The text of a JSON string literal, or null if it is another kind of value. */
    public static String string(String literal) {
        if (literal.length() > 1 && literal.charAt(0) == '"' && literal.indexOf('\\') < 0) {
            return literal.substring(1, literal.length() - 1);
        }
        try (JsonParser parser = FACTORY.createParser(literal)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The text as a JSON string; most names need no escape. */
    public static String quote(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                return escaped(text);
            }
        }
        return '"' + text + '"';
    }

    private static String escaped(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    public static boolean isObject(String json) {
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
            throw new MalformedInputException("unexpected data after the payload");
        }
    }
}
