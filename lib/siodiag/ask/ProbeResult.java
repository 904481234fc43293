package siodiag.ask;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import siodiag.core.Console;
import siodiag.core.Style;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Verdict;
import siodiag.hook.Limits;
import siodiag.hook.ReplayPlan;
import siodiag.hook.ReplayRun;
import siodiag.probe.DiagnosticRun;
import siodiag.report.ConsoleReport;
import siodiag.report.Result;
import siodiag.target.Plan;
import siodiag.target.Target;

/** What a probe found, hop by hop; prints as the commands do. */
public record ProbeResult(Result result) {

    static ProbeResult run(Target target, Set<DiagnosticRun.Part> parts) throws InterruptedException {
        return run("probe", target, parts, examination -> {});
    }

    /** Finds the way to the server, then sends the record over it. */
    static ProbeResult replay(Target target, ReplayPlan replay) throws InterruptedException {
        return run("replay", target, Set.of(), done -> new ReplayRun(done, replay, Limits.NONE, status -> {}).run());
    }

    private static ProbeResult run(String tool, Target target, Set<DiagnosticRun.Part> parts, Afterwards afterwards)
            throws InterruptedException {
        Instant begun = Instant.now();
        DiagnosticRun examination = new DiagnosticRun(target, parts, Plan.DEFAULT, finding -> {});
        examination.run();
        afterwards.run(examination);
        return new ProbeResult(Result.of(
                new Result.Run(tool, tool + "()", begun, Duration.between(begun, Instant.now()), false),
                examination.target(),
                examination.family(),
                examination.findings(),
                examination.figures(),
                examination.timeline()));
    }

    /** What follows an examination and adds to its findings. */
    private interface Afterwards {
        void run(DiagnosticRun done) throws InterruptedException;
    }

    /** The root cause in one sentence, and what to do. */
    static String sentence(List<Diagnosis> diagnoses) {
        Diagnosis root = diagnoses.get(0);
        return root.cause().id() + ": " + root.summary() + " " + root.fix();
    }

    /** HEALTHY, DEGRADED or BROKEN. */
    public Verdict verdict() {
        return result.verdict();
    }

    /** All that is wrong, the root cause first. */
    public List<Diagnosis> diagnoses() {
        return result.diagnoses();
    }

    @Override
    public String toString() {
        return new ShellText(report(), summary()).toString();
    }

    private String summary() {
        return verdict()
                + diagnoses().stream()
                        .findFirst()
                        .map(root -> ": " + root.cause().id())
                        .orElse("");
    }

    private String report() {
        StringWriter text = new StringWriter();
        new ConsoleReport(new PrintWriter(text), new Style(false, Console.isUnicode(), Console.width()), false, false)
                .render(result);
        return text.toString().stripTrailing();
    }
}
