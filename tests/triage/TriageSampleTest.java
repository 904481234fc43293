package siodiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 197 failures of a real project. They are kept beside the repository, not in it. */
class TriageSampleTest {
    private static final Path SAMPLE = Project.root().resolve("../shared/triage/sample.xml").normalize();

    @TempDir
    static Path folder;
    static Triaged triaged;

    @BeforeAll
    static void triage() {
        Assumptions.assumeTrue(Files.exists(SAMPLE), () -> "the real project's report is not there: " + SAMPLE);
        triaged = Triaged.run(folder, SAMPLE);
        assertEquals(0, triaged.exitCode(), triaged.err());
    }

    @Test
    void network_and_http_holds_its_six_failures_in_three_patterns() {
        assertEquals(6, triaged.data().get("network_and_http").get("count").asInt());
        assertEquals(List.of(4, 1, 1), triaged.patternCounts("network_and_http"));
        String page = triaged.page("network_and_http");
        for (String row : List.of("| `SocketIOServerError` | 4 |", "| `AssertionError` | 1 |", "| `RuntimeError` | 1 |")) {
            assertTrue(page.contains(row), row);
        }
    }

    @Test
    void the_hypothesis_counts_and_names_the_frame_that_all_share() {
        assertTrue(triaged.page("network_and_http").contains("4 of 6 say `Failed to start Socket.IO server within 30s`, all "
                + "through the same frame `src/claude_mpm/services/socketio/server/core.py:190` in `start_sync`"));
    }

    @Test
    void every_failure_is_in_exactly_one_category_and_the_counts_agree_everywhere() {
        assertEquals(197, triaged.categoryOfEach().size());
        int sum = 0;
        for (Map.Entry<String, JsonNode> category : triaged.data().properties()) {
            int count = category.getValue().get("count").asInt();
            assertEquals(count, category.getValue().get("nodeids").size());
            assertEquals(count, triaged.patternCounts(category.getKey()).stream().mapToInt(Integer::intValue).sum());
            assertTrue(triaged.page(category.getKey()).contains("- Total failures: " + count + "\n"), category.getKey());
            assertTrue(triaged.page("index").contains("[" + category.getKey() + "](" + category.getKey() + ".md) | " + count + " |"));
            sum += count;
        }
        assertEquals(197, sum);
    }

    @Test
    void the_same_report_gives_the_same_pages_byte_for_byte(@TempDir Path again) throws Exception {
        Triaged.run(again, SAMPLE);
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertEquals(-1, Files.mismatch(file, again.resolve(folder.relativize(file))), file.toString());
            }
        }
    }
}
