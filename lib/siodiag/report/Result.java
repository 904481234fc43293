package siodiag.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import siodiag.catalogue.Cause;
import siodiag.catalogue.Hop;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Diagnostician;
import siodiag.diagnosis.Rule;
import siodiag.diagnosis.Verdict;
import siodiag.finding.Finding;
import siodiag.ledger.FlowFigures;
import siodiag.protocol.ServerFamily;
import siodiag.target.Target;

/** What a command found: every output format renders this and nothing else. */
public record Result(
        String tool,
        Target target,
        Instant startedAt,
        Duration duration,
        Verdict verdict,
        List<Diagnosis> diagnoses,
        List<Check> checks,
        FlowFigures flow,
        boolean interrupted) {
    static final int SCHEMA = 1;
    /** Why an interrupted run did not test a hop. */
    static final String INTERRUPTED = "interrupted before this hop";
    /** Hops that most runs do not have. */
    private static final Set<Hop> ONLY_SOMETIMES = EnumSet.of(Hop.STARTUP, Hop.TLS, Hop.CLUSTER);

    /** A finding with the cause that it led to; null where nothing was wrong. */
    public record Check(Finding finding, Cause cause) {}

    public static Result of(
            String tool,
            Target target,
            ServerFamily family,
            List<Finding> findings,
            FlowFigures flow,
            Instant startedAt,
            Duration duration,
            boolean interrupted) {
        List<Diagnosis> diagnoses =
                Diagnostician.diagnose(findings, family, target.stated().ignored());
        List<Rule> holding = Diagnostician.holding(findings);
        List<Check> checks = findings.stream()
                .map(finding -> new Check(finding, Diagnostician.causeOf(finding, holding)))
                .toList();
        Verdict verdict = Verdict.of(diagnoses);
        boolean unproven =
                verdict == Verdict.HEALTHY && interrupted && !unreached(checks).isEmpty();
        return new Result(
                tool,
                target,
                startedAt,
                duration,
                unproven ? Verdict.DEGRADED : verdict,
                diagnoses,
                checks,
                flow,
                interrupted);
    }

    boolean isNothingWrong() {
        return Verdict.of(diagnoses) == Verdict.HEALTHY;
    }

    /** What nobody promised, and so was not tested: hop and reason, each hop once. */
    public List<Finding> notTested() {
        return checks.stream().map(Check::finding).filter(Finding::isUntested).toList();
    }

    /** The hops that an interrupted run did not reach; none of a run that finished. */
    public List<Hop> unreached() {
        return interrupted ? unreached(checks) : List.of();
    }

    private static List<Hop> unreached(List<Check> checks) {
        Set<Hop> reached = checks.stream().map(check -> check.finding().hop()).collect(Collectors.toSet());
        return Arrays.stream(Hop.values())
                .filter(hop -> !reached.contains(hop) && !ONLY_SOMETIMES.contains(hop))
                .toList();
    }

    public static String labels(List<Hop> hops) {
        return hops.stream().map(Hop::label).collect(Collectors.joining(", "));
    }
}
