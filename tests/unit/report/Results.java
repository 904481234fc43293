package siodiag.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import siodiag.command.TargetOptions;
import siodiag.finding.Finding;
import siodiag.ledger.FlowFigures;
import siodiag.ledger.FlowTimeline;
import siodiag.protocol.ServerFamily;
import siodiag.target.Target;

/** Results to render. */
final class Results {
    static final Instant BEGUN = Instant.parse("2026-01-31T10:00:00Z");

    private Results() {}

    static Target target(String... options) {
        return CommandLine.populateCommand(new TargetOptions(), options).target();
    }

    /** Of a run of one second. */
    static Result of(Target target, boolean interrupted, Finding... findings) {
        return Result.of(
                run("./jbang run-all --url " + target.url(), interrupted),
                target,
                ServerFamily.UNKNOWN,
                List.of(findings),
                null,
                FlowTimeline.NONE);
    }

    /** The same, with a flow. */
    static Result of(Target target, FlowFigures flow, FlowTimeline timeline, Finding... findings) {
        return Result.of(
                run("./jbang e2e --url " + target.url(), false),
                target,
                ServerFamily.UNKNOWN,
                List.of(findings),
                flow,
                timeline);
    }

    private static Result.Run run(String command, boolean interrupted) {
        return new Result.Run("run-all", command, BEGUN, Duration.ofSeconds(1), interrupted);
    }
}
