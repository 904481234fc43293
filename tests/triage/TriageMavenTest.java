package siodiag.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.Child;
import siodiag.harness.Project;

/** The project below {@code failing/jvm}, tested by Maven itself: JUnit 4 and Jupiter tests that fail on purpose. */
class TriageMavenTest {
    static final Path FAILING = Project.root().resolve("tests/triage/failing/jvm");
    /** By the test's method, whose name lies. */
    static final Map<String, String> EXPECTED = new TreeMap<>(Map.ofEntries(
            Map.entry("databaseTimeout", "network_and_http"), Map.entry("importError", "network_and_http"),
            Map.entry("connectionRefused", "timeouts"), Map.entry("assertsNothing", "imports_and_env"),
            Map.entry("network", "file_and_fs"), Map.entry("fileNotFound", "db_and_migrations"),
            Map.entry("socketTimeoutSetting", "assertion_failures"),
                    Map.entry("saysConnectionRefused", "assertion_failures"),
            Map.entry("events", "assertion_failures"), Map.entry("typeError", "attribute_errors"),
            Map.entry("nullPointer", "type_errors"), Map.entry("keyError", "value_errors"),
            Map.entry("valueError", "key_errors"), Map.entry("notImplemented", "runtime_errors"),
            Map.entry("runtime", "not_implemented"), Map.entry("known", "unknown")));

    @TempDir
    static Path project;

    static Path out;
    static Triaged triaged;

    @BeforeAll
    static void test_with_maven() throws IOException {
        copy(FAILING, project);
        run("mvn", "-B", "-q", "test");
        out = project.resolve("triage");
        triaged = Triaged.run(out, project.resolve("target/surefire-reports"));
        assertEquals(0, triaged.exitCode(), triaged.err());
    }

    @Test
    void each_failure_is_where_its_cause_is() {
        assertEquals(EXPECTED, named(triaged));
        assertEquals("fixtures_and_setup", triaged.categoryOfEach().get("example.BrokenSetUpTest"));
    }

    @Test
    void the_runs_of_a_parametrised_test_are_one_pattern() {
        assertEquals(List.of(3, 1, 1, 1, 1), triaged.patternCounts("assertion_failures"));
    }

    @Test
    void the_command_on_the_page_runs_that_test_alone() {
        String command = triaged.page("not_implemented")
                .lines()
                .filter(line -> line.startsWith("mvn ") && line.contains("Inner"))
                .findFirst()
                .orElseThrow();
        String said = run("sh", "-c", command + " -B");
        assertTrue(said.contains("Tests run: 1, Failures: 0, Errors: 1"), said);
    }

    @Test
    void markdown_in_a_message_stays_in_its_block() {
        assertEquals(
                List.of(
                        "A. Snapshot",
                        "B. Representative Examples",
                        "C. Hypotheses",
                        "D. Investigation Checklist",
                        "E. Targeted Repo Queries",
                        "F. Minimal Reproduction Plan",
                        "G. Follow-up Prompt"),
                MarkdownOutline.headings(triaged.page("assertion_failures"), 2));
    }

    /** The categories of the tests with lying names. */
    static Map<String, String> named(Triaged triaged) {
        Map<String, String> found = new TreeMap<>();
        String prefix = "example.MisleadingNamesTest#";
        triaged.categoryOfEach().forEach((id, category) -> {
            if (id.startsWith(prefix)) {
                found.put(id.substring(prefix.length()), category);
            }
        });
        return found;
    }

    private static String run(String... command) {
        try (Child child = Child.start(project, Map.of(), List.of(command))) {
            child.exitCode(Duration.ofSeconds(240));
            return child.out() + child.err();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
