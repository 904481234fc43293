package siodiag.triage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import siodiag.core.CannotRunException;
import siodiag.core.ExitCode;
import siodiag.core.UsageException;
import siodiag.core.Version;

/** {@code triage}: reads JUnit XML, puts every failure into one category by its cause, and writes the pages. */
@Command(
        name = "triage",
        mixinStandardHelpOptions = true,
        version = Version.NUMBER,
        sortOptions = false,
        description = "Sorts the failures in JUnit XML reports (pytest, Surefire, Gradle, JUnit, this toolkit) into"
                + " categories by cause, and writes a page for each: what failed, the probable cause, what to check,"
                + " how to reproduce it.",
        footer = {
            "",
            "Impact: reads reports, writes only to --out; opens no connection.",
            "Exit codes: 0 read, whatever the reports contain, 64 wrong usage, 70 no report could be read, or the"
                    + " pages could not be written."
        })
public final class TriageCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
        JSON
    }

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "JUnit XML, or a folder to search for *.xml")
    private List<Path> paths;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "write index.md, categories/CATEGORY.md and data/categories.json there")
    private Path out;

    @Option(names = "--format", paramLabel = "text|json", description = "print a summary, or everything as JSON")
    private Format format = Format.TEXT;

    @Option(
            names = "--compare",
            paramLabel = "OLD",
            description = "report what is new, gone, grown or shrunk since the run that wrote this folder")
    private Path compare;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "your own rules, as JSON; they are tried before the built-in ones")
    private Path rules;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CategoryRules chosen = rules == null
                ? CategoryRules.builtIn()
                : CategoryRules.builtIn().withFile(rules);
        ReportComparison.Earlier earlier = compare == null ? null : ReportComparison.Earlier.read(compare);
        FailureReport report = read(chosen);
        ReportComparison comparison = earlier == null ? null : ReportComparison.of(earlier, report.categories());
        if (out != null) {
            write(report, comparison);
        }
        print(report, comparison);
        return ExitCode.OK;
    }

    private FailureReport read(CategoryRules chosen) {
        paths.stream().filter(Files::notExists).findFirst().ifPresent(missing -> {
            throw new UsageException(missing + " does not exist: give a JUnit XML file, or a folder with some");
        });
        FailureReport report = FailureReport.read(paths, chosen);
        report.refused().forEach(refusal -> spec.commandLine().getErr().println("triage: " + refusal));
        if (report.reports() > 0) {
            return report;
        }
        if (report.refused().isEmpty()) {
            throw new UsageException(
                    "no JUnit XML in " + paths.get(0) + ": pytest writes it with --junitxml=FILE, Maven to"
                            + " target/surefire-reports, Gradle to build/test-results");
        }
        throw new CannotRunException("none of the reports could be read");
    }

    private void write(FailureReport report, ReportComparison comparison) {
        try {
            ReportFolder.write(report, comparison, out);
        } catch (IOException e) {
            throw new CannotRunException(
                    "can't write to " + out + " (" + e + "): give --out a folder that can be written");
        }
    }

    private void print(FailureReport report, ReportComparison comparison) {
        PrintWriter to = spec.commandLine().getOut();
        if (format == Format.JSON) {
            to.println(ReportData.ofReport(report, comparison));
        } else {
            to.print(ConsoleSummary.of(report, comparison, out));
        }
        to.flush();
    }
}
