package siodiag.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import siodiag.catalogue.Hop;
import siodiag.command.TargetOptions;
import siodiag.core.Json;
import siodiag.core.Style;
import siodiag.diagnosis.Verdict;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.target.Target;

/** What people read: within the width of their terminal, in the words of the JSON. */
class ConsoleReportTest {
    private static final Finding CONNECTED = Finding.pass("tcp.connect", Hop.TCP, "connected");
    private static final Finding REFUSED = Finding.fail(
            "tcp.connect",
            Hop.TCP,
            Symptom.TCP_REFUSED,
            "localhost:8765",
            "no connection to 127.0.0.1:8765 and none to [::1]:8765, which is the other address of this name",
            "127.0.0.1:8765: connection refused after 0.4 ms, which is how a machine answers where nothing listens");

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 100})
    void no_line_is_wider_than_the_terminal(int width) {
        List<String> lines = render(result(false, REFUSED), new Style(false, true, width), true)
                .lines()
                .toList();
        lines.forEach(line -> assertTrue(line.length() <= width, line));
        assertTrue(lines.stream().anyMatch(line -> line.length() > width - 15), "the width is not used");
    }

    @Test
    void words_stay_whole() {
        String text =
                render(result(false, REFUSED), new Style(false, true, 40), true).replaceAll("\\s+", " ");
        assertTrue(
                text.contains(REFUSED.detail())
                        && text.contains(REFUSED.evidence().get(0)),
                text);
    }

    @Test
    void the_parts_of_a_diagnosis_are_called_as_in_the_json() {
        List<String> lines = render(result(false, REFUSED), new Style(false, true, 100), false)
                .lines()
                .map(String::strip)
                .toList();
        assertTrue(lines.containsAll(List.of("evidence:", "fix:")), lines.toString());
    }

    @Test
    void colour_does_not_count_as_width_and_can_be_switched_off() {
        String plain = render(result(false, CONNECTED, REFUSED), new Style(false, true, 60), true);
        String coloured = render(result(false, CONNECTED, REFUSED), new Style(true, true, 60), true);
        assertFalse(plain.contains("\u001b"), plain);
        assertTrue(coloured.contains("\u001b[31m\u001b[1mBROKEN\u001b[0m"), coloured);
        assertEquals(plain, coloured.replaceAll("\u001b\\[[\\d;]*m", ""));
    }

    @Test
    void a_run_that_did_not_finish_is_not_healthy() {
        Result interrupted = result(true, CONNECTED);
        assertEquals(Verdict.DEGRADED, interrupted.verdict());
        String text = render(interrupted, new Style(false, true, 100), false);
        assertTrue(text.contains("INTERRUPTED, nothing wrong so far (1.0 s)") && !text.contains("HEALTHY"), text);
        JsonNode json = Json.parse(JsonReport.render(interrupted));
        assertEquals("degraded", json.path("verdict").asText());
        assertTrue(json.path("interrupted").asBoolean());
        List<String> notTested = new ArrayList<>();
        json.path("notTested").forEach(one -> notTested.add(one.path("hop").asText()));
        assertEquals(
                List.of("resolve", "http", "engine", "transport", "namespace", "auth", "event", "relay", "session"),
                notTested);
    }

    @Test
    void a_run_that_is_stopped_after_its_last_hop_keeps_its_verdict() {
        List<Finding> all = new ArrayList<>();
        for (Hop hop : Hop.values()) {
            all.add(Finding.pass(hop.label() + ".check", hop, "fine"));
        }
        assertEquals(Verdict.HEALTHY, result(true, all.toArray(Finding[]::new)).verdict());
    }

    @Test
    void quiet_is_the_verdict_and_a_line_a_cause() {
        StringWriter text = new StringWriter();
        new ConsoleReport(new PrintWriter(text), new Style(false, true, 160), false, true)
                .render(result(false, CONNECTED, REFUSED));
        List<String> lines = text.toString().lines().toList();
        assertEquals(2, lines.size(), text.toString());
        assertEquals("BROKEN at tcp (1.0 s)", lines.get(0));
        assertTrue(lines.get(1).startsWith("  connection-refused: Nothing listens at localhost:8765."), lines.get(1));
    }

    @Test
    void ends_with_what_to_run_next() {
        String text = render(result(false, CONNECTED), new Style(false, true, 160), false);
        assertTrue(
                text.endsWith(
                        """

                        next: see whether an idle connection lasts
                          ./jbang run-all --url http://localhost:8765 --idle 120
                        """),
                text);
    }

    private static Result result(boolean interrupted, Finding... findings) {
        Target target = CommandLine.populateCommand(new TargetOptions(), "--url", "http://localhost:8765")
                .target();
        return Results.of(target, interrupted, findings);
    }

    private static String render(Result result, Style style, boolean verbose) {
        StringWriter text = new StringWriter();
        new ConsoleReport(new PrintWriter(text), style, verbose, false).render(result);
        return text.toString();
    }
}
