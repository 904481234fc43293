package siodiag;

import java.util.Comparator;
import java.util.Map;

/** What is probably behind one pattern, and what in the failures says so. */
record TriageHypothesis(String claim, String evidence, String consequence, String refutedBy) {
    private static final int MESSAGE = 160;
    private static final int PLACE = 200;

    /** @param total how many failures the category has */
    static TriageHypothesis of(TriagePattern pattern, int total) {
        TriageRule rule = pattern.rule();
        String claim = rule == null || rule.because().isEmpty()
                ? "no rule knows this failure; its message and its frame are all there is"
                : rule.because();
        String evidence = pattern.count() + " of " + total + (pattern.count() == 1 ? " says " : " say ")
                + Markdown.code(pattern.template(), MESSAGE) + ", " + where(pattern);
        return new TriageHypothesis(claim, evidence, consequence(pattern), refutedBy(pattern));
    }

    /** How much one fix would close, in one clause. */
    static String consequence(TriagePattern pattern) {
        if (pattern.count() == 1) {
            return "one fix closes 1 failure";
        }
        if (pattern.sharedFrame() != null || pattern.origins().size() == 1) {
            return "one cause: one fix closes " + Text.count(pattern.count(), "failure");
        }
        Map.Entry<TriageFrame, Integer> most = mostFrequent(pattern);
        String places = "one kind of mistake in " + Text.count(pattern.origins().size(), "place") + " ("
                + Text.count(pattern.modules(), "module") + "): one scripted edit, or as many small ones";
        return most == null ? "one cause if they have one: no traceback tells"
                : most.getValue() == 1 ? places : places + "; the largest single place closes " + most.getValue();
    }

    private static String where(TriagePattern pattern) {
        TriageFrame shared = pattern.sharedFrame();
        if (shared != null) {
            return (pattern.count() == 1 ? "raised at " : "all through the same frame ") + frame(shared);
        }
        Map.Entry<TriageFrame, Integer> most = mostFrequent(pattern);
        if (most == null) {
            return "without a traceback";
        }
        return pattern.count() == 1 ? "raised at " + frame(most.getKey())
                : "raised in " + Text.count(pattern.origins().size(), "place") + ", for one " + frame(most.getKey()) + " ("
                        + most.getValue() + " of them)";
    }

    private static String refutedBy(TriagePattern pattern) {
        if (pattern.count() == 1) {
            return "the test passes when it is run alone: then another test disturbs it";
        }
        return pattern.sharedFrame() != null
                ? "one of them fails in the same way after that frame no longer does, or passes when it is run alone"
                : "the same edit in two of the places makes one test pass and not the other";
    }

    static String frame(TriageFrame frame) {
        String function = frame.function().isEmpty() ? "" : " in " + Markdown.code(frame.function(), PLACE);
        return Markdown.code(frame.place(), PLACE) + function;
    }

    private static Map.Entry<TriageFrame, Integer> mostFrequent(TriagePattern pattern) {
        return pattern.origins().entrySet().stream()
                .max(Map.Entry.<TriageFrame, Integer>comparingByValue()
                        .thenComparing(entry -> entry.getKey().place(), Comparator.reverseOrder()))
                .orElse(null);
    }
}
