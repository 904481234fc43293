package siodiag.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import siodiag.catalogue.Hop;
import siodiag.catalogue.Severity;
import siodiag.core.Source;
import siodiag.core.Style;
import siodiag.core.Text;
import siodiag.diagnosis.Diagnosis;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.ledger.FlowFigures;
import siodiag.target.Embedded;
import siodiag.target.Expectations;
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
        expected(target.expectations());
        line("");
    }

    private static String embedded(Embedded server, String text) {
        return server == null ? "" : String.format(text, server.title());
    }

    /** What is expected, and who promised it: the first thing to check where a verdict surprises. */
    private void expected(Expectations expected) {
        Map<Source, List<String>> promises = new LinkedHashMap<>();
        add(
                promises,
                expected.namespaces().source(),
                "namespaces " + String.join(", ", expected.namespaces().value()));
        add(promises, expected.authentication(), "authentication");
        if (!expected.flows().value().isEmpty()) {
            add(promises, expected.flows().source(), "events");
        }
        promises.forEach((source, promised) ->
                wrap("  expected  ", Text.cut(String.join(", ", promised), MAX_DETAIL) + " (" + source.title() + ")"));
    }

    private static void add(Map<Source, List<String>> promises, Source source, String promised) {
        if (source != null) {
            promises.computeIfAbsent(source, by -> new ArrayList<>()).add(promised);
        }
    }

    private void hops(Result result) {
        Map<Hop, List<Finding>> byHop = result.checks().stream()
                .map(Result.Check::finding)
                .collect(Collectors.groupingBy(Finding::hop, LinkedHashMap::new, Collectors.toList()));
        byHop.forEach((hop, findings) -> {
            if (verbose) {
                findings.forEach(finding -> hopLine(hop, finding, 1));
            } else {
                hopLine(hop, worst(findings), findings.size());
                List<Finding> others = findings.stream()
                        .filter(finding -> finding != worst(findings) && finding.isTrouble())
                        .toList();
                others.stream().limit(MAX_TROUBLES).forEach(finding -> hopLine(hop, finding, 1));
                if (others.size() > MAX_TROUBLES) {
                    line(" ".repeat(DETAIL_COLUMN) + "and " + (others.size() - MAX_TROUBLES) + " more; -v shows all");
                }
            }
        });
        if (result.flow() != null) {
            flow(result.flow());
        }
        line("");
    }

    private void flow(FlowFigures flow) {
        FlowFigures.Latency latency = flow.latencyMs();
        wrap(
                "  flow  ",
                String.format(
                        Locale.ROOT,
                        "sent %d, received %d of %d, lost %d, duplicated %d, reordered %d",
                        flow.sent(),
                        flow.received(),
                        flow.expected(),
                        flow.lost(),
                        flow.duplicated(),
                        flow.reordered()));
        if (flow.received() > 0) {
            wrap(
                    "        ",
                    String.format(
                            Locale.ROOT,
                            "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms",
                            latency.p50(),
                            latency.p95(),
                            latency.p99(),
                            latency.max()));
        }
    }

    private void hopLine(Hop hop, Finding finding, int of) {
        wrap(
                "  " + mark(finding.status()) + "  " + String.format("%-9s", hop.label()) + "  ",
                DETAIL_COLUMN,
                Text.cut(finding.detail(), MAX_DETAIL) + (of > 1 ? "  (" + of + NO_BREAK_SPACE + "checks)" : ""));
        if (verbose) {
            finding.evidence()
                    .forEach(
                            evidence -> wrap(" ".repeat(DETAIL_COLUMN + 2), DETAIL_COLUMN + 2, evidence, style::faint));
        }
    }

    private static Finding worst(List<Finding> findings) {
        return findings.stream()
                .min(Comparator.comparing(finding -> switch (finding.status()) {
                    case FAIL -> 0;
                    case WARN -> 1;
                    case PASS -> 2;
                    case SKIP -> 3;
                    case INFO -> 4;
                }))
                .orElseThrow();
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
        String took = String.format(Locale.ROOT, "(%.1f s)", result.duration().toNanos() / 1e9)
                + embedded(result.target().embedded(), ", of the %s; --url tests your own server");
        if (result.interrupted() && result.isNothingWrong()) {
            wrap(style.doubtful("INTERRUPTED") + ", ", 13, "nothing wrong so far " + took);
        } else {
            switch (result.verdict()) {
                case HEALTHY -> wrap(style.good("HEALTHY") + " ", 8, asFarAs(result) + took);
                case DEGRADED -> wrap(style.doubtful("DEGRADED") + " ", 9, asFarAs(result) + took);
                case BROKEN ->
                    wrap(
                            style.bad("BROKEN") + " ",
                            7,
                            "at " + firstBroken(result).label() + " " + took);
            }
        }
        result.diagnoses().forEach(this::diagnosis);
        skipped(result);
    }

    private static String asFarAs(Result result) {
        return result.notTested().isEmpty() ? "" : "as far as tested: the application's events were not ";
    }

    private static Hop firstBroken(Result result) {
        return result.diagnoses().stream()
                .filter(diagnosis -> diagnosis.severity() == Severity.ERROR)
                .map(Diagnosis::hop)
                .findFirst()
                .orElseThrow();
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

    private void skipped(Result result) {
        Map<String, String> waiting = new LinkedHashMap<>();
        result.checks().stream()
                .map(Result.Check::finding)
                .filter(finding -> finding.status() == Status.SKIP)
                .forEach(finding -> waiting.merge(
                        finding.detail(),
                        finding.hop().label(),
                        (one, other) -> one.contains(other) ? one : one + ", " + other));
        if (!result.unreached().isEmpty()) {
            waiting.put(Result.INTERRUPTED, Result.labels(result.unreached()));
        }
        if (!waiting.isEmpty()) {
            line("");
            waiting.forEach((detail, hops) -> wrap("not tested: ", hops + ": " + detail));
        }
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
