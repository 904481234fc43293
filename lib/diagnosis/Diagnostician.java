package siodiag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings in, ordered diagnoses out: pure, so that the same findings always give the same diagnoses. */
final class Diagnostician {
    private static final int MOST_EVIDENCE = 8;
    private static final int LONGEST_ENUMERATION = 120;
    private static final Comparator<Diagnosis> ROOT_CAUSE_FIRST = Comparator.comparing(Diagnosis::hop)
            .thenComparing(Diagnosis::severity).thenComparing(Diagnosis::cause);

    private Diagnostician() {
    }

    /** The diagnoses, the one nearest the start first: the root cause leads. */
    static List<Diagnosis> diagnose(List<Finding> findings, Family family) {
        List<Finding> troubles = findings.stream().filter(Finding::isTrouble).toList();
        List<Rule> rules = holding(findings);
        List<Diagnosis> diagnoses = new ArrayList<>();
        rules.forEach(rule -> diagnoses.add(explained(rule, troubles, family)));
        unexplained(rules, troubles, family).ifPresent(diagnoses::add);
        diagnoses.sort(ROOT_CAUSE_FIRST);
        return diagnoses;
    }

    /** The rules that the findings together speak for. */
    static List<Rule> holding(List<Finding> findings) {
        Set<Sign> seen = findings.stream().filter(Finding::isTrouble).map(Finding::sign)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Sign.class)));
        return Rules.ALL.stream().filter(rule -> rule.holds(seen)).toList();
    }

    /** The cause that a finding leads to under the rules that hold, null where it leads to none. */
    static Cause causeOf(Finding finding, List<Rule> holding) {
        return !finding.isTrouble() ? null : holding.stream().filter(rule -> rule.covers(finding.sign()))
                .map(Rule::cause).findFirst().orElse(Cause.UNEXPLAINED);
    }

    private static Diagnosis explained(Rule rule, List<Finding> troubles, Family family) {
        List<Finding> needed = troubles.stream().filter(finding -> rule.needs().contains(finding.sign())).toList();
        Stream<Finding> others = troubles.stream().filter(finding -> rule.explains().contains(finding.sign()));
        return diagnosis(rule.cause(), rule.cause().hop(), needed, others, family);
    }

    /** What failed and no rule accounts for: named as such, never dressed up as the nearest cause. */
    private static Optional<Diagnosis> unexplained(List<Rule> rules, List<Finding> troubles, Family family) {
        List<Finding> left = troubles.stream()
                .filter(finding -> rules.stream().noneMatch(rule -> rule.covers(finding.sign()))).toList();
        if (left.isEmpty() || !rules.isEmpty() && left.stream().noneMatch(f -> f.status() == Status.FAIL)) {
            return Optional.empty();
        }
        Hop hop = left.stream().map(Finding::hop).min(Comparator.naturalOrder()).orElseThrow();
        return Optional.of(diagnosis(Cause.UNEXPLAINED, hop, left, Stream.empty(), family));
    }

    private static Diagnosis diagnosis(Cause cause, Hop hop, List<Finding> needed, Stream<Finding> others,
            Family family) {
        List<String> subjects = needed.stream().map(Finding::subject).filter(subject -> !subject.isEmpty()).distinct()
                .toList();
        List<String> evidence = Stream.concat(needed.stream(), others)
                .flatMap(finding -> finding.evidence().isEmpty() ? Stream.of(finding.detail())
                        : finding.evidence().stream())
                .distinct().limit(MOST_EVIDENCE).toList();
        return new Diagnosis(cause, hop, cause.severity(), cause.summary(enumerate(subjects)), evidence, cause.fix(family));
    }

    /** Names all of them as far as they fit, and always the first; namespaces are always all named. */
    private static String enumerate(List<String> subjects) {
        StringBuilder named = new StringBuilder();
        for (int i = 0; i < subjects.size(); i++) {
            String subject = subjects.get(i);
            if (i > 0 && !subject.startsWith("/") && named.length() + subject.length() > LONGEST_ENUMERATION) {
                return named + " and " + (subjects.size() - i) + " more";
            }
            named.append(i == 0 ? "" : ", ").append(subject);
        }
        return named.toString();
    }
}
