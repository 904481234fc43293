package siodiag.passive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The texts and numbers in an event's arguments, with where each stands: what an event may be recognised by. */
final class Scalars {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MAX_TEXT = 200;
    private static final int MAX_SCALARS = 64;
    private static final int MAX_ARGS = 256 * 1024;
    private static final int MAX_DEPTH = 16;
    private static final int CACHED = 64;

    /** A broadcast passes once for each receiver, with the same arguments. */
    private final Map<String, List<Scalar>> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Scalar>> eldest) {
            return size() > CACHED;
        }
    };

    /**
     * @param path {@code [0].user.name}
     * @param text the text, or the number as it was written; long ones are cut
     */
    record Scalar(String path, String text, boolean isText) {}

    /** @param args a JSON array; what can't be read has none */
    List<Scalar> of(String args) {
        if (args == null || args.length() > MAX_ARGS) {
            return List.of();
        }
        return cache.computeIfAbsent(args, Scalars::read);
    }

    static List<Scalar> read(String args) {
        List<Scalar> scalars = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(args)) {
            parser.nextToken();
            value(parser, "", 0, scalars);
        } catch (IOException malformed) {
            return scalars;
        }
        return scalars;
    }

    private static void value(JsonParser parser, String path, int depth, List<Scalar> into) throws IOException {
        if (depth > MAX_DEPTH || into.size() >= MAX_SCALARS) {
            parser.skipChildren();
            return;
        }
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    value(parser, path + "." + name, depth + 1, into);
                }
            }
            case START_ARRAY -> {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    value(parser, path + "[" + i + "]", depth + 1, into);
                }
            }
            case VALUE_STRING -> into.add(new Scalar(path, cut(parser.getText()), true));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> into.add(new Scalar(path, parser.getText(), false));
            default -> {
                // true, false and null tell nothing apart
            }
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
