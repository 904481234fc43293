package siodiag.command;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import siodiag.core.Shell;
import siodiag.core.Text;
import siodiag.diagnosis.Diagnosis;
import siodiag.finding.Finding;
import siodiag.report.Result;
import siodiag.target.Embedded;
import siodiag.target.Stated;
import siodiag.target.Target;
import siodiag.triage.CategoryPage;
import siodiag.triage.Failure;

/** The result as a failure category page: its failed checks with their causes, sections A to G. */
final class MarkdownReport {
    private MarkdownReport() {}

    static String render(Result result) {
        String again = again(result);
        List<Failure> failures = result.checks().stream()
                .filter(check -> check.finding().isTrouble())
                .map(check -> failure(check, result, again))
                .toList();
        return CategoryPage.render(result.tool() + ": " + result.verdict().label(), facts(result), failures);
    }

    private static List<String> facts(Result result) {
        List<String> facts = new ArrayList<>(List.of("Tested " + result.target().url()
                + result.target().path() + " at " + result.startedAt().truncatedTo(ChronoUnit.SECONDS) + ", "
                + Text.count(result.checks().size(), "check")));
        result.diagnoses()
                .forEach(diagnosis -> facts.add(diagnosis.cause().id() + " ("
                        + diagnosis.hop().label() + ", " + diagnosis.severity().label() + "): " + diagnosis.summary()));
        if (result.interrupted()) {
            facts.add("Interrupted before " + Result.labels(result.unreached()) + ": these are the results so far");
        }
        return facts;
    }

    /**
     * The command that tests the same again, without the token: run-all is the one that has every check and every
     * embedded server. A flow of the user's own shows as FILE.
     */
    private static String again(Result result) {
        Target target = result.target();
        List<String> words = new ArrayList<>(
                target.embedded() != null
                        ? embedded(target.embedded())
                        : List.of(
                                "./jbang", result.tool(), "--url", target.url().toString()));
        if (!target.path().equals(Target.DEFAULT_PATH)) {
            words.addAll(List.of("--path", target.path()));
        }
        Stated stated = target.stated();
        if (stated.namespaces() != null) {
            words.addAll(List.of("--namespaces", String.join(",", stated.namespaces())));
        }
        if (stated.flow() != null) {
            words.addAll(stated.flowArguments());
        }
        if (target.origin() != null) {
            words.addAll(List.of("--origin", target.origin()));
        }
        target.peers().forEach(peer -> words.addAll(List.of("--peer", peer.toString())));
        if (target.insecure()) {
            words.add("--insecure");
        }
        return words.stream().map(Shell::quote).collect(Collectors.joining(" "));
    }

    private static List<String> embedded(Embedded server) {
        List<String> words = List.of("./jbang", "run-all", "--embedded");
        return server == Embedded.MONITOR
                ? words
                : Stream.concat(words.stream(), Stream.of(server.toString())).toList();
    }

    /** What the diagnosis says is the message, so that all checks with one cause are one pattern. */
    private static Failure failure(Result.Check check, Result result, String again) {
        Finding finding = check.finding();
        Diagnosis diagnosis = result.diagnoses().stream()
                .filter(one -> one.cause() == check.cause())
                .findFirst()
                .orElse(null);
        String message = diagnosis == null ? finding.detail() : diagnosis.summary();
        String fix = diagnosis == null ? "" : "\nfix: " + diagnosis.fix();
        return new Failure(
                finding.id(),
                finding.hop().label(),
                check.cause().id(),
                message,
                String.join("\n", finding.evidence()) + fix,
                again);
    }
}
