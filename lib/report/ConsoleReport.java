package siodiag;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The result for people: a line a hop, then the verdict with its cause, its evidence and what to do. */
final class ConsoleReport {
    private static final int WIDTH = 100;
    private static final int LONGEST_DETAIL = 220;
    private static final int MOST_TROUBLES = 3;

    private final PrintWriter out;
    private final Style style;
    private final boolean verbose;
    private final boolean quiet;

    ConsoleReport(PrintWriter out, Style style, boolean verbose, boolean quiet) {
        this.out = out;
        this.style = style;
        this.verbose = verbose;
        this.quiet = quiet;
    }

    void render(Result result) {
        if (!quiet) {
            head(result);
            hops(result);
        }
        if (result.interrupted()) {
            line(style.doubtful("interrupted") + ": what follows is what was measured so far");
        }
        verdict(result);
        out.flush();
    }

    private void head(Result result) {
        Target target = result.target();
        line(style.bold(result.tool()) + "  " + target.url() + (target.embedded() ? " (embedded monitor)" : "") + "  path "
                + target.path() + "  " + Text.count(target.namespaces().size(), "namespace")
                + (target.flow() == null ? "" : "  flow " + target.flow().name()));
        line("");
    }

    private void hops(Result result) {
        Map<Hop, List<Finding>> byHop = result.checks().stream().map(Result.Check::finding)
                .collect(Collectors.groupingBy(Finding::hop, LinkedHashMap::new, Collectors.toList()));
        byHop.forEach((hop, findings) -> {
            if (verbose) {
                findings.forEach(finding -> hopLine(hop, finding, 1));
            } else {
                hopLine(hop, worst(findings), findings.size());
                List<Finding> others = findings.stream()
                        .filter(finding -> finding != worst(findings) && finding.isTrouble()).toList();
                others.stream().limit(MOST_TROUBLES).forEach(finding -> hopLine(hop, finding, 1));
                if (others.size() > MOST_TROUBLES) {
                    line("                   and " + (others.size() - MOST_TROUBLES) + " more; -v shows all");
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
        line(String.format(Locale.ROOT, "  flow  sent %d, received %d of %d, lost %d, duplicated %d, reordered %d",
                flow.sent(), flow.received(), flow.expected(), flow.lost(), flow.duplicated(), flow.reordered())
                + (flow.received() == 0 ? "" : String.format(Locale.ROOT,
                        "; p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms", latency.p50(), latency.p95(),
                        latency.p99(), latency.max())));
    }

    private void hopLine(Hop hop, Finding finding, int of) {
        String others = of > 1 ? style.faint("  (" + of + " checks)") : "";
        line("  " + mark(finding.status()) + "  " + String.format("%-9s", hop.label()) + "  "
                + Text.cut(finding.detail(), LONGEST_DETAIL) + others);
        if (verbose) {
            finding.evidence().forEach(evidence -> line("                     " + style.faint(evidence)));
        }
    }

    private static Finding worst(List<Finding> findings) {
        return findings.stream().min(Comparator.comparing(finding -> switch (finding.status()) {
            case FAIL -> 0;
            case WARN -> 1;
            case PASS -> 2;
            case SKIP -> 3;
            case INFO -> 4;
        })).orElseThrow();
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
        String took = String.format(Locale.ROOT, " (%.1f s)", result.duration().toNanos() / 1e9)
                + (result.target().embedded() ? ", of the embedded monitor; --url tests a server of yours" : "");
        switch (result.verdict()) {
            case HEALTHY -> line(result.interrupted() ? style.doubtful("INTERRUPTED") + ", nothing wrong so far" + took
                    : style.good("HEALTHY") + took);
            case DEGRADED -> line(style.doubtful("DEGRADED") + took);
            case BROKEN -> line(style.bad("BROKEN") + " at " + firstBroken(result).label() + took);
        }
        result.diagnoses().forEach(this::diagnosis);
        skipped(result);
    }

    private static Hop firstBroken(Result result) {
        return result.diagnoses().stream().filter(diagnosis -> diagnosis.severity() == Severity.ERROR)
                .map(Diagnosis::hop).findFirst().orElseThrow();
    }

    private void diagnosis(Diagnosis diagnosis) {
        line("");
        String cause = diagnosis.severity() == Severity.ERROR ? style.bad(diagnosis.cause().id())
                : style.doubtful(diagnosis.cause().id());
        line(cause + " (" + diagnosis.hop().label() + ", " + diagnosis.severity().label() + ")");
        wrap("", diagnosis.summary());
        line("  seen:");
        diagnosis.evidence().forEach(evidence -> wrap("  - ", evidence));
        line("  do:");
        wrap("    ", diagnosis.fix());
    }

    private void skipped(Result result) {
        Map<String, String> waiting = new LinkedHashMap<>();
        result.checks().stream().map(Result.Check::finding).filter(finding -> finding.status() == Status.SKIP)
                .forEach(finding -> waiting.merge(finding.detail(), finding.hop().label(),
                        (one, other) -> one.contains(other) ? one : one + ", " + other));
        if (result.interrupted()) {
            waiting.put("interrupted before", result.unreached());
        }
        if (!waiting.isEmpty()) {
            line("");
            waiting.forEach((detail, hops) -> line("not tested: " + hops + ": " + detail));
        }
    }

    private void wrap(String indent, String text) {
        String prefix = "  " + indent;
        StringBuilder current = new StringBuilder(prefix);
        for (String word : text.split(" ")) {
            if (current.length() + word.length() > WIDTH && current.length() > prefix.length()) {
                line(current.toString().stripTrailing());
                current = new StringBuilder(" ".repeat(prefix.length()));
            }
            current.append(word).append(' ');
        }
        line(current.toString().stripTrailing());
    }

    private void line(String text) {
        out.println(style.plain(text));
    }
}
