package siodiag.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import siodiag.finding.Finding;
import siodiag.ledger.FlowTimeline;
import siodiag.probe.DiagnosticRun;
import siodiag.protocol.Handshake;
import siodiag.protocol.ServerFamily;
import siodiag.report.JsonReport;
import siodiag.report.Result;
import siodiag.report.ServerFacts;

/** A target's result as of now, in the form that every command's results have. */
final class TargetResult {
    private TargetResult() {}

    /** @param command the line that was typed, credentials masked */
    static Result of(TargetWatch target, String command, Instant now, boolean interrupted) {
        DiagnosticRun run = target.thorough();
        Result result = Result.of(
                new Result.Run(
                        "watch",
                        command,
                        target.history().start(),
                        Duration.between(target.history().start(), now),
                        interrupted && run == null),
                run == null ? target.base() : run.target(),
                run == null ? ServerFamily.UNKNOWN : run.family(),
                run == null ? List.<Finding>of() : target.findings(),
                run == null ? null : run.figures(),
                run == null ? FlowTimeline.NONE : run.timeline());
        return result.with(facts(target, run).orElse(null));
    }

    /** As the last examination saw it. */
    private static Optional<ServerFacts> facts(TargetWatch target, DiagnosticRun run) {
        if (run == null || target.last() == null) {
            return Optional.empty();
        }
        Optional<Handshake> handshake = target.last().engine() != null
                ? Optional.of(target.last().engine().handshake())
                : run.handshake();
        return handshake.map(announced -> ServerFacts.of(
                announced,
                run.reached().map(DiagnosticRun.Reached::transports).orElse(null),
                target.last().joined()));
    }

    /** @param interrupted whether the watch was, before its time was over */
    static ObjectNode json(TargetWatch target, Instant now, boolean interrupted) {
        return json(target, of(target, "", now, interrupted), now);
    }

    static ObjectNode json(TargetWatch target, Result result, Instant now) {
        ObjectNode root = JsonReport.tree(result);
        Account account = new Account(target, now);
        account.timings(root.putObject("timings"));
        account.json(root.putObject("watch"));
        return root;
    }
}
