package siodiag;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The result as a failure category page: its failed checks with their causes, sections A to G. */
final class MarkdownReport {
    private MarkdownReport() {
    }

    static String render(Result result) {
        String again = again(result);
        List<TriageFailure> failures = result.checks().stream().filter(check -> check.finding().isTrouble())
                .map(check -> failure(check, result, again)).toList();
        return TriagePage.render(result.tool() + ": " + result.verdict().label(), facts(result), failures);
    }

    private static List<String> facts(Result result) {
        List<String> facts = new ArrayList<>(List.of("Tested " + result.target().url() + result.target().path() + " at "
                + result.startedAt().truncatedTo(ChronoUnit.SECONDS) + ", " + Text.count(result.checks().size(), "check")));
        result.diagnoses().forEach(diagnosis -> facts.add(diagnosis.cause().id() + " (" + diagnosis.hop().label() + ", "
                + diagnosis.severity().label() + "): " + diagnosis.summary()));
        if (result.interrupted()) {
            facts.add("Interrupted before " + result.unreached() + ": what follows is what was measured so far");
        }
        return facts;
    }

    /**
     * The command that tests the same again, without the token: run-all is the one that has every check and an
     * embedded monitor. A flow of the user's own shows as FILE.
     */
    private static String again(Result result) {
        Target target = result.target();
        List<String> words = new ArrayList<>(target.embedded() ? List.of("./jbang", "run-all", "--embedded")
                : List.of("./jbang", result.tool(), "--url", target.url().toString()));
        if (!target.path().equals(Target.DEFAULT_PATH)) {
            words.addAll(List.of("--path", target.path()));
        }
        if (!target.namespaces().equals(Target.DEFAULT_NAMESPACES)) {
            words.addAll(List.of("--namespaces", String.join(",", target.namespaces())));
        }
        if (target.flow() != null && target.flow() != Flows.ECHO) {
            words.addAll(List.of("--flow", Flows.BUILT_IN.containsValue(target.flow()) ? target.flow().name() : "FILE"));
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

    /** What the diagnosis says is the message, so that all checks with one cause are one pattern. */
    private static TriageFailure failure(Result.Check check, Result result, String again) {
        Finding finding = check.finding();
        Diagnosis diagnosis = result.diagnoses().stream().filter(one -> one.cause() == check.cause()).findFirst()
                .orElse(null);
        String message = diagnosis == null ? finding.detail() : diagnosis.summary();
        String fix = diagnosis == null ? "" : "\ndo: " + diagnosis.fix();
        return new TriageFailure(finding.id(), finding.hop().label(), check.cause().id(), message,
                String.join("\n", finding.evidence()) + fix, again);
    }
}
