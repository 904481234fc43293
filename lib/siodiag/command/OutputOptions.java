package siodiag.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import siodiag.core.Console;
import siodiag.core.ExitCodes;
import siodiag.core.Style;
import siodiag.core.UsageException;
import siodiag.report.ConsoleReport;
import siodiag.report.HtmlReport;
import siodiag.report.JsonReport;
import siodiag.report.JunitReport;
import siodiag.report.MarkdownReport;
import siodiag.report.NagiosLine;
import siodiag.report.Result;

/** Where a result goes, and in which form. */
public final class OutputOptions {
    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "the machine-readable result (-: standard output, nothing else on it)")
    String json;

    @Option(names = "--junit", paramLabel = "FILE", description = "the checks as JUnit XML")
    Path junit;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "the result for a colleague: Markdown, or one page where FILE ends in .html")
    Path report;

    @Option(
            names = {"-v", "--verbose"},
            description = "every check with its evidence; stack traces")
    boolean verbose = "true".equalsIgnoreCase(System.getenv("CLAUDE_MPM_HOOK_DEBUG"));

    @Option(
            names = {"-q", "--quiet"},
            description = "only the verdict and its causes, a line each")
    boolean quiet;

    @Option(names = "--no-color", description = "no colour (also: NO_COLOR)")
    boolean noColor;

    @Option(
            names = "--exit-codes",
            paramLabel = "verdict|nagios",
            defaultValue = "verdict",
            description = "nagios: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN, and a status line first")
    ExitCodes exitCodes;

    public boolean jsonToStandardOutput() {
        return STANDARD_OUTPUT.equals(json);
    }

    /** Whether the result was asked for in a form for machines. */
    public boolean hasFile() {
        return json != null || junit != null || report != null;
    }

    /** Before any work. @throws UsageException where two results would go to one file; CannotRun where one can't be written */
    public void checkWritable() {
        checkApart();
        if (json != null && !jsonToStandardOutput()) {
            ResultFile.checkWritable(Path.of(json));
        }
        if (junit != null) {
            ResultFile.checkWritable(junit);
        }
        if (report != null) {
            ResultFile.checkWritable(report);
        }
    }

    /** Writes every form that was asked for. @throws CannotRunException where a file can't be written */
    public void write(Result result, PrintWriter out) {
        if (jsonToStandardOutput()) {
            out.println(JsonReport.render(result));
            out.flush();
        } else {
            if (exitCodes == ExitCodes.NAGIOS) {
                out.println(style().plain(NagiosLine.of(result)));
            }
            new ConsoleReport(out, style(), verbose, quiet).render(result);
        }
        if (json != null && !jsonToStandardOutput()) {
            ResultFile.write(json, JsonReport.render(result) + "\n");
        }
        writeReports(result);
    }

    /** The forms for colleagues and for CI. @throws CannotRunException where a file can't be written */
    public void writeReports(Result result) {
        if (junit != null) {
            ResultFile.write(junit.toString(), JunitReport.render(result));
        }
        if (report != null) {
            ResultFile.write(report.toString(), rendered(result));
        }
    }

    private String rendered(Result result) {
        return isHtml() ? HtmlReport.render(result) : MarkdownReport.render(result);
    }

    private boolean isHtml() {
        return report.toString().toLowerCase(Locale.ROOT).endsWith(".html");
    }

    /** Where the JSON goes, null for nowhere. */
    public String json() {
        return json;
    }

    /** Whether the result was asked for as JUnit XML or as a page. */
    public boolean hasReport() {
        return junit != null || report != null;
    }

    public boolean isQuiet() {
        return quiet;
    }

    public boolean isColourless() {
        return noColor;
    }

    public boolean isVerbose() {
        return verbose;
    }

    /** Of standard output. */
    public Style style() {
        return new Style(Console.isColoured(noColor), Console.isUnicode(), Console.width());
    }

    private void checkApart() {
        Set<Path> files = new HashSet<>(Set.of(Path.of(STANDARD_OUTPUT).toAbsolutePath()));
        Stream.of(jsonToStandardOutput() || json == null ? null : Path.of(json), junit, report)
                .filter(Objects::nonNull)
                .filter(file -> !files.add(file.toAbsolutePath().normalize()))
                .findFirst()
                .ifPresent(taken -> {
                    throw new UsageException(
                            "--json, --junit and --report need a file each; only --json takes - (standard output)");
                });
    }
}
