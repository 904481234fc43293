package siodiag.triage;

import java.nio.file.Path;
import java.util.Locale;
import siodiag.core.Text;

/** What the terminal shows of a report: the categories, what to tackle first, what changed. */
final class ConsoleSummary {
    private static final int WIDTH = 100;
    private static final int CHANGES = 20;

    private ConsoleSummary() {}

    /**
     * @param comparison null where there was nothing to compare with
     * @param out where the pages are; null where none were written
     */
    static String of(FailureReport report, ReportComparison comparison, Path out) {
        StringBuilder text = new StringBuilder();
        text.append(Text.count(report.failures(), "failure"))
                .append(" of ")
                .append(Text.count(report.tests(), "test"))
                .append(" in ")
                .append(Text.count(report.reports(), "report"))
                .append('\n');
        for (FailureCategory category : report.categories()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%7d  %-20s %s%n",
                    category.count(),
                    category.name(),
                    Text.count(category.patterns().size(), "subpattern")));
        }
        int number = 1;
        for (FirstBucket bucket : FirstBucket.first(report.categories())) {
            text.append(number == 1 ? "\ntackle first\n" : "");
            text.append(String.format(
                    Locale.ROOT,
                    "%3d. %s: %s%n     %s%n",
                    number++,
                    bucket.category(),
                    Text.cut(bucket.pattern().template(), WIDTH),
                    Text.visible(bucket.why())));
        }
        if (comparison != null) {
            changes(comparison, text);
        }
        String pages = out == null
                ? ""
                : "\npages: " + Text.visible(out.resolve("index.md").toString()) + "\n";
        return text.append(pages).toString();
    }

    private static void changes(ReportComparison comparison, StringBuilder text) {
        text.append("\nsince the earlier run: ")
                .append(Text.count(comparison.newTests(), "test"))
                .append(" more failing, ")
                .append(Text.count(comparison.goneTests(), "test"))
                .append(" no longer\n");
        comparison.changes().stream()
                .limit(CHANGES)
                .forEach(change -> text.append(String.format(
                        Locale.ROOT,
                        "  %-6s %6d -> %-6d %s: %s%n",
                        change.kind(),
                        change.before(),
                        change.now(),
                        change.category(),
                        Text.cut(change.template(), WIDTH))));
        if (comparison.changes().size() > CHANGES) {
            text.append("  and ").append(comparison.changes().size() - CHANGES).append(" more\n");
        }
    }
}
