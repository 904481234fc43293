package siodiag;

import java.util.List;

/** The result as a failure category page: its failed checks with their causes, sections A to G. */
final class MarkdownReport {
    private MarkdownReport() {
    }

    static String render(Result result) {
        String again = "./jbang " + result.tool()
                + (result.target().embedded() ? " --embedded" : " --url " + result.target().url());
        List<TriageFailure> failures = result.checks().stream().filter(check -> check.finding().isTrouble())
                .map(check -> failure(check, result, again)).toList();
        return TriagePage.render(result.tool() + ": " + result.verdict().label(), failures);
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
