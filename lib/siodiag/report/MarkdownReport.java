package siodiag.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import siodiag.catalogue.CauseEntry;
import siodiag.catalogue.Severity;
import siodiag.core.Markdown;
import siodiag.core.Text;
import siodiag.diagnosis.Diagnosis;
import siodiag.ledger.FlowFigures;

/** The result for a colleague: verdict, what was tested and expected, hops, causes, figures, all checks. */
public final class MarkdownReport {
    private static final int MAX_LINE = 400;
    private static final int MAX_EVIDENCE_LINES = 60;

    private MarkdownReport() {}

    public static String render(Result result) {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(Facts.verdict(result)).append("\n\n");
        result.diagnoses().stream().findFirst().ifPresent(root -> page.append(plain(root.summary()))
                .append("\n\n"));
        Facts.of(result).forEach((name, value) -> page.append("- ")
                .append(name)
                .append(": ")
                .append(Markdown.code(value, MAX_LINE * 2))
                .append('\n'));
        hops(page, result);
        result.diagnoses().forEach(diagnosis -> diagnosis(page, diagnosis));
        figures(page, result.flow());
        notTested(page, result);
        checks(page, result);
        NextStep.of(result).ifPresent(next -> page.append("\n## Next\n\nTo ")
                .append(plain(next.purpose()))
                .append(":\n\n")
                .append(Markdown.block("sh", next.command(), 1)));
        return page.toString();
    }

    private static void hops(StringBuilder page, Result result) {
        page.append("\n## Hops\n\n| hop | status | what was seen |\n| --- | --- | --- |\n");
        for (HopLine line : HopLine.of(result)) {
            page.append("| ")
                    .append(line.hop().label())
                    .append(" | ")
                    .append(line.status().label())
                    .append(" | ")
                    .append(Markdown.cell(line.detail(), MAX_LINE))
                    .append(" |\n");
        }
    }

    private static void diagnosis(StringBuilder page, Diagnosis diagnosis) {
        CauseEntry entry = diagnosis.cause().entry();
        page.append("\n## ")
                .append(diagnosis.cause().id())
                .append(" (")
                .append(diagnosis.hop().label())
                .append(", ")
                .append(
                        diagnosis.severity() == Severity.INFO
                                ? "ignored"
                                : diagnosis.severity().label())
                .append(")\n\n")
                .append(plain(diagnosis.summary()))
                .append("\n\nMeaning: ")
                .append(plain(entry.meaning()))
                .append("\n\nEvidence:\n\n")
                .append(Markdown.block("text", evidence(diagnosis), MAX_EVIDENCE_LINES))
                .append("\nFix: ")
                .append(plain(diagnosis.fix()))
                .append('\n');
        if (!entry.also().isEmpty()) {
            page.append("\nIt could also be:\n\n");
            entry.also().forEach(other -> page.append("- ")
                    .append(plain(other.what()))
                    .append(other.command().isEmpty() ? "" : ": " + Markdown.code(other.command(), MAX_LINE))
                    .append('\n'));
        }
    }

    private static String evidence(Diagnosis diagnosis) {
        return diagnosis.evidence().stream().map(Text::visible).collect(Collectors.joining("\n"));
    }

    private static void figures(StringBuilder page, FlowFigures flow) {
        if (flow == null) {
            return;
        }
        page.append("\n## Figures\n\n| sent | expected | received | lost | duplicated | reordered |\n")
                .append("| --- | --- | --- | --- | --- | --- |\n")
                .append(String.format(
                        Locale.ROOT,
                        "| %d | %d | %d | %d | %d | %d |%n",
                        flow.sent(),
                        flow.expected(),
                        flow.received(),
                        flow.lost(),
                        flow.duplicated(),
                        flow.reordered()));
        if (flow.received() > 0) {
            page.append("\nLatency: ").append(Facts.latency(flow.latencyMs())).append('\n');
        }
    }

    private static void notTested(StringBuilder page, Result result) {
        Map<String, String> skipped = Facts.skipped(result);
        if (!skipped.isEmpty()) {
            page.append("\n## Not tested\n\n");
            skipped.forEach((why, hops) -> page.append("- ")
                    .append(hops)
                    .append(": ")
                    .append(Markdown.code(why, MAX_LINE))
                    .append('\n'));
        }
    }

    private static void checks(StringBuilder page, Result result) {
        page.append("\n## All checks\n\n| check | status | detail |\n| --- | --- | --- |\n");
        List<Result.Check> checks = result.checks();
        checks.forEach(check -> page.append("| ")
                .append(Markdown.cell(check.finding().id(), MAX_LINE))
                .append(" | ")
                .append(check.finding().status().label())
                .append(" | ")
                .append(Markdown.cell(check.finding().detail(), MAX_LINE))
                .append(" |\n"));
    }

    /** A sentence that may hold a server's words: nothing in it is Markdown. */
    private static String plain(String text) {
        return Text.visible(text).replaceAll("([\\\\`*_\\[\\]<>#|~])", "\\\\$1");
    }
}
