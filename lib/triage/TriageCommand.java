package siodiag;

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

/** {@code triage}: reads JUnit XML, puts every failure into one category by its cause, and writes the pages. */
@Command(name = "triage", mixinStandardHelpOptions = true, version = Result.VERSION, sortOptions = false,
        description = "Puts the failures of JUnit XML reports (pytest, Surefire, Gradle, JUnit, this toolkit) into"
                + " categories by their cause, and writes a page a category: what failed, why probably, what to look at,"
                + " how to reproduce it.",
        footer = {"", "Impact: reads reports, writes below --out; opens no connection.",
            "Exit codes: 0 read, whatever the reports hold, 64 wrong usage, 70 no report could be read or no page"
                + " written."})
public final class TriageCommand implements Callable<Integer> {
    private enum Format { TEXT, JSON }

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "JUnit XML, or a folder to look for *.xml in")
    private List<Path> paths;

    @Option(names = "--out", paramLabel = "DIR",
            description = "write index.md, a page a category and data/categories.json there")
    private Path out;

    @Option(names = "--format", paramLabel = "text|json",
            description = "what is printed: a summary, or all of it for machines")
    private Format format = Format.TEXT;

    @Option(names = "--compare", paramLabel = "OLD",
            description = "say what is new, gone, grown and shrunk since the run that wrote this folder")
    private Path compare;

    @Option(names = "--rules", paramLabel = "FILE",
            description = "rules of your own, as JSON; they come before the built-in ones")
    private Path rules;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        TriageRules chosen = rules == null ? TriageRules.builtIn() : TriageRules.builtIn().withFile(rules);
        TriageComparison.Earlier earlier = compare == null ? null : TriageComparison.Earlier.read(compare);
        TriageReport report = read(chosen);
        TriageComparison comparison = earlier == null ? null : TriageComparison.of(earlier, report.categories());
        if (out != null) {
            write(report, comparison);
        }
        print(report, comparison);
        return ExitCode.OK;
    }

    private TriageReport read(TriageRules chosen) {
        paths.stream().filter(Files::notExists).findFirst().ifPresent(missing -> {
            throw new BadInput("there is no " + missing + ": give a JUnit XML file or a folder that holds some");
        });
        TriageReport report = TriageReport.read(paths, chosen);
        report.refused().forEach(refusal -> spec.commandLine().getErr().println("triage: " + refusal));
        if (report.reports() > 0) {
            return report;
        }
        if (report.refused().isEmpty()) {
            throw new BadInput("no JUnit XML in " + paths.get(0) + ": pytest writes it with --junitxml=FILE, Maven to"
                    + " target/surefire-reports, Gradle to build/test-results");
        }
        throw new CannotRun("none of the reports could be read");
    }

    private void write(TriageReport report, TriageComparison comparison) {
        try {
            TriageFolder.write(report, comparison, out);
        } catch (IOException e) {
            throw new CannotRun("can't write to " + out + " (" + e + "): give --out a folder that can be written");
        }
    }

    private void print(TriageReport report, TriageComparison comparison) {
        PrintWriter to = spec.commandLine().getOut();
        if (format == Format.JSON) {
            to.println(TriageData.ofReport(report, comparison));
        } else {
            to.print(TriageSummary.of(report, comparison, out));
        }
        to.flush();
    }
}
