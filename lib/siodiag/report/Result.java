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
import siodiag.catalogue.Severity;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Diagnostician;
import siodiag.diagnosis.Rule;
import siodiag.diagnosis.Verdict;
import siodiag.finding.Finding;
import siodiag.ledger.FlowFigures;
import siodiag.ledger.FlowTimeline;
import siodiag.protocol.ServerFamily;
import siodiag.target.Target;

/**
 * What a command found: every output format renders this and nothing else.
 *
 * @param server what the server announced; null where it was not asked, or announced nothing
 */
public record Result(
        Run run,
        Target target,
        Verdict verdict,
        List<Diagnosis> diagnoses,
        List<Check> checks,
        FlowFigures flow,
        FlowTimeline timeline,
        ServerFacts server) {
    static final int SCHEMA = 1;
    /** Why an interrupted run did not test a hop. */
    static final String INTERRUPTED = "interrupted before this hop";
    /** Hops that most runs do not have. */
    private static final Set<Hop> ONLY_SOMETIMES = EnumSet.of(Hop.STARTUP, Hop.TLS, Hop.CLUSTER);

    /**
     * The run of a command.
     *
     * @param command     the line that was typed, credentials masked
     * @param interrupted whether it did not come to its end
     */
    public record Run(String tool, String command, Instant startedAt, Duration duration, boolean interrupted) {}

    /** A finding with the cause that it led to; null where nothing was wrong. */
    public record Check(Finding finding, Cause cause) {}

    /** @param flow the account of the flow; null for none */
    public static Result of(
            Run run,
            Target target,
            ServerFamily family,
            List<Finding> findings,
            FlowFigures flow,
            FlowTimeline timeline) {
        List<Diagnosis> diagnoses =
                Diagnostician.diagnose(findings, family, target.stated().ignored());
        List<Rule> holding = Diagnostician.holding(findings);
        List<Check> checks = findings.stream()
                .map(finding -> new Check(finding, Diagnostician.causeOf(finding, holding)))
                .toList();
        Verdict verdict = Verdict.of(diagnoses);
        boolean unproven = verdict == Verdict.HEALTHY
                && run.interrupted()
                && !unreached(checks).isEmpty();
        return new Result(run, target, unproven ? Verdict.DEGRADED : verdict, diagnoses, checks, flow, timeline, null);
    }

    /** The same, with what the server announced; null where it announced nothing. */
    public Result with(ServerFacts announced) {
        return new Result(run, target, verdict, diagnoses, checks, flow, timeline, announced);
    }

    public String tool() {
        return run.tool();
    }

    public String command() {
        return run.command();
    }

    public Instant startedAt() {
        return run.startedAt();
    }

    public Duration duration() {
        return run.duration();
    }

    public boolean interrupted() {
        return run.interrupted();
    }

    /** The hop of the root cause; only of a result that is broken. */
    Hop firstBroken() {
        return diagnoses.stream()
                .filter(diagnosis -> diagnosis.severity() == Severity.ERROR)
                .map(Diagnosis::hop)
                .findFirst()
                .orElseThrow();
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
        return interrupted() ? unreached(checks) : List.of();
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
