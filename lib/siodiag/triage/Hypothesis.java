package siodiag.triage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import siodiag.core.Markdown;
import siodiag.core.Text;

/** What is probably behind the patterns that one rule explains, and what in the failures says so. */
record Hypothesis(CategoryRule rule, List<FailurePattern> patterns) {
    private static final int MESSAGE = 160;
    private static final int PLACE = 200;

    /** One hypothesis a rule, in the order of the patterns. */
    static List<Hypothesis> of(List<FailurePattern> patterns) {
        Map<String, Hypothesis> byRule = new LinkedHashMap<>();
        for (FailurePattern pattern : patterns) {
            String id = pattern.rule() == null ? "" : pattern.rule().id();
            byRule.computeIfAbsent(id, key -> new Hypothesis(pattern.rule(), new ArrayList<>()))
                    .patterns
                    .add(pattern);
        }
        return List.copyOf(byRule.values());
    }

    String claim() {
        return rule == null || rule.because().isEmpty()
                ? "no rule matches this failure; its message and its stack frame are the only evidence"
                : rule.because();
    }

    /** @param total how many failures the category has */
    static String evidence(FailurePattern pattern, int total) {
        return pattern.count() + " of " + total + (pattern.count() == 1 ? " says " : " say ")
                + Markdown.code(pattern.message(), MESSAGE) + ", " + where(pattern) + ": " + consequence(pattern);
    }

    /** How much one fix would close, in one clause. */
    static String consequence(FailurePattern pattern) {
        if (pattern.template().equals(Tally.OTHERS)) {
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
        FailurePattern largest = patterns.get(0);
        if (largest.count() == 1) {
            return "the test passes when run alone: then it depends on another test's state";
        }
        return largest.sharedFrame() != null
                ? "one of the tests still fails in this way once that frame is right, or passes when it is run alone"
                : "the same edit in two of the places makes one test pass and not the other";
    }

    /** A frame as Markdown. */
    static String frame(StackFrame frame) {
        String function = frame.function().isEmpty() ? "" : " in " + Markdown.code(frame.function(), PLACE);
        return Markdown.code(frame.place(), PLACE) + function;
    }

    private static String where(FailurePattern pattern) {
        StackFrame shared = pattern.sharedFrame();
        if (shared != null) {
            return (pattern.count() == 1 ? "raised at " : "all from the same frame ") + frame(shared);
        }
        Map.Entry<String, Integer> most = mostFrequent(pattern);
        if (most.getKey().isEmpty()) {
            return "without a traceback";
        }
        String code = Markdown.code(most.getKey(), PLACE);
        return pattern.places().size() == 1
                ? "at " + code
                : "in " + Text.count(pattern.places().size(), "place")
                        + (most.getValue() == 1 ? ", one of them " : ", most often ") + code;
    }

    private static Map.Entry<String, Integer> mostFrequent(FailurePattern pattern) {
        return pattern.places().entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
                .orElseThrow();
    }
}
