package siodiag.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;
import siodiag.core.Json;

/** The causes of {@code causes.json} by their names; read when the first of them is needed. */
public final class Catalogue {
    public static final String FILE = "/siodiag/catalogue/causes.json";
    private static final Map<String, CauseEntry> ENTRIES = read();

    private Catalogue() {}

    static CauseEntry entry(Cause cause) {
        return ENTRIES.get(cause.id());
    }

    /** All of them, in the order of the file. */
    public static Map<String, CauseEntry> entries() {
        return ENTRIES;
    }

    private static Map<String, CauseEntry> read() {
        Map<String, CauseEntry> entries = new LinkedHashMap<>();
        Json.resource(FILE)
                .path("causes")
                .forEach(json -> entries.put(json.path("id").asText(), CauseEntry.of(json)));
        return entries;
    }
}
