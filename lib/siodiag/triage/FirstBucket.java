package siodiag.triage;

import java.util.Comparator;
import java.util.List;

/** A pattern that is worth tackling first, and why. */
record FirstBucket(String category, FailurePattern pattern, String why) {
    private static final int FIRST = 3;

    /** The three largest patterns of all categories; of two as large, the one with a frame in common. */
    static List<FirstBucket> first(List<FailureCategory> categories) {
        return categories.stream()
                .flatMap(category -> category.patterns().stream()
                        .filter(pattern -> !pattern.template().equals(Tally.OTHERS))
                        .limit(FIRST)
                        .map(pattern -> new FirstBucket(category.name(), pattern, Hypothesis.consequence(pattern))))
                .sorted(Comparator.<FirstBucket>comparingInt(
                                bucket -> bucket.pattern().count())
                        .reversed()
                        .thenComparing(bucket -> bucket.pattern().sharedFrame() == null)
                        .thenComparing(FirstBucket::category)
                        .thenComparing(bucket -> bucket.pattern().template()))
                .limit(FIRST)
                .toList();
    }
}
