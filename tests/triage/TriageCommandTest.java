package siodiag.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.Toolkit;

class TriageCommandTest {
    @TempDir
    Path folder;

    @Test
    void equal_failures_meet_and_different_ones_stay_apart() throws IOException {
        Path report = report(
                "a",
                "ValueError: port 8765 at 0x7f3a11 is bad",
                "ValueError: port 9000 at 0x7f3a99 is bad",
                "ValueError: host 8765 at 0x7f3a11 is bad",
                "ModuleNotFoundError: No module named 'aiohttp'",
                "ModuleNotFoundError: No module named 'socketio'");
        JsonNode data = Triaged.run(folder.resolve("out"), report).data();
        assertEquals(
                2,
                data.at("/value_errors/subpatterns/ValueError: port <N> at <HEX> is bad/count")
                        .asInt());
        assertEquals(2, data.get("value_errors").get("subpatterns").size());
        assertEquals(2, data.get("imports_and_env").get("subpatterns").size());
    }

    @Test
    void quoted_values_meet_where_they_are_the_only_difference_and_seen_once_each() throws IOException {
        Path report = report(
                "a",
                "AttributeError: 'Hub' object has no attribute 'emit'",
                "AttributeError: 'Hub' object has no attribute 'join'",
                "AttributeError: 'Room' object has no attribute 'sid'",
                "AttributeError: 'Room' object has no attribute 'sid'");
        JsonNode patterns = Triaged.run(folder.resolve("out"), report).data().at("/attribute_errors/subpatterns");
        assertEquals(
                2,
                patterns.get("AttributeError: <VALUE> object has no attribute <VALUE>")
                        .get("count")
                        .asInt());
        assertEquals(
                2,
                patterns.get("AttributeError: 'Room' object has no attribute 'sid'")
                        .get("count")
                        .asInt());
    }

    @Test
    void the_runs_of_a_parametrised_test_do_not_make_its_value_recur() throws IOException {
        String run =
                "<testcase classname='tests.test_%s' name='test_%s[%d]'><failure message=\"AttributeError: 'Hub' object has no attribute '%s'\"/></testcase>";
        StringBuilder xml = new StringBuilder("<testsuite name='pytest'>");
        for (String attribute : List.of("emit", "join")) {
            for (int parameter = 0; parameter < 3; parameter++) {
                xml.append(String.format(run, attribute, attribute, parameter, attribute));
            }
        }
        Path report = Files.writeString(folder.resolve("runs.xml"), xml.append("</testsuite>"));
        assertEquals(List.of(6), Triaged.run(folder.resolve("out"), report).patternCounts("attribute_errors"));
    }

    @Test
    void the_data_holds_what_the_contract_names() throws IOException {
        JsonNode category = Triaged.run(folder.resolve("out"), report("a", "KeyError: 'sid'"))
                .data()
                .get("key_errors");
        assertEquals(1, category.get("count").asInt());
        assertEquals("tests/test_a.py::test_0", category.get("nodeids").get(0).asText());
        JsonNode pattern = category.get("subpatterns").get("KeyError: 'sid'");
        assertEquals(1, pattern.get("count").asInt());
        assertEquals(
                "tests/test_a.py::test_0", pattern.get("sample_nodeids").get(0).asText());
        assertEquals("KeyError", pattern.get("exc_type").asText());
        assertEquals("'sid'", pattern.get("sample_message").asText());
    }

    @Test
    void what_an_assertion_expects_is_not_what_happened() throws IOException {
        Path report = report(
                "a",
                "AssertionError: an invalid token should be refused",
                "AssertionError: server not running must give False",
                "AssertionError: Failed to connect to the hub");
        JsonNode data = Triaged.run(folder.resolve("out"), report).data();
        assertEquals(2, data.get("assertion_failures").get("count").asInt());
        assertEquals(1, data.get("network_and_http").get("count").asInt());
    }

    @Test
    void a_page_without_failures_has_its_seven_sections_too() {
        assertEquals(
                7,
                MarkdownOutline.headings(CategoryPage.render("run-all: healthy", List.of(), List.of()), 2)
                        .size());
    }

    @Test
    void compare_says_what_is_new_gone_and_grown() throws IOException {
        Path old = folder.resolve("old");
        Triaged.run(old, report("a", "KeyError: 'sid'", "ValueError: bad"));
        Triaged now = Triaged.run(
                folder.resolve("now"),
                report("a", "KeyError: 'sid'", "KeyError: 'sid'", "TypeError: no"),
                "--compare",
                old);
        String index = now.page("index");
        assertTrue(index.contains("| grown | `key_errors` | `KeyError: 'sid'` | 1 | 2 |"), index);
        assertTrue(index.contains("| new | `type_errors` | `TypeError: no` | 0 | 1 |"), index);
        assertTrue(index.contains("| gone | `value_errors` | `ValueError: bad` | 1 | 0 |"), index);
    }

    @Test
    void a_page_of_a_category_that_is_empty_now_is_removed() throws IOException {
        Path out = folder.resolve("out");
        Triaged.run(out, report("a", "KeyError: 'sid'"));
        Triaged.run(out, report("a", "ValueError: bad"));
        assertFalse(Files.exists(out.resolve("categories/key_errors.md")));
        assertTrue(Files.exists(out.resolve("categories/value_errors.md")));
    }

    @Test
    void rules_of_ones_own_come_first() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.json"),
                """
                [ { "id": "broadcast", "category": "our_broadcasts", "when": [ { "type": ["*Error"], "says": ["broadcast"] } ],
                    "because": "the hub is down" } ]
                """);
        Triaged triaged =
                Triaged.run(folder.resolve("out"), report("a", "ValueError: Broadcast failed"), "--rules", rules);
        assertTrue(triaged.page("our_broadcasts").contains("Probably: the hub is down."));
    }

    @Test
    void wrong_usage_is_one_line_that_says_what_would_be_right() throws IOException {
        Path broken = Files.writeString(
                folder.resolve("rules.json"), "[ { \"id\": \"x\", \"category\": \"Bad Name\", \"when\": [] } ]");
        Path report = report("a", "KeyError: 'sid'");
        for (List<Object> wrong : List.of(
                List.<Object>of(folder.resolve("nothing.xml")),
                List.<Object>of(Files.createDirectory(folder.resolve("none"))),
                List.<Object>of(report, "--rules", broken),
                List.<Object>of(report, "--compare", folder),
                List.<Object>of(report, "--format", "yaml"))) {
            Triaged triaged = Triaged.run(folder.resolve("out"), wrong.toArray());
            assertEquals(64, triaged.exitCode(), wrong + triaged.err());
            assertEquals(1, triaged.err().lines().count(), triaged.err());
        }
        Triaged unwritable =
                Triaged.run(Files.writeString(folder.resolve("file"), "").resolve("out"), report);
        assertEquals(70, unwritable.exitCode());
        assertEquals(1, unwritable.err().lines().count(), unwritable.err());
    }

    @Test
    void the_toolkits_own_report_is_read_by_its_causes() throws IOException {
        Path own = Files.writeString(
                folder.resolve("own.xml"),
                """
                <testsuite name="conn-auth"><testcase classname="conn-auth.auth" name="auth.valid-token">
                <failure type="token-rejected" message="the server refuses the token">CONNECT_ERROR</failure></testcase></testsuite>
                """);
        String page = Triaged.run(folder.resolve("out"), own).page("network_and_http");
        assertTrue(page.contains("./jbang conn-auth") && page.contains("`token-rejected`"), page);
    }

    @Test
    void json_on_standard_output_is_all_there_is_on_it() throws IOException {
        Toolkit.Run run =
                Toolkit.run("scripts/Triage.java", report("a", "KeyError: 'é'").toString(), "--format", "json");
        assertEquals(0, run.exitCode(), run.err());
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertEquals(1, json.get("failures").asInt());
        assertEquals(1, json.at("/categories/key_errors/count").asInt());
    }

    @Test
    void a_report_larger_than_the_heap_is_read() throws IOException {
        Path report = folder.resolve("large.xml");
        String frame = "tests/test_a.py:3: in test\\n    " + "x".repeat(1000) + "\\n";
        try (BufferedWriter xml = Files.newBufferedWriter(report)) {
            xml.write("<testsuite name='pytest'>");
            for (int test = 0; test < 20_000; test++) {
                xml.write("<testcase classname='tests.test_a' name='test_" + test
                        + "'><failure message='ValueError: bad'>" + frame.repeat(5) + "</failure></testcase>\n");
            }
            xml.write("</testsuite>");
        }
        assertTrue(Files.size(report) > 100_000_000, "only " + Files.size(report));
        Toolkit.Run run = Toolkit.run("run", "--runtime-option=-Xmx64m", "scripts/Triage.java", report.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("20000 failures of 20000 tests"), run.out());
    }

    private Path report(String name, String... messages) throws IOException {
        StringBuilder xml = new StringBuilder("<testsuite name='pytest'>");
        for (int test = 0; test < messages.length; test++) {
            xml.append("<testcase classname='tests.test_")
                    .append(name)
                    .append("' name='test_")
                    .append(test)
                    .append("'><failure message=\"")
                    .append(messages[test])
                    .append("\"/></testcase>");
        }
        return Files.writeString(folder.resolve(name + ".xml"), xml.append("</testsuite>"));
    }
}
