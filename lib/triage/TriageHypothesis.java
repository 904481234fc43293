package siodiag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is probably behind the patterns that one rule explains, and what in the failures says so. */
record TriageHypothesis(TriageRule rule, List<TriagePattern> patterns) {
    private static final int MESSAGE = 160;
    private static final int PLACE = 200;

    /** One hypothesis a rule, in the order of the patterns. */
    static List<TriageHypothesis> of(List<TriagePattern> patterns) {
        Map<String, TriageHypothesis> byRule = new LinkedHashMap<>();
        for (TriagePattern pattern : patterns) {
            String id = pattern.rule() == null ? "" : pattern.rule().id();
            byRule.computeIfAbsent(id, key -> new TriageHypothesis(pattern.rule(), new ArrayList<>())).patterns.add(pattern);
        }
        return List.copyOf(byRule.values());
    }

    String claim() {
        return rule == null || rule.because().isEmpty()
                ? "no rule knows this failure; its message and its frame are all there is"
                : rule.because();
    }

    /** @param total how many failures the category has */
    static String evidence(TriagePattern pattern, int total) {
        return pattern.count() + " of " + total + (pattern.count() == 1 ? " says " : " say ")
                + Markdown.code(pattern.said(), MESSAGE) + ", " + where(pattern) + ": " + consequence(pattern);
    }

    /** How much one fix would close, in one clause. */
    static String consequence(TriagePattern pattern) {
        if (pattern.template().equals(TriageTally.OTHERS)) {
            return "too many different messages to tell them apart";
        }
        boolean missing = pattern.rule() != null && pattern.rule().missing();
        if (missing || pattern.sharedFrame() != null || pattern.places().size() == 1) {
            return "one cause, one fix closes " + Text.count(pattern.count(), "failure");
        }
        int most = mostFrequent(pattern).getValue();
        return "one kind of mistake in " + Text.count(pattern.places().size(), "place") + " ("
                + Text.count(pattern.modules(), "module") + "), one scripted edit or as many small ones"
                + (most == 1 ? "" : "; the largest single place closes " + most);
    }

    /** What would show that the hypothesis does not hold. */
    String refutedBy() {
        TriagePattern largest = patterns.get(0);
        if (largest.count() == 1) {
            return "the test passes when it is run alone: then another test disturbs it";
        }
        return largest.sharedFrame() != null
                ? "one of the tests still fails in this way once that frame is right, or passes when it is run alone"
                : "the same edit in two of the places makes one test pass and not the other";
    }

    /** A frame as Markdown. */
    static String frame(TriageFrame frame) {
        String function = frame.function().isEmpty() ? "" : " in " + Markdown.code(frame.function(), PLACE);
        return Markdown.code(frame.place(), PLACE) + function;
    }

    private static String where(TriagePattern pattern) {
        TriageFrame shared = pattern.sharedFrame();
        if (shared != null) {
            return (pattern.count() == 1 ? "raised at " : "all through the same frame ") + frame(shared);
        }
        Map.Entry<String, Integer> most = mostFrequent(pattern);
        if (most.getKey().isEmpty()) {
            return "without a traceback";
        }
        String code = Markdown.code(most.getKey(), PLACE);
        return pattern.places().size() == 1 ? "at " + code
                : "in " + Text.count(pattern.places().size(), "place")
                        + (most.getValue() == 1 ? ", one of them " : ", most often ") + code;
    }

    private static Map.Entry<String, Integer> mostFrequent(TriagePattern pattern) {
        return pattern.places().entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .orElseThrow();
    }
}
