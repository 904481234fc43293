package siodiag;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a probe found, hop by hop; prints as the commands do. */
public record AdhocProbe(Result result) {

    static AdhocProbe run(Target target, Set<Examination.Part> parts) throws InterruptedException {
        Instant begun = Instant.now();
        Examination examination = new Examination(target, parts, Plan.DEFAULT, finding -> { });
        examination.run();
        return new AdhocProbe(Result.of("probe", examination.target(), examination.family(), examination.findings(),
                examination.figures(), begun, Duration.between(begun, Instant.now()), false));
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
        StringWriter text = new StringWriter();
        new ConsoleReport(new PrintWriter(text), new Style(false, Console.isUnicode()), false, false).render(result);
        return text.toString().stripTrailing();
    }
}
