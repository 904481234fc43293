package siodiag.triage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes failures in, one after the other, and gives them back as categories and patterns. Whatever the number of
 * failures, only their node ids and a few examples stay in memory.
 */
final class Tally {
    private static final int PATTERNS_WITH_EXAMPLES = 2000;
    private static final int MAX_PATTERNS = 10_000;
    /** The template of those that came when there were too many to tell apart. */
    static final String OTHERS = "(other messages)";

    private final CategoryRules rules;
    private final Map<String, Bucket> buckets = new TreeMap<>();
    private int patterns;

    Tally(CategoryRules rules) {
        this.rules = rules;
    }

    /** Puts the failure into the category that the rules say. */
    void add(ReadFailure reading) {
        CategoryRule rule = rules.match(reading.evidence()).orElse(null);
        add(rule == null ? CategoryRules.UNKNOWN : rule.category(), reading.failure(), reading.evidence(), rule);
    }

    /** Puts the failure into a category that the caller has chosen; a rule only adds what is known about it. */
    void add(String category, Failure failure) {
        Evidence evidence = Evidence.of(failure);
        add(category, failure, evidence, rules.match(evidence).orElse(null));
    }

    /** The categories that hold a failure, the largest first. */
    List<FailureCategory> categories() {
        return buckets.values().stream()
                .map(Bucket::finish)
                .sorted(Comparator.comparing(FailureCategory::count).reversed().thenComparing(FailureCategory::name))
                .toList();
    }

    private void add(String category, Failure failure, Evidence evidence, CategoryRule rule) {
        buckets.computeIfAbsent(category, Bucket::new).add(failure, evidence, rule);
    }

    /** What failures need to have in common before they can be put together. */
    private record Family(String rule, String general) {}

    private final class Bucket {
        private final String name;
        private final List<String> nodeIds = new ArrayList<>();
        private final Map<String, Integer> types = new TreeMap<>();
        private final Map<String, Integer> modules = new TreeMap<>();
        private final Map<Family, Map<String, FailurePattern>> families = new LinkedHashMap<>();

        Bucket(String name) {
            this.name = name;
        }

        void add(Failure failure, Evidence evidence, CategoryRule rule) {
            ThrownException thrown = evidence.thrown();
            nodeIds.add(failure.nodeId());
            types.merge(thrown.simpleType().isEmpty() ? "(none)" : thrown.simpleType(), 1, Integer::sum);
            modules.merge(failure.module(), 1, Integer::sum);
            pattern(MessageTemplate.of(failure, evidence), thrown, rule)
                    .add(failure, evidence, patterns <= PATTERNS_WITH_EXAMPLES);
        }

        /** The failure's pattern; once there are very many, a new one joins its general form, or all others of its rule. */
        private FailurePattern pattern(MessageTemplate template, ThrownException thrown, CategoryRule rule) {
            Family family = family(template, rule);
            String name = template.specific();
            if (patterns >= MAX_PATTERNS
                    && !families.getOrDefault(family, Map.of()).containsKey(name)) {
                family = families.containsKey(family) ? family : new Family(family.rule(), OTHERS);
                name = family.general();
            }
            return families.computeIfAbsent(family, key -> new LinkedHashMap<>())
                    .computeIfAbsent(name, key -> {
                        patterns++;
                        return new FailurePattern(key, thrown, rule);
                    });
        }

        FailureCategory finish() {
            List<FailurePattern> found = new ArrayList<>();
            families.forEach((family, members) -> found.addAll(settled(family, members.values())));
            found.sort(Comparator.comparing(FailurePattern::count).reversed().thenComparing(FailurePattern::template));
            return new FailureCategory(
                    name, List.copyOf(nodeIds), List.copyOf(found), largestFirst(types), largestFirst(modules));
        }
    }

    private static Family family(MessageTemplate template, CategoryRule rule) {
        boolean apart = rule != null && rule.valuesMatter();
        return new Family(
                rule == null ? CategoryRules.UNKNOWN : rule.id(), apart ? template.specific() : template.general());
    }

    /** A value that recurs in other tests is a cause of its own; the others only happened to be there. */
    private static List<FailurePattern> settled(Family family, Collection<FailurePattern> members) {
        List<FailurePattern> settled = new ArrayList<>();
        List<FailurePattern> once = new ArrayList<>();
        members.forEach(pattern -> (pattern.isOfOneTest() ? once : settled).add(pattern));
        if (once.size() < 2) {
            settled.addAll(once);
            return settled;
        }
        FailurePattern together = new FailurePattern(
                family.general(), once.get(0).thrown(), once.get(0).rule());
        once.forEach(together::absorb);
        settled.stream()
                .filter(pattern -> pattern.template().equals(family.general()))
                .forEach(together::absorb);
        settled.removeIf(pattern -> pattern.template().equals(family.general()));
        settled.add(together);
        return settled;
    }

    static Map<String, Integer> largestFirst(Map<String, Integer> counts) {
        Map<String, Integer> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
