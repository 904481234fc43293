package siodiag.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that {@code causes.json} has about a cause.
 *
 * @param severityNote when the severity is another one; else empty
 * @param page         whether dashboard.html can name it: {@code named}, {@code grouped} (only as one of several that a
 *                     browser can't tell apart) or {@code no}
 * @param summary      what is wrong, with {@code {}} for what it was seen on
 * @param meaning      what the cause means in general, in one sentence
 * @param option       the option of this toolkit that matters to it; else empty
 * @param fixes        the fix by server family (its label) or by what stands in front of a server
 * @param also         what else it could be, the most likely first
 * @param command      the command that tells whether it is this cause
 * @param refinements  first steps for cases that the findings tell apart, by the name of the {@link Advice}
 */
public record CauseEntry(
        String id,
        Hop hop,
        Severity severity,
        String severityNote,
        String page,
        String summary,
        String meaning,
        String fix,
        String option,
        Map<String, String> fixes,
        List<Alternative> also,
        String command,
        Map<String, Refinement> refinements) {

    /** @param command the command that tells; empty where none does */
    public record Alternative(String what, String command) {}

    /** @param when completes a sentence that begins with "if" */
    public record Refinement(String when, String fix) {}

    static CauseEntry of(JsonNode json) {
        Map<String, String> fixes = new LinkedHashMap<>();
        json.path("fixes")
                .properties()
                .forEach(fix -> fixes.put(fix.getKey(), fix.getValue().asText()));
        List<Alternative> also = new ArrayList<>();
        json.path("also").forEach(one -> also.add(new Alternative(text(one, "what"), text(one, "command"))));
        Map<String, Refinement> refinements = new LinkedHashMap<>();
        json.path("advice")
                .properties()
                .forEach(advice -> refinements.put(
                        advice.getKey(),
                        new Refinement(text(advice.getValue(), "when"), text(advice.getValue(), "fix"))));
        return new CauseEntry(
                text(json, "id"),
                Hop.valueOf(text(json, "hop").toUpperCase(Locale.ROOT)),
                Severity.valueOf(text(json, "severity").toUpperCase(Locale.ROOT)),
                text(json, "severityNote"),
                text(json, "page"),
                text(json, "summary"),
                text(json, "meaning"),
                text(json, "fix"),
                text(json, "option"),
                fixes,
                List.copyOf(also),
                text(json, "command"),
                refinements);
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asText();
    }
}
