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
        return run("probe", target, parts, examination -> { });
    }

    /** Finds the way to the server, then sends the record over it. */
    static AdhocProbe replay(Target target, Replay replay) throws InterruptedException {
        return run("replay", target, Set.of(), done -> new HookReplay(done, replay, status -> { }).run());
    }

    private static AdhocProbe run(String tool, Target target, Set<Examination.Part> parts, Afterwards afterwards)
            throws InterruptedException {
        Instant begun = Instant.now();
        Examination examination = new Examination(target, parts, Plan.DEFAULT, finding -> { });
        examination.run();
        afterwards.run(examination);
        return new AdhocProbe(Result.of(tool, examination.target(), examination.family(), examination.findings(),
                examination.figures(), begun, Duration.between(begun, Instant.now()), false));
    }

    /** What follows an examination and adds to its findings. */
    private interface Afterwards {
        void run(Examination done) throws InterruptedException;
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
