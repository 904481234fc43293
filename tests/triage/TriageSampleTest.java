package siodiag.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.harness.Project;

/** A report with failures of all kinds; a real project's that lies beside the repository is read as well, where it is there. */
class TriageSampleTest {
    private static final Path MIXED = Project.root().resolve("tests/triage/recorded/mixed/report.xml");
    private static final Path NEIGHBOUR =
            Project.root().resolve("../shared/triage/sample.xml").normalize();

    @TempDir
    Path folder;

    static Stream<Path> reports() {
        return Stream.of(MIXED, NEIGHBOUR).filter(Files::exists);
    }

    @Test
    void network_and_http_holds_its_six_failures_in_three_patterns() {
        Triaged triaged = Triaged.run(folder, MIXED);
        assertEquals(0, triaged.exitCode(), triaged.err());
        assertEquals(6, triaged.data().get("network_and_http").get("count").asInt());
        assertEquals(List.of(4, 1, 1), triaged.patternCounts("network_and_http"));
        String page = triaged.page("network_and_http");
        for (String row :
                List.of("| `SocketIOServerError` | 4 |", "| `AssertionError` | 1 |", "| `RuntimeError` | 1 |")) {
            assertTrue(page.contains(row), row);
        }
    }

    @Test
    void the_hypothesis_counts_and_names_the_frame_that_all_share() {
        assertTrue(Triaged.run(folder, MIXED)
                .page("network_and_http")
                .contains("4 of 6 say `Failed to start Socket.IO server within 30s`, all "
                        + "from the same frame `src/orders/live/server/core.py:142` in `start_sync`"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void every_failure_is_in_exactly_one_category_and_the_counts_agree_everywhere(Path report) throws IOException {
        int failures = Files.readString(report).split("<testcase ").length - 1;
        Triaged triaged = Triaged.run(folder, report);
        assertEquals(failures, triaged.categoryOfEach().size());
        int sum = 0;
        for (Map.Entry<String, JsonNode> category : triaged.data().properties()) {
            int count = category.getValue().get("count").asInt();
            assertEquals(count, category.getValue().get("nodeids").size());
            assertEquals(
                    count,
                    triaged.patternCounts(category.getKey()).stream()
                            .mapToInt(Integer::intValue)
                            .sum());
            assertTrue(
                    triaged.page(category.getKey()).contains("- Total failures: " + count + "\n"), category.getKey());
            assertTrue(triaged.page("index")
                    .contains(
                            "[" + category.getKey() + "](categories/" + category.getKey() + ".md) | " + count + " |"));
            sum += count;
        }
        assertEquals(failures, sum);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void the_same_report_gives_the_same_pages_byte_for_byte(Path report, @TempDir Path again) throws IOException {
        Triaged.run(folder, report);
        Triaged.run(again, report);
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertEquals(-1, Files.mismatch(file, again.resolve(folder.relativize(file))), file.toString());
            }
        }
    }
}
