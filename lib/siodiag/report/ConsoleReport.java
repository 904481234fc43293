package siodiag.report;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.UnaryOperator;
import siodiag.catalogue.Hop;
import siodiag.catalogue.Severity;
import siodiag.core.Style;
import siodiag.core.Text;
import siodiag.diagnosis.Diagnosis;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.ledger.FlowFigures;
import siodiag.target.Embedded;
import siodiag.target.Target;

/** The result for people: a line for each hop, then the verdict with its causes, their evidence and fixes. */
public final class ConsoleReport {
    private static final int MAX_DETAIL = 220;
    private static final int MAX_TROUBLES = 3;
    /** Where a hop's detail begins: behind its mark and its name. */
    private static final int DETAIL_COLUMN = 19;

    private static final char NO_BREAK_SPACE = '\u00a0';

    private final PrintWriter out;
    private final Style style;
    private final boolean verbose;
    private final boolean quiet;

    public ConsoleReport(PrintWriter out, Style style, boolean verbose, boolean quiet) {
        this.out = out;
        this.style = style;
        this.verbose = verbose;
        this.quiet = quiet;
    }

    public void render(Result result) {
        if (!quiet) {
            head(result);
            hops(result);
        }
        if (result.interrupted()) {
            line(style.doubtful("interrupted") + ": the results so far");
        }
        verdict(result);
        out.flush();
    }

    /** What is wrong, why, and what to do; nothing of a result that is healthy. */
    public void causes(Result result) {
        result.diagnoses().forEach(this::diagnosis);
        out.flush();
    }

    private void head(Result result) {
        Target target = result.target();
        wrap(
                style.bold(result.tool()) + "  ",
                result.tool().length() + 2,
                target.url()
                        + embedded(target.embedded(), " (%s)") + "  path " + target.path() + "  "
                        + Text.count(target.namespaces().size(), "namespace")
                        + (target.flow() == null
                                ? ""
                                : "  flow " + target.flow().name()));
        Facts.promises(target.expectations())
                .forEach((source, promised) -> wrap(
                        "  expected  ",
                        Text.cut(String.join(", ", promised), MAX_DETAIL) + " (" + source.title() + ")"));
        line("");
    }

    private static String embedded(Embedded server, String text) {
        return server == null ? "" : String.format(text, server.title());
    }

    private void hops(Result result) {
        if (verbose) {
            result.checks().forEach(check -> hopLine(check.finding()));
        } else {
            HopLine.of(result).forEach(this::hopLine);
        }
        if (result.flow() != null) {
            flow(result.flow());
        }
        line("");
    }

    private void hopLine(HopLine line) {
        hopLine(line.hop(), line.status(), line.detail(), line.checks());
        line.others().stream()
                .limit(MAX_TROUBLES)
                .forEach(other -> hopLine(line.hop(), other.status(), other.detail(), 1));
        if (line.others().size() > MAX_TROUBLES) {
            line(" ".repeat(DETAIL_COLUMN) + "and " + (line.others().size() - MAX_TROUBLES) + " more; -v shows all");
        }
    }

    private void flow(FlowFigures flow) {
        wrap("  flow  ", Facts.account(flow));
        if (flow.received() > 0) {
            wrap("        ", Facts.latency(flow.latencyMs()));
        }
    }

    private void hopLine(Finding finding) {
        hopLine(finding.hop(), finding.status(), finding.detail(), 1);
        finding.evidence()
                .forEach(evidence -> wrap(" ".repeat(DETAIL_COLUMN + 2), DETAIL_COLUMN + 2, evidence, style::faint));
    }

    private void hopLine(Hop hop, Status status, String detail, int of) {
        wrap(
                "  " + mark(status) + "  " + String.format("%-9s", hop.label()) + "  ",
                DETAIL_COLUMN,
                Text.cut(detail, MAX_DETAIL) + (of > 1 ? "  (" + of + NO_BREAK_SPACE + "checks)" : ""));
    }

    private String mark(Status status) {
        return switch (status) {
            case PASS -> style.good("ok  ");
            case FAIL -> style.bad("FAIL");
            case WARN -> style.doubtful("warn");
            case INFO -> style.faint("info");
            case SKIP -> style.faint("skip");
        };
    }

    private void verdict(Result result) {
        String verdict = Facts.verdict(result);
        String word = verdict.split("\\W", 2)[0];
        String painted = result.interrupted() && result.isNothingWrong()
                ? style.doubtful(word)
                : switch (result.verdict()) {
                    case HEALTHY -> style.good(word);
                    case DEGRADED -> style.doubtful(word);
                    case BROKEN -> style.bad(word);
                };
        wrap(
                painted + (verdict.startsWith(word + ",") ? ", " : " "),
                word.length() + 1,
                verdict.substring(word.length()).replaceFirst("^\\W+", "") + " (" + Facts.seconds(result) + ")"
                        + embedded(result.target().embedded(), ", of the %s; --url tests your own server"));
        if (quiet) {
            result.diagnoses().forEach(diagnosis -> wrap("  ", diagnosis.cause().id() + ": " + diagnosis.summary()));
            return;
        }
        result.diagnoses().forEach(this::diagnosis);
        Map<String, String> skipped = Facts.skipped(result);
        if (!skipped.isEmpty()) {
            line("");
            skipped.forEach((detail, hops) -> wrap("not tested: ", hops + ": " + detail));
        }
        NextStep.of(result).ifPresent(next -> {
            line("");
            wrap("next: ", next.purpose());
            line("  " + next.command()); // in one piece, to be copied
        });
    }

    private void diagnosis(Diagnosis diagnosis) {
        line("");
        String cause =
                switch (diagnosis.severity()) {
                    case ERROR -> style.bad(diagnosis.cause().id());
                    case WARNING -> style.doubtful(diagnosis.cause().id());
                    case INFO -> style.faint(diagnosis.cause().id());
                };
        line(cause + " (" + diagnosis.hop().label() + ", "
                + (diagnosis.severity() == Severity.INFO
                        ? "ignored"
                        : diagnosis.severity().label()) + ")");
        wrap("  ", diagnosis.summary());
        line("  evidence:");
        diagnosis.evidence().forEach(evidence -> wrap("    - ", evidence));
        line("  fix:");
        wrap("      ", diagnosis.fix());
    }

    private void wrap(String prefix, String text) {
        wrap(prefix, prefix.length(), text, UnaryOperator.identity());
    }

    private void wrap(String prefix, int columns, String text) {
        wrap(prefix, columns, text, UnaryOperator.identity());
    }

    /** Text behind a prefix that takes so many columns; what does not fit goes on below the text. */
    private void wrap(String prefix, int columns, String text, UnaryOperator<String> paint) {
        String before = prefix;
        for (String line : Text.wrap(style.plain(text), style.width() - columns)) {
            out.println(before + paint.apply(line.replace(NO_BREAK_SPACE, ' ')));
            before = " ".repeat(columns);
        }
    }

    private void line(String text) {
        out.println(style.plain(text));
    }
}
