package siodiag;

import java.util.List;

/** The result as a failure category page: its failed checks with their causes, sections A to G. */
final class MarkdownReport {
    private MarkdownReport() {
    }

    static String render(Result result) {
        String again = "./jbang " + result.tool() + (result.target().embedded() ? "" : " --url " + result.target().url());
        List<TriageFailure> failures = result.checks().stream().filter(check -> check.finding().isTrouble())
                .map(check -> failure(check, again)).toList();
        return TriagePage.render(result.tool() + ": " + result.verdict().label(), failures);
    }

    private static TriageFailure failure(Result.Check check, String again) {
        Finding finding = check.finding();
        return new TriageFailure(finding.id(), finding.hop().label(), check.cause().id(), finding.detail(),
                String.join("\n", finding.evidence()), again);
    }
}
