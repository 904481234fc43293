package siodiag;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code triage}: reads JUnit XML, puts every failure into one category by its cause, and writes the pages. */
@Command(name = "triage", sortOptions = false, description = {
    "Puts the failures of JUnit XML reports (pytest, Surefire, Gradle, JUnit, this toolkit) into categories by their",
    "cause, and writes a page a category: what failed, why probably, what to look at, how to reproduce it."},
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:the reports were read, whatever they hold",
        "64:wrong usage: an unknown option, a path that is not there, no report in it",
        "70:none of the files could be read, or the pages can't be written"})
public final class TriageCommand implements Callable<Integer> {
    private enum Format { text, json }

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "JUnit XML, or a folder to look for *.xml in")
    private List<Path> paths;

    @Option(names = "--out", paramLabel = "DIR", description = "write index.md, a page a category and data/categories.json there")
    private Path out;

    @Option(names = "--format", paramLabel = "text|json", description = "what is printed: a summary, or all of it for machines")
    private Format format = Format.text;

    @Option(names = "--compare", paramLabel = "OLD", description = "say what is new, gone, grown and shrunk since the run that wrote this folder")
    private Path compare;

    @Option(names = "--rules", paramLabel = "FILE", description = "rules of your own, as JSON; they come before the built-in ones")
    private Path rules;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "this help")
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** @return the exit code */
    public static int run(String... arguments) {
        return new CommandLine(new TriageCommand())
                .setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true))
                .setErr(new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true))
                .setParameterExceptionHandler((problem, given) -> complain(problem.getCommandLine(), problem, 64))
                .setExecutionExceptionHandler((problem, line, given) -> complain(line, problem, 70))
                .execute(arguments);
    }

    private static int complain(CommandLine line, Exception problem, int exitCode) {
        line.getErr().println("triage: " + Text.visible(problem.getMessage()));
        return exitCode;
    }

    @Override
    public Integer call() throws IOException {
        TriageRules chosen = rules();
        TriageComparison.Earlier earlier = earlier();
        paths.stream().filter(Files::notExists).findFirst().ifPresent(missing -> {
            throw wrong("there is no " + missing + ": give a JUnit XML file or a folder that holds some");
        });
        TriageReport report = TriageReport.read(paths, chosen);
        report.refused().forEach(refusal -> spec.commandLine().getErr().println("triage: " + refusal));
        if (report.reports() == 0) {
            if (report.refused().isEmpty()) {
                throw wrong("no JUnit XML below " + paths.get(0) + ": pytest writes it with --junitxml=FILE, Maven to"
                        + " target/surefire-reports, Gradle to build/test-results");
            }
            return 70;
        }
        TriageComparison comparison = earlier == null ? null : TriageComparison.of(earlier, report.categories());
        if (out != null) {
            write(report, comparison);
        }
        print(report, comparison);
        return 0;
    }

    private void write(TriageReport report, TriageComparison comparison) throws IOException {
        try {
            TriageFolder.write(report, comparison, out);
        } catch (IOException e) {
            throw new IOException("can't write to " + out + ": " + e.getMessage() + "; give --out a folder that can be written", e);
        }
    }

    private void print(TriageReport report, TriageComparison comparison) throws IOException {
        Writer to = spec.commandLine().getOut();
        if (format == Format.json) {
            TriageData.writeReport(report, comparison, to);
        } else {
            to.write(TriageSummary.of(report, comparison, out));
        }
        to.flush();
    }

    private TriageRules rules() {
        try {
            return rules == null ? TriageRules.builtIn() : TriageRules.builtIn().withFile(rules);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private TriageComparison.Earlier earlier() {
        try {
            return compare == null ? null : TriageComparison.Earlier.read(compare);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
