package siodiag.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import siodiag.catalogue.Cause;
import siodiag.core.Json;

/**
 * Something that clients, servers or browsers say, and what may be behind it. The texts are data in {@code words.json}.
 *
 * @param match  what it looks like, in any case of letters
 * @param causes the likely causes, the most likely first
 */
record Phrase(String title, List<Pattern> match, String meaning, List<Likely> causes) {
    static final List<Phrase> ALL = read();

    /** @param when what speaks for the cause; empty where nothing more is to be said */
    record Likely(Cause cause, String when) {}

    boolean matches(String text) {
        return match.stream().anyMatch(pattern -> pattern.matcher(text).find());
    }

    private static List<Phrase> read() {
        List<Phrase> phrases = new ArrayList<>();
        Json.resource("/siodiag/explain/words.json").path("words").forEach(word -> phrases.add(of(word)));
        return List.copyOf(phrases);
    }

    private static Phrase of(JsonNode word) {
        List<Pattern> match = new ArrayList<>();
        word.path("match").forEach(regex -> match.add(Pattern.compile(regex.asText(), Pattern.CASE_INSENSITIVE)));
        List<Likely> causes = new ArrayList<>();
        word.path("causes")
                .properties()
                .forEach(cause -> causes.add(new Likely(
                        Cause.of(cause.getKey()).orElseThrow(), cause.getValue().asText())));
        return new Phrase(
                word.path("title").asText(), match, word.path("meaning").asText(), List.copyOf(causes));
    }
}
