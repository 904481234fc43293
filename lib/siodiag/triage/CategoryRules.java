package siodiag.triage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
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
import siodiag.core.Json;
import siodiag.core.Text;
import siodiag.core.UsageException;

/** The rules that put every failure into one category: the first that matches, looking at the root cause first. */
final class CategoryRules {
    static final String UNKNOWN = "unknown";
    private static final String BUILT_IN = "/siodiag/triage/rules.json";

    private static final int REMEMBERED = 1000;
    private static final int MAX_REMEMBERED = 2000;

    private final List<CategoryRule> rules;
    private final Map<ThrownException, List<CategoryRule>> remembered = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ThrownException, List<CategoryRule>> eldest) {
            return size() > REMEMBERED;
        }
    };

    private CategoryRules(List<CategoryRule> rules) {
        this.rules = rules;
    }

    static CategoryRules builtIn() {
        try (InputStream in = CategoryRules.class.getResourceAsStream(BUILT_IN)) {
            return new CategoryRules(parse(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * These rules with those of a file before them.
     *
     * @throws UsageException says in one line what is wrong with the file
     */
    CategoryRules withFile(Path file) {
        try {
            List<CategoryRule> all = new ArrayList<>(parse(Files.readAllBytes(file)));
            all.addAll(rules);
            return new CategoryRules(all);
        } catch (JsonMappingException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UsageException("rules in " + file + ": " + firstLine(cause));
        } catch (JsonProcessingException e) {
            throw new UsageException("rules in " + file + " are not valid JSON: " + e.getOriginalMessage() + " (line "
                    + e.getLocation().getLineNr() + ")");
        } catch (IOException e) {
            throw new UsageException("can't read the rules in " + file + ": give a JSON file, a list of rules");
        }
    }

    /** The first rule that matches; empty where nothing does. */
    Optional<CategoryRule> match(Evidence evidence) {
        return evidence.chain().stream()
                .flatMap(thrown -> candidates(thrown).stream()
                        .filter(rule -> rule.matches(thrown, evidence))
                        .limit(1))
                .findFirst();
    }

    /** The rules whose words fit what was thrown; failures repeat each other, so the last answers are kept. */
    private List<CategoryRule> candidates(ThrownException thrown) {
        if (thrown.message().length() > MAX_REMEMBERED) {
            return rules;
        }
        return remembered.computeIfAbsent(
                thrown,
                key -> rules.stream().filter(rule -> rule.couldMatch(thrown)).toList());
    }

    private static List<CategoryRule> parse(byte[] json) throws IOException {
        return Json.MAPPER.readValue(json, new TypeReference<List<CategoryRule>>() {});
    }

    private static String firstLine(Throwable e) {
        return Text.cut(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), 300);
    }
}
