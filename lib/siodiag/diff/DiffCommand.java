package siodiag.diff;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import siodiag.command.ResultFile;
import siodiag.core.ExitCode;
import siodiag.core.Json;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.core.Version;

/** What differs between two saved results. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        version = Version.NUMBER,
        sortOptions = false,
        description = {
            "Compares two saved results (--json of run-all and others, --json or --save of",
            "watch): what is new, gone, slower, other. Single measurements differ by",
            "chance: only large differences count between them; results of watch hold the",
            "spread of many."
        },
        footer = {"", "Example: diff monday.json today.json"},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:no difference",
            "20:they differ, and nothing is worse",
            "21:something is worse",
            "64:wrong usage, or not a result"
        })
public final class DiffCommand implements Callable<Integer> {
    private static final int SAME = ExitCode.OK;
    private static final int OTHER = ExitCode.DEGRADED;
    private static final int WORSE = ExitCode.BROKEN;
    private static final int MAX_LINE = 300;

    @Parameters(index = "0", paramLabel = "OLD.json", description = "the earlier result")
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW.json", description = "the later one")
    private Path after;

    @Option(names = "--json", paramLabel = "FILE", description = "the differences as JSON; - for standard output")
    private String json;

    @Spec
    private CommandSpec spec;

    /** The differences of one target. */
    private record Compared(String url, List<Difference> differences) {}

    @Override
    public Integer call() {
        List<Compared> all = compared(Snapshot.read("diff", before), Snapshot.read("diff", after));
        int exitCode = all.stream().mapToInt(DiffCommand::exitCode).max().orElse(SAME);
        PrintWriter out = spec.commandLine().getOut();
        if ("-".equals(json)) {
            out.println(json(all, exitCode).toPrettyString());
        } else {
            all.forEach(one -> print(out, one));
            if (json != null) {
                ResultFile.write(json, json(all, exitCode).toPrettyString() + "\n");
            }
        }
        out.flush();
        return exitCode;
    }

    /** One target each may have moved: then they are compared all the same. */
    private static List<Compared> compared(Map<String, Snapshot> old, Map<String, Snapshot> now) {
        List<Compared> all = new ArrayList<>();
        if (old.size() == 1 && now.size() == 1) {
            Snapshot first = old.values().iterator().next();
            Snapshot second = now.values().iterator().next();
            String url = first.url().equals(second.url()) ? first.url() : first.url() + " and " + second.url();
            all.add(new Compared(url, Comparison.of(first, second)));
            return all;
        }
        now.forEach((url, result) -> {
            if (old.containsKey(url)) {
                all.add(new Compared(url, Comparison.of(old.get(url), result)));
            }
        });
        if (all.isEmpty()) {
            throw new UsageException("diff: the two files have no target in common: "
                    + Text.cut(String.join(", ", old.keySet()), 200) + " against "
                    + Text.cut(String.join(", ", now.keySet()), 200));
        }
        return all;
    }

    private static int exitCode(Compared one) {
        return one.differences.isEmpty()
                ? SAME
                : one.differences.stream()
                                .anyMatch(difference -> difference.kind().isWorse())
                        ? WORSE
                        : OTHER;
    }

    private static void print(PrintWriter out, Compared one) {
        out.println(Text.cut(one.url, MAX_LINE) + "  "
                + (one.differences.isEmpty() ? "no difference" : Text.count(one.differences.size(), "difference")));
        one.differences.forEach(difference -> out.println("  " + Text.cut(difference.describe(), MAX_LINE)));
    }

    private static ObjectNode json(List<Compared> all, int exitCode) {
        ObjectNode root = Json.MAPPER
                .createObjectNode()
                .put("schema", 1)
                .put("tool", "diff")
                .put("result", exitCode == SAME ? "same" : exitCode == OTHER ? "other" : "worse");
        var targets = root.putArray("targets");
        for (Compared one : all) {
            ObjectNode target = targets.addObject().put("url", one.url);
            var list = target.putArray("differences");
            one.differences.forEach(difference -> list.addObject()
                    .put("kind", difference.kind().name().toLowerCase(Locale.ROOT))
                    .put("text", difference.text()));
        }
        return root;
    }
}
