package siodiag.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import siodiag.catalogue.Cause;
import siodiag.catalogue.Hop;
import siodiag.catalogue.Severity;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;
import siodiag.protocol.ServerFamily;

/** Findings in, ordered diagnoses out: pure, so that the same findings always give the same diagnoses. */
public final class Diagnostician {
    private static final int MAX_EVIDENCE = 8;
    private static final int MAX_ENUMERATION = 120;
    private static final Comparator<Diagnosis> ROOT_CAUSE_FIRST = Comparator.comparing(Diagnosis::severity)
            .thenComparing(Diagnosis::hop)
            .thenComparing(Diagnosis::cause);

    private Diagnostician() {}

    /**
     * The diagnoses, errors first and each nearer the start before those behind it: the root cause leads.
     *
     * @param ignored causes that are reported as information, and so do not affect the verdict
     */
    public static List<Diagnosis> diagnose(List<Finding> findings, ServerFamily family, Set<Cause> ignored) {
        List<Finding> troubles = findings.stream().filter(Finding::isTrouble).toList();
        List<Rule> rules = holding(findings);
        List<Diagnosis> diagnoses = new ArrayList<>();
        rules.forEach(rule -> diagnoses.add(explained(rule, troubles, family)));
        unexplained(rules, troubles, family).ifPresent(diagnoses::add);
        diagnoses.replaceAll(one -> ignored.contains(one.cause()) ? one.asInformation() : one);
        diagnoses.sort(ROOT_CAUSE_FIRST);
        return diagnoses;
    }

    /** The rules that the findings together speak for, without those whose ground another one accounts for. */
    public static List<Rule> holding(List<Finding> findings) {
        Set<Symptom> seen = findings.stream()
                .filter(Finding::isTrouble)
                .map(Finding::sign)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Symptom.class)));
        List<Rule> held = Rules.ALL.stream().filter(rule -> rule.holds(seen)).toList();
        return held.stream()
                .filter(rule -> held.stream().noneMatch(other -> other.explains(rule)))
                .toList();
    }

    /** The cause that a finding leads to under the rules that hold, null where it leads to none. */
    public static Cause causeOf(Finding finding, List<Rule> holding) {
        return !finding.isTrouble()
                ? null
                : holding.stream()
                        .filter(rule -> rule.covers(finding.sign()))
                        .map(Rule::cause)
                        .findFirst()
                        .orElse(Cause.UNEXPLAINED);
    }

    private static Diagnosis explained(Rule rule, List<Finding> troubles, ServerFamily family) {
        List<Finding> needed = troubles.stream()
                .filter(finding -> rule.needs().contains(finding.sign()))
                .toList();
        Stream<Finding> others =
                troubles.stream().filter(finding -> rule.explains().contains(finding.sign()));
        boolean warned = needed.stream().allMatch(finding -> finding.status() == Status.WARN);
        return diagnosis(
                rule.cause(),
                rule.cause().hop(),
                warned ? Severity.WARNING : rule.cause().severity(),
                needed,
                others,
                family);
    }

    /** What failed and no rule accounts for: named as such, never dressed up as the nearest cause. */
    private static Optional<Diagnosis> unexplained(List<Rule> rules, List<Finding> troubles, ServerFamily family) {
        List<Finding> left = troubles.stream()
                .filter(finding -> rules.stream().noneMatch(rule -> rule.covers(finding.sign())))
                .toList();
        if (left.isEmpty() || !rules.isEmpty() && left.stream().noneMatch(f -> f.status() == Status.FAIL)) {
            return Optional.empty();
        }
        Hop hop = left.stream().map(Finding::hop).min(Comparator.naturalOrder()).orElseThrow();
        return Optional.of(diagnosis(Cause.UNEXPLAINED, hop, Severity.ERROR, left, Stream.empty(), family));
    }

    private static Diagnosis diagnosis(
            Cause cause,
            Hop hop,
            Severity severity,
            List<Finding> needed,
            Stream<Finding> others,
            ServerFamily family) {
        List<String> subjects = needed.stream()
                .map(Finding::subject)
                .filter(subject -> !subject.isEmpty())
                .distinct()
                .toList();
        List<String> evidence = Stream.concat(needed.stream(), others)
                .flatMap(finding ->
                        finding.evidence().isEmpty() ? Stream.of(finding.detail()) : finding.evidence().stream())
                .distinct()
                .collect(Collectors.collectingAndThen(Collectors.toList(), Diagnostician::kept));
        String fix = Stream.concat(
                        needed.stream()
                                .map(Finding::advice)
                                .filter(advice -> !advice.isEmpty())
                                .distinct(),
                        Stream.of(cause.fix(family)))
                .collect(Collectors.joining(" "));
        return new Diagnosis(cause, hop, severity, cause.summary(enumerate(subjects)), evidence, fix);
    }

    /** The first of them and the last: what was seen at the end says most. */
    private static List<String> kept(List<String> evidence) {
        return evidence.size() <= MAX_EVIDENCE
                ? evidence
                : Stream.concat(
                                evidence.stream().limit(MAX_EVIDENCE - 1),
                                evidence.stream().skip(evidence.size() - 1))
                        .toList();
    }

    /** Names all of them as far as they fit, and always the first; namespaces are always all named. */
    private static String enumerate(List<String> subjects) {
        StringBuilder named = new StringBuilder();
        for (int i = 0; i < subjects.size(); i++) {
            String subject = subjects.get(i);
            if (i > 0 && !subject.startsWith("/") && named.length() + subject.length() > MAX_ENUMERATION) {
                return named + " and " + (subjects.size() - i) + " more";
            }
            named.append(i == 0 ? "" : ", ").append(subject);
        }
        return named.toString();
    }
}
