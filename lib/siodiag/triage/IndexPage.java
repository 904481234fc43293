package siodiag.triage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import siodiag.core.Markdown;
import siodiag.core.Text;

/** The page that leads to the categories' pages: how much failed, in which ways, and where to begin. */
final class IndexPage {
    private static final int TOP = 10;
    private static final int CELL = 120;
    private static final int CHANGES = 50;

    private final FailureReport report;
    private final StringBuilder page = new StringBuilder();

    private IndexPage(FailureReport report) {
        this.report = report;
    }

    /** @param comparison null where there was nothing to compare with */
    static String render(FailureReport report, ReportComparison comparison) {
        IndexPage index = new IndexPage(report);
        index.totals();
        index.categories();
        index.top("Top exception types", "Exception type", FailureCategory::types);
        index.top("Top modules", "Module", FailureCategory::modules);
        index.first();
        if (comparison != null) {
            index.changes(comparison);
        }
        return index.page.toString();
    }

    private void totals() {
        line("# Test failures by cause\n");
        line("- Total failures: " + report.failures());
        line("- Categories: " + report.categories().size());
        line("- Distinct subpatterns: "
                + report.categories().stream()
                        .mapToInt(category -> category.patterns().size())
                        .sum());
        line("- Read: " + Text.count(report.reports(), "report") + " with " + Text.count(report.tests(), "test"));
        report.refused()
                .forEach(refusal -> line("- Not read: "
                        + Markdown.code(refusal.file().toString(), 300) + ": " + Markdown.code(refusal.why(), 300)));
    }

    private void categories() {
        line("\n## Categories\n\n| Category | Failures | Share | Subpatterns | Largest subpattern |");
        line("| --- | ---: | ---: | ---: | --- |");
        for (FailureCategory category : report.categories()) {
            FailurePattern largest = category.patterns().get(0);
            line("| [" + category.name() + "](" + ReportFolder.page(category.name()) + ") | " + category.count() + " | "
                    + Math.round(100.0 * category.count() / report.failures()) + " % | "
                    + category.patterns().size()
                    + " | " + Markdown.cell(largest.template(), CELL) + " (" + largest.count() + ") |");
        }
    }

    private void top(String title, String column, Function<FailureCategory, Map<String, Integer>> counts) {
        Map<String, Integer> sums = new TreeMap<>();
        report.categories().forEach(category -> counts.apply(category)
                .forEach((key, count) -> sums.merge(key, count, Integer::sum)));
        line("\n## " + title + "\n\n| " + column + " | Failures |\n| --- | ---: |");
        Tally.largestFirst(sums).entrySet().stream()
                .limit(TOP)
                .forEach(entry -> line("| " + Markdown.cell(entry.getKey(), CELL) + " | " + entry.getValue() + " |"));
    }

    private void first() {
        line("\n## Tackle first");
        int number = 1;
        for (FirstBucket bucket : FirstBucket.first(report.categories())) {
            FailurePattern pattern = bucket.pattern();
            line("\n" + number++ + ". " + Text.count(pattern.count(), "failure") + " of [" + bucket.category() + "]("
                    + ReportFolder.page(bucket.category()) + "): " + Markdown.code(pattern.template(), CELL));
            line("   - Why: " + bucket.why() + ".");
            if (pattern.rule() != null && !pattern.rule().because().isEmpty()) {
                line("   - Probably: " + pattern.rule().because() + ".");
            }
        }
    }

    private void changes(ReportComparison comparison) {
        line("\n## Since the earlier run\n");
        line("- Tests that fail now and did not then: " + comparison.newTests());
        line("- Tests that failed then and do not now: " + comparison.goneTests());
        List<ReportComparison.Change> changes = comparison.changes();
        if (changes.isEmpty()) {
            line("- Every subpattern has as many failures as it had.");
            return;
        }
        line("\n| Change | Category | Subpattern | Then | Now |\n| --- | --- | --- | ---: | ---: |");
        changes.stream()
                .limit(CHANGES)
                .forEach(change -> line("| " + change.kind() + " | "
                        + Markdown.cell(change.category(), CELL) + " | " + Markdown.cell(change.template(), CELL)
                        + " | "
                        + change.before() + " | " + change.now() + " |"));
        if (changes.size() > CHANGES) {
            line("\n" + Text.count(changes.size() - CHANGES, "more change") + ".");
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
