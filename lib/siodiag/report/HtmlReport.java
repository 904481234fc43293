package siodiag.report;

import java.util.Locale;
import java.util.Map;
import siodiag.catalogue.CauseEntry;
import siodiag.catalogue.Severity;
import siodiag.core.Text;
import siodiag.diagnosis.Diagnosis;
import siodiag.finding.Status;
import siodiag.ledger.FlowFigures;

/** The result for a colleague as one page that needs nothing else: no script, no picture, no font from elsewhere. */
public final class HtmlReport {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%s</title>
            <style>
            :root { --bg: #f4f5f9; --panel: #fff; --ink: #171a24; --muted: #596073; --line: #e0e3ec; --ok: #14794a;
              --warn: #955400; --bad: #c4262e; --accent: #4457d6; color-scheme: light; }
            @media (prefers-color-scheme: dark) { :root { --bg: #0d0f15; --panel: #161923; --ink: #e9ecf4; --muted: #9ba3b6;
              --line: #2a2f3d; --ok: #52cf93; --warn: #f0b14f; --bad: #ff7d7d; --accent: #93a2ff; color-scheme: dark; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", sans-serif; }
            main { max-width: 860px; margin: 0 auto; padding: 16px; display: grid; gap: 16px; }
            section { background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 16px; min-width: 0; }
            h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.05rem; margin: 0 0 8px; } p { margin: 0 0 8px; }
            .healthy, .pass { color: var(--ok); } .degraded, .warn { color: var(--warn); } .broken, .fail { color: var(--bad); }
            .info, .skip { color: var(--muted); }
            ol.hops { list-style: none; display: flex; flex-wrap: wrap; gap: 8px 4px; margin: 0; padding: 0; }
            ol.hops li { flex: 1 1 84px; border-top: 4px solid currentColor; padding-top: 6px; font-weight: 600; }
            dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 16px; margin: 0; }
            dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
            ul { margin: 0 0 8px; padding-left: 20px; } li, td { overflow-wrap: anywhere; }
            table { width: 100%%; border-collapse: collapse; } th, td { text-align: left; padding: 4px 8px 4px 0; vertical-align: top; }
            tr + tr td { border-top: 1px solid var(--line); } code, li.evidence { font: .88em/1.5 ui-monospace, Menlo, Consolas, monospace; }
            svg { width: 100%%; height: auto; font: 11px system-ui, sans-serif; } svg text { fill: var(--muted); }
            .bar { fill: var(--accent); } .sent { stroke: var(--accent); fill: none; opacity: .7; } .lost { stroke: var(--bad); stroke-width: 2; fill: none; }
            summary { cursor: pointer; font-weight: 600; }
            </style>
            </head>
            <body>
            <main>
            """;

    private HtmlReport() {}

    public static String render(Result result) {
        String verdict = Facts.verdict(result);
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT, HEAD, Html.escape(verdict + ", " + result.target().url())));
        page.append("<section>\n").append(Html.element("h1", result.verdict().label(), verdict));
        result.diagnoses().stream().findFirst().ifPresent(root -> page.append(Html.element("p", root.summary())));
        page.append("</section>\n");
        hops(page, result);
        result.diagnoses().forEach(diagnosis -> diagnosis(page, diagnosis));
        figures(page, result);
        facts(page, result);
        checks(page, result);
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void hops(StringBuilder page, Result result) {
        page.append("<section>\n<h2>Hops</h2>\n<ol class=\"hops\">\n");
        HopLine.of(result).forEach(line -> page.append("<li class=\"")
                .append(line.status().label())
                .append("\" title=\"")
                .append(Html.escape(Text.cut(line.detail(), 300)))
                .append("\">")
                .append(mark(line.status()))
                .append(' ')
                .append(line.hop().label())
                .append("</li>\n"));
        page.append("</ol>\n<table>\n");
        HopLine.of(result).forEach(line -> page.append("<tr>")
                .append(Html.element("td", line.hop().label()).strip())
                .append(Html.element("td", line.status().label(), line.status().label())
                        .strip())
                .append(Html.element("td", Text.cut(line.detail(), 400)).strip())
                .append("</tr>\n"));
        page.append("</table>\n");
        Map<String, String> skipped = Facts.skipped(result);
        skipped.forEach((why, hops) -> page.append(Html.element("p", "info", "Not tested: " + hops + ": " + why)));
        page.append("</section>\n");
    }

    private static String mark(Status status) {
        return switch (status) {
            case PASS -> "✓";
            case FAIL -> "✗";
            case WARN -> "!";
            case INFO -> "i";
            case SKIP -> "–";
        };
    }

    private static void diagnosis(StringBuilder page, Diagnosis diagnosis) {
        CauseEntry entry = diagnosis.cause().entry();
        String severity = diagnosis.severity() == Severity.INFO
                ? "ignored"
                : diagnosis.severity().label();
        page.append("<section>\n")
                .append(Html.element(
                        "h2",
                        diagnosis.severity() == Severity.ERROR ? "fail" : "warn",
                        diagnosis.cause().id() + " (" + diagnosis.hop().label() + ", " + severity + ")"))
                .append(Html.element("p", diagnosis.summary()))
                .append(Html.element("p", "info", entry.meaning()))
                .append("<p>Evidence:</p>\n<ul>\n");
        diagnosis.evidence().forEach(line -> page.append(Html.element("li", "evidence", line)));
        page.append("</ul>\n<p>Fix:</p>\n").append(Html.element("p", diagnosis.fix()));
        if (!entry.also().isEmpty()) {
            page.append("<p>It could also be:</p>\n<ul>\n");
            entry.also()
                    .forEach(other -> page.append(Html.element(
                            "li", other.what() + (other.command().isEmpty() ? "" : ": " + other.command()))));
            page.append("</ul>\n");
        }
        page.append("</section>\n");
    }

    private static void figures(StringBuilder page, Result result) {
        FlowFigures flow = result.flow();
        if (flow == null) {
            return;
        }
        page.append("<section>\n<h2>Figures</h2>\n").append(Html.element("p", Facts.account(flow)));
        if (flow.received() > 0) {
            page.append(Html.element("p", "latency: " + Facts.latency(flow.latencyMs())))
                    .append(FlowCharts.latencies(result.timeline()));
        }
        page.append(FlowCharts.timeline(result.timeline())).append("</section>\n");
    }

    private static void facts(StringBuilder page, Result result) {
        page.append("<section>\n<h2>What was tested</h2>\n<dl>\n");
        Facts.of(result).forEach((name, value) -> page.append(Html.element("dt", name))
                .append("<dd><code>")
                .append(Html.escape(value))
                .append("</code></dd>\n"));
        NextStep.of(result).ifPresent(next -> page.append(Html.element("dt", "Next"))
                .append("<dd>")
                .append(Html.escape(next.purpose()))
                .append(":<br><code>")
                .append(Html.escape(next.command()))
                .append("</code></dd>\n"));
        page.append("</dl>\n</section>\n");
    }

    private static void checks(StringBuilder page, Result result) {
        page.append("<section>\n<details>\n<summary>All ")
                .append(Text.count(result.checks().size(), "check"))
                .append("</summary>\n<table>\n");
        result.checks().forEach(check -> page.append("<tr>")
                .append(Html.element("td", check.finding().id()).strip())
                .append(Html.element(
                                "td",
                                check.finding().status().label(),
                                check.finding().status().label())
                        .strip())
                .append(Html.element("td", Text.cut(check.finding().detail(), 600))
                        .strip())
                .append("</tr>\n"));
        page.append("</table>\n</details>\n</section>\n");
    }
}
