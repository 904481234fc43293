package siodiag;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a command found out: every output format renders this and nothing else. */
public record Result(String tool, Target target, Instant startedAt, Duration duration, Verdict verdict,
        List<Diagnosis> diagnoses, List<Check> checks, FlowFigures flow, boolean interrupted) {
    static final int SCHEMA = 1;
    /** The toolkit's own version. */
    public static final String VERSION = "1.0.0";

    /** A finding with the cause that it led to; null where nothing was wrong. */
    public record Check(Finding finding, Cause cause) {
    }

    static Result of(String tool, Target target, Family family, List<Finding> findings, FlowFigures flow,
            Instant startedAt, Duration duration, boolean interrupted) {
        List<Diagnosis> diagnoses = Diagnostician.diagnose(findings, family);
        List<Rule> holding = Diagnostician.holding(findings);
        List<Check> checks = findings.stream()
                .map(finding -> new Check(finding, Diagnostician.causeOf(finding, holding))).toList();
        return new Result(tool, target, startedAt, duration, Verdict.of(diagnoses), diagnoses, checks, flow,
                interrupted);
    }

    /** The hops that an interrupted run did not come to, for people. */
    String unreached() {
        Set<Hop> reached = checks.stream().map(check -> check.finding().hop()).collect(Collectors.toSet());
        return Arrays.stream(Hop.values()).filter(hop -> !reached.contains(hop))
                .filter(hop -> hop != Hop.STARTUP && hop != Hop.TLS && hop != Hop.CLUSTER)
                .map(Hop::label).collect(Collectors.joining(", "));
    }
}
