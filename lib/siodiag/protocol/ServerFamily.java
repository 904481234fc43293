package siodiag.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import siodiag.core.Json;

/** The kinds of server whose dialects differ; {@code families.json} has how each is recognised, for the page too. */
public enum ServerFamily {
    NODE,
    PYTHON,
    JAVA,
    UNKNOWN;

    private static final JsonNode FILE = Json.resource("/siodiag/protocol/families.json");

    public String title() {
        return entry().path("title").asText();
    }

    /** The family's name in front of a fix. */
    public String label() {
        return entry().path("label").asText();
    }

    /** The first whose session ID and order of fields an Engine.IO open packet has. */
    static ServerFamily of(JsonNode open) {
        return StreamSupport.stream(FILE.spliterator(), false)
                .filter(entry -> entry.has("sid") && fits(entry, open))
                .map(entry -> valueOf(entry.path("id").asText().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static boolean fits(JsonNode entry, JsonNode open) {
        List<String> names = new ArrayList<>();
        open.fieldNames().forEachRemaining(names::add);
        List<Integer> places = new ArrayList<>();
        entry.path("fields").forEach(field -> places.add(names.indexOf(field.asText())));
        return open.path("sid").asText().matches(entry.path("sid").asText())
                && places.equals(places.stream().sorted().toList());
    }

    private JsonNode entry() {
        String id = name().toLowerCase(Locale.ROOT);
        return StreamSupport.stream(FILE.spliterator(), false)
                .filter(entry -> entry.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
