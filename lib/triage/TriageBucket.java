package siodiag;

import java.util.Comparator;
import java.util.List;

/** A pattern that is worth tackling first, and why. */
record TriageBucket(String category, TriagePattern pattern, String why) {
    private static final int FIRST = 3;

    /** The three largest patterns of all categories; of two as large, the one with a frame in common. */
    static List<TriageBucket> first(List<TriageCategory> categories) {
        return categories.stream()
                .flatMap(category -> category.patterns().stream()
                        .filter(pattern -> !pattern.template().equals(TriageTally.OTHERS)).limit(FIRST)
                        .map(pattern -> new TriageBucket(category.name(), pattern, TriageHypothesis.consequence(pattern))))
                .sorted(Comparator.<TriageBucket>comparingInt(bucket -> bucket.pattern().count()).reversed()
                        .thenComparing(bucket -> bucket.pattern().sharedFrame() == null)
                        .thenComparing(TriageBucket::category).thenComparing(bucket -> bucket.pattern().template()))
                .limit(FIRST).toList();
    }
}
