package siodiag;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;

/** The rules that put every failure into one category: the first that matches, looking at the root cause first. */
final class TriageRules {
    static final String UNKNOWN = "unknown";
    private static final String BUILT_IN = "/siodiag/triage/rules.json";

    private static final int REMEMBERED = 1000;
    private static final int LONGEST_REMEMBERED = 2000;

    private final List<TriageRule> rules;
    private final Map<TriageThrown, List<TriageRule>> remembered = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TriageThrown, List<TriageRule>> eldest) {
            return size() > REMEMBERED;
        }
    };

    private TriageRules(List<TriageRule> rules) {
        this.rules = rules;
    }

    static TriageRules builtIn() {
        try (InputStream in = TriageRules.class.getResourceAsStream(BUILT_IN)) {
            return new TriageRules(parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * These rules with those of a file before them.
     *
     * @throws BadInput says in one line what is wrong with the file
     */
    TriageRules withFile(Path file) {
        try {
            List<TriageRule> all = new ArrayList<>(parse(Files.readAllBytes(file)));
            all.addAll(rules);
            return new TriageRules(all);
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new BadInput("rules in " + file + ": " + firstLine(cause));
        } catch (JsonProcessingException e) {
            throw new BadInput("rules in " + file + " are no JSON: " + e.getOriginalMessage() + " (line "
                    + e.getLocation().getLineNr() + ")");
        } catch (IOException e) {
            throw new BadInput("can't read the rules in " + file + ": give a JSON file, a list of rules");
        }
    }

    /** The first rule that matches; empty where nothing does. */
    Optional<TriageRule> match(TriageEvidence evidence) {
        return evidence.chain().stream()
                .flatMap(thrown -> candidates(thrown).stream().filter(rule -> rule.matches(thrown, evidence)).limit(1))
                .findFirst();
    }

    /** The rules whose words fit what was thrown; failures repeat each other, so the last answers are kept. */
    private List<TriageRule> candidates(TriageThrown thrown) {
        if (thrown.message().length() > LONGEST_REMEMBERED) {
            return rules;
        }
        return remembered.computeIfAbsent(thrown, key -> rules.stream().filter(rule -> rule.couldMatch(thrown)).toList());
    }

    private static List<TriageRule> parse(byte[] json) throws IOException {
        return Json.MAPPER.readValue(json, new TypeReference<List<TriageRule>>() { });
    }

    private static String firstLine(Throwable e) {
        return Text.cut(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), 300);
    }
}
