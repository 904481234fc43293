package siodiag.triage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import siodiag.core.Markdown;
import siodiag.core.Text;

/**
 * One category's page: sections A to G, from what failed to what to hand to whoever follows up.
 *
 * <p>A diagnostic makes a page of its own findings in one call:
 * <pre>{@code
 * String markdown = TriagePage.render("auth", List.of(), List.of(new TriageFailure(
 *         "auth.valid-token", "", "token-rejected", "the server refuses the token: \"invalid token\"",
 *         "CONNECT_ERROR {\"message\":\"invalid token\"}", "./jbang conn-auth --url http://localhost:8765")));
 * }</pre>
 */
public final class CategoryPage {
    private static final List<String> SECTIONS = List.of(
            "A. Snapshot",
            "B. Representative Examples",
            "C. Hypotheses",
            "D. Investigation Checklist",
            "E. Targeted Repo Queries",
            "F. Minimal Reproduction Plan",
            "G. Follow-up Prompt");
    private static final int ROWS = 50;
    private static final int PATTERNS_SHOWN = 20;
    private static final int HYPOTHESES = 5;
    private static final int MESSAGE_LINES = 12;
    private static final int TRACEBACK_LINES = 40;
    private static final int CELL = 160;
    private static final int FACT = 400;

    private final FailureCategory category;
    private final List<String> facts;
    private final List<FailurePattern> foremost;
    private final StringBuilder page = new StringBuilder();

    private CategoryPage(FailureCategory category, List<String> facts) {
        this.category = category;
        this.facts = facts;
        this.foremost = category.patterns()
                .subList(0, Math.min(HYPOTHESES, category.patterns().size()));
    }

    /**
     * The page of a category that the caller names, for failures or findings that it has already put together.
     *
     * @param facts said above all sections, a line each
     * @return Markdown, with no text of the failures outside code
     */
    public static String render(String category, List<String> facts, List<Failure> failures) {
        Tally tally = new Tally(CategoryRules.builtIn());
        failures.forEach(failure -> tally.add(category, failure));
        FailureCategory all = tally.categories().stream()
                .findFirst()
                .orElseGet(() -> new FailureCategory(category, List.of(), List.of(), Map.of(), Map.of()));
        return new CategoryPage(all, facts).write();
    }

    public static String render(FailureCategory category) {
        return new CategoryPage(category, List.of()).write();
    }

    private String write() {
        line("# Failure category: " + Markdown.code(category.name(), CELL));
        if (!facts.isEmpty()) {
            line("");
            facts.forEach(fact -> line("- " + Markdown.code(fact, FACT)));
        }
        if (category.count() == 0) {
            SECTIONS.forEach(section -> line("\n## " + section + "\n\nNothing failed."));
            return page.toString();
        }
        snapshot();
        examples();
        hypotheses();
        checklist();
        queries();
        reproduction();
        line("\n## G. Follow-up Prompt\n");
        page.append(Markdown.block("text", FollowUpPrompt.of(category, foremost), Integer.MAX_VALUE));
        return page.toString();
    }

    private void snapshot() {
        line("\n## A. Snapshot\n");
        line("- Total failures: " + category.count());
        line("- Distinct subpatterns: " + category.patterns().size());
        line("\n| Exception type | Failures |\n| --- | ---: |");
        category.types().entrySet().stream()
                .limit(ROWS)
                .forEach(type -> line("| " + Markdown.cell(type.getKey(), CELL) + " | " + type.getValue() + " |"));
        more(category.types().size() - ROWS, "exception type");
        line("\n| # | Subpattern | Failures | Raised at |\n| ---: | --- | ---: | --- |");
        int number = 1;
        for (FailurePattern pattern : category.patterns()
                .subList(0, Math.min(ROWS, category.patterns().size()))) {
            line("| " + number++ + " | " + Markdown.cell(pattern.template(), CELL) + " | " + pattern.count() + " | "
                    + raisedAt(pattern) + " |");
        }
        more(category.patterns().size() - ROWS, "subpattern");
    }

    private static String raisedAt(FailurePattern pattern) {
        StackFrame shared = pattern.sharedFrame();
        if (shared != null) {
            return Markdown.cell(shared.place(), CELL);
        }
        return Text.count(pattern.places().size(), "place");
    }

    private void examples() {
        line("\n## B. Representative Examples");
        int number = 1;
        for (FailurePattern pattern : shown()) {
            line("\n### " + number++ + ". " + Markdown.code(pattern.template(), CELL) + " (" + pattern.count() + ")");
            pattern.examples().forEach(this::example);
            if (pattern.examples().isEmpty()) {
                line("\nNo example was kept; the node ids are in `data/categories.json`.");
            }
        }
        more(category.patterns().size() - PATTERNS_SHOWN, "subpattern");
    }

    private void example(Failure failure) {
        line("\n- Node id: " + Markdown.code(failure.nodeId(), 300));
        line("- File hint: " + (failure.fileHint().isEmpty() ? "none" : Markdown.code(failure.fileHint(), 300)));
        String type = failure.exceptionType().isEmpty() ? "" : failure.exceptionType() + ": ";
        line("- Message:\n");
        page.append(Markdown.block("text", type + failure.message(), MESSAGE_LINES));
        if (!failure.traceback().isBlank()) {
            line("\n- Traceback:\n");
            page.append(Markdown.block("text", failure.traceback(), TRACEBACK_LINES));
        }
    }

    private void hypotheses() {
        line("\n## C. Hypotheses");
        List<Hypothesis> hypotheses = Hypothesis.of(category.patterns());
        int number = 1;
        for (Hypothesis hypothesis : hypotheses.subList(0, Math.min(HYPOTHESES, hypotheses.size()))) {
            line("\n**C" + number++ + ".** Probably: " + hypothesis.claim() + ".\n");
            hypothesis.patterns().stream()
                    .limit(HYPOTHESES)
                    .forEach(pattern -> line("- Evidence: " + Hypothesis.evidence(pattern, category.count()) + "."));
            int others = hypothesis.patterns().size() - HYPOTHESES;
            if (others > 0) {
                line("- Evidence: " + Text.count(others, "more subpattern")
                        + " of the kind, in `data/categories.json`.");
            }
            together(hypothesis, hypotheses);
            line("- It is wrong if " + hypothesis.refutedBy() + ".");
            CategoryRule rule = hypothesis.rule();
            if (rule != null && !rule.command().isEmpty()) {
                line("- How to find out: " + Markdown.code(rule.command(), 300) + " tells " + rule.tells() + ".");
            }
        }
        more(hypotheses.size() - HYPOTHESES, "kind of failure");
    }

    /** Patterns that go through the same file may have one cause between them. */
    private void together(Hypothesis hypothesis, List<Hypothesis> all) {
        for (int other = 0; other < all.indexOf(hypothesis); other++) {
            Set<String> files = all.get(other).patterns().get(0).files();
            files.retainAll(hypothesis.patterns().get(0).files());
            if (!files.isEmpty()) {
                line("- Together with C" + (other + 1) + ": both go through "
                        + Markdown.code(files.iterator().next(), CELL) + "; one cause may explain both.");
            }
        }
    }

    private void checklist() {
        line("\n## D. Investigation Checklist\n");
        Set<String> steps = new LinkedHashSet<>();
        for (FailurePattern pattern : foremost) {
            StackFrame frame = pattern.sharedFrame();
            if (frame != null) {
                steps.add("Read " + Hypothesis.frame(frame) + ": " + Text.count(pattern.count(), "failure")
                        + (pattern.count() == 1 ? " comes" : " come") + " from there, "
                        + Markdown.code(pattern.message(), CELL));
            }
            if (pattern.rule() != null) {
                steps.addAll(pattern.rule().check());
            }
        }
        steps.add(
                "Run one test of each subpattern alone (section F): a test that passes alone depends on another test's state");
        steps.forEach(step -> line("- [ ] " + step + "."));
    }

    private void queries() {
        line("\n## E. Targeted Repo Queries\n");
        List<String> queries = RepositoryQueries.of(foremost);
        page.append(
                queries.isEmpty()
                        ? "The failures contain no name to search for.\n"
                        : Markdown.block("sh", String.join("\n", queries), Integer.MAX_VALUE));
    }

    private void reproduction() {
        line("\n## F. Minimal Reproduction Plan");
        int number = 1;
        for (FailurePattern pattern : foremost) {
            List<String> commands = pattern.examples().stream()
                    .map(Failure::reproduce)
                    .filter(command -> !command.isBlank())
                    .distinct()
                    .toList();
            String how = commands.isEmpty()
                    ? "The report does not say how to run its tests; expect "
                    : commands.size() == 1
                            ? "Run it alone and expect "
                            : "Run the first alone, then each of the others, and expect ";
            line("\n**F" + number++ + ".** " + how + Markdown.code(pattern.message(), CELL) + ".\n");
            if (!commands.isEmpty()) {
                page.append(Markdown.block("sh", String.join("\n", commands), Integer.MAX_VALUE));
            }
        }
    }

    private List<FailurePattern> shown() {
        return category.patterns()
                .subList(0, Math.min(PATTERNS_SHOWN, category.patterns().size()));
    }

    private void more(int number, String noun) {
        if (number > 0) {
            line("\n" + Text.count(number, "more " + noun) + ": see `data/categories.json`.");
        }
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
