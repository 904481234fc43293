package siodiag.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import siodiag.command.OutputOptions;
import siodiag.command.ResultFile;
import siodiag.command.TypedCommand;
import siodiag.core.Json;
import siodiag.core.Redactor;
import siodiag.core.Version;
import siodiag.diagnosis.Verdict;
import siodiag.report.ConsoleReport;
import siodiag.report.Result;

/** The account at the end, in every form that was asked for. */
final class WatchReport {
    private final OutputOptions output;
    private final PrintWriter out;
    private final String command;
    private final Instant startedAt;
    private final Instant now = Instant.now();
    private final boolean interrupted;
    private final List<TargetWatch> targets;

    WatchReport(
            CommandSpec spec, OutputOptions output, Instant startedAt, boolean interrupted, List<TargetWatch> targets) {
        this.output = output;
        this.out = spec.commandLine().getOut();
        this.command = new Redactor().hide(TypedCommand.of(spec));
        this.startedAt = startedAt;
        this.interrupted = interrupted;
        this.targets = targets;
    }

    /** @param save where the baseline goes; null for nowhere */
    void write(Path save) {
        ObjectNode json = json();
        if (output.jsonToStandardOutput()) {
            out.println(json.toPrettyString());
        } else {
            targets.forEach(this::print);
            if (output.json() != null) {
                ResultFile.write(output.json(), json.toPrettyString() + "\n");
            }
        }
        if (save != null) {
            ResultFile.write(save.toString(), json.toPrettyString() + "\n");
        }
        if (targets.size() == 1) {
            output.writeReports(result(targets.get(0)));
        }
        out.flush();
    }

    private Result result(TargetWatch target) {
        return TargetResult.of(target, command, now, interrupted);
    }

    private void print(TargetWatch target) {
        new Account(target, now)
                .lines()
                .forEach(line -> out.println(output.style().plain(line)));
        State state = target.state();
        if (state != null && !output.isQuiet()) {
            new ConsoleReport(out, output.style(), output.isVerbose(), false).causes(result(target));
        }
        out.println();
    }

    /** One target: its result. Several: a list of them. */
    private ObjectNode json() {
        if (targets.size() == 1) {
            return TargetResult.json(targets.get(0), result(targets.get(0)), now);
        }
        ObjectNode root = Json.MAPPER
                .createObjectNode()
                .put("schema", 1)
                .put("tool", "watch")
                .put("version", Version.NUMBER)
                .put("command", command)
                .put("startedAt", startedAt.toString());
        Verdict worst = targets.stream()
                .map(TargetWatch::state)
                .map(state -> state == null ? Verdict.HEALTHY : state.verdict())
                .max(Verdict::compareTo)
                .orElse(Verdict.HEALTHY);
        root.put("verdict", worst.label());
        targets.forEach(target -> root.withArray("targets").add(TargetResult.json(target, result(target), now)));
        root.withArray("targets");
        return root;
    }
}
