package siodiag.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.catalogue.Hop;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.ledger.FlowFigures;
import siodiag.ledger.FlowTimeline;

/** {@code --report}, both forms: what a colleague needs is there, and nothing that a server said becomes markup. */
class ReportPageTest {
    private static final Finding LOST = Finding.fail(
            "relay./.chat message",
            Hop.RELAY,
            Symptom.OTHER_EVENT,
            "\"chat message\" arrives as \"chat_message\"",
            "\"chat message\" to /: sent 10, received 0 of 20",
            "expected \"chat message\" in /; arrived as \"chat_message\" in /");

    private static final FlowFigures FIGURES =
            new FlowFigures(10, 20, 19, 1, 0, 0, new FlowFigures.Latency(1.5, 3.8, 3.9, 4));

    static Stream<Function<Result, String>> forms() {
        return Stream.of(MarkdownReport::render, HtmlReport::render);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void tells_verdict_cause_evidence_fix_command_and_versions(Function<Result, String> form) {
        String page = unescaped(form.apply(Results.of(
                Results.target("--url", "http://localhost:3000"),
                FIGURES,
                FlowTimeline.NONE,
                Finding.pass("engine.handshake", Hop.ENGINE, "Engine.IO 4, Node socket.io"),
                LOST)));
        for (String part : List.of(
                "BROKEN at relay",
                "Events are relayed under another name: \"chat message\" arrives as \"chat_message\".",
                "wrong-event (relay, error)",
                "expected \"chat message\" in /; arrived as \"chat_message\" in /",
                "Emit under the name that the clients listen for",
                "./jbang e2e --url http://localhost:3000",
                "Engine.IO 4, Node socket.io",
                "namespaces / (the protocol's default)",
                "2026-01-31T10:00:00Z, 1.0 s",
                "Socket.IO diagnostics 1.0.0, Java ",
                "p50 1.5 ms, p95 3.8 ms, p99 3.9 ms, max 4.0 ms")) {
            assertTrue(page.contains(part), part + " is missing in:\n" + page);
        }
        assertFalse(page.contains("## A. Snapshot") || page.contains("Follow-up Prompt"), page);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void a_healthy_result_is_a_page_too(Function<Result, String> form) {
        String page = form.apply(Results.of(
                Results.target("--url", "http://localhost:3000"),
                false,
                Finding.pass("tcp.connect", Hop.TCP, "connected"),
                Finding.untested("event.flow", Hop.EVENT, "no flow is stated")));
        assertTrue(page.contains("HEALTHY as far as tested: the application"), page);
        assertTrue(page.contains("no flow is stated"), page);
    }

    @Test
    void html_holds_no_markup_from_outside_and_loads_nothing() {
        String evil = "<script>alert(1)</script>\u001b[2J\"'><img src=x onerror=alert(1)>";
        FlowTimeline flow = new FlowTimeline(List.of(new FlowTimeline.Event(evil, 0, List.of(1.0), 1)));
        String page = HtmlReport.render(Results.of(
                Results.target(),
                FIGURES,
                flow,
                Finding.fail(evil, Hop.RELAY, Symptom.PARTLY_LOST, evil, evil, evil),
                Finding.pass("engine.handshake", Hop.ENGINE, evil)));
        assertFalse(page.contains("<script") || page.contains("<img") || page.contains("\u001b"), page);
        assertFalse(page.contains("src=\"") || page.contains("href=\""), page);
        assertTrue(page.contains("default-src 'none'"), page);
    }

    @Test
    void markdown_holds_no_markup_from_outside() {
        String evil = "| x | </td>\n# heading\n```\n[link](http://evil.example)";
        String page = MarkdownReport.render(Results.of(
                Results.target(), false, Finding.fail("relay.x", Hop.RELAY, Symptom.PARTLY_LOST, evil, evil, evil)));
        String escaped = "\\| x \\| \\</td\\>\\\\n\\# heading\\\\n\\`\\`\\`\\\\n\\[link\\](http://evil.example)";
        assertTrue(page.contains("\n\nSome events never arrive: " + escaped + ".\n\n"), page);
        assertFalse(page.lines().anyMatch(line -> line.equals("# heading")), page);
    }

    @Test
    void the_charts_show_every_event_and_mark_the_lost_ones() {
        List<FlowTimeline.Event> events = List.of(
                new FlowTimeline.Event("\"say\" to /", 0, List.of(1.0, 2.0), 2),
                new FlowTimeline.Event("\"say\" to /", 5, List.of(7.5), 2),
                new FlowTimeline.Event("\"hear\" to /", 6, List.of(), 2));
        String page = HtmlReport.render(Results.of(Results.target(), FIGURES, new FlowTimeline(events), LOST));
        assertEquals(1, count(page, "class=\"sent\""));
        assertEquals(2, count(page, "class=\"lost\""));
        assertEquals(24, count(page, "class=\"bar\""));
        assertTrue(page.contains("&quot;say&quot; to / (2)"), page);
    }

    private static int count(String page, String part) {
        return page.split(Pattern.quote(part), -1).length - 1;
    }

    private static String unescaped(String page) {
        return page.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&gt;", ">")
                .replaceAll("\\\\([\\\\`*_\\[\\]<>#|~])", "$1");
    }
}
