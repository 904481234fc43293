package siodiag.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.harness.Project;

/**
 * The tests below {@code failing/python} fail on purpose, each for another cause, under names that lie about it. Their
 * report is recorded (pytest 7.2.1, {@code --tb=short}); where pytest is installed, its three styles are made anew.
 */
class TriagePytestTest {
    private static final Path TESTS = Project.root().resolve("tests/triage/failing/python");
    private static final Path RECORDED = Project.root().resolve("tests/triage/recorded/pytest/report.xml");
    private static final Map<String, List<String>> EXPECTED = Map.ofEntries(
            Map.entry(
                    "network_and_http",
                    List.of(
                            "TestTimeoutsAndMigrations::test_migration_timeout",
                            "TestTimeoutsAndMigrations::test_database",
                            "TestTimeoutsAndMigrations::test_import_error",
                            "TestTimeoutsAndMigrations::test_key_error",
                            "TestTimeoutsAndMigrations::test_handles_wrapped_refusal",
                            "TestTimeoutsAndMigrations::test_http_status",
                            "test_fixture_without_server")),
            Map.entry("timeouts", List.of("test_connection_refused", "test_file_not_found")),
            Map.entry(
                    "imports_and_env",
                    List.of("test_database_is_locked", "test_assertion", "test_program", "test_environment")),
            Map.entry(
                    "fixtures_and_setup",
                    List.of(
                            "test_path",
                            "test_fixture",
                            "test_fixture_breaks",
                            "test_teardown",
                            "SetUpBreaks::test_nothing")),
            Map.entry("file_and_fs", List.of("test_socket", "test_http")),
            Map.entry("db_and_migrations", List.of("test_server")),
            Map.entry("attribute_errors", List.of("test_attribute")),
            Map.entry("type_errors", List.of("test_connection")),
            Map.entry("value_errors", List.of("test_json")),
            Map.entry("key_errors", List.of("test_socket_key", "test_list")),
            Map.entry("runtime_errors", List.of("test_event_loop")),
            Map.entry("not_implemented", List.of("test_timeout")),
            Map.entry(
                    "assertion_failures",
                    List.of(
                            "test_network_value",
                            "test_socket_timeout_setting",
                            "test_no_such_table",
                            "test_raises",
                            "test_fails",
                            "Unittest::test_timeout")),
            Map.entry("unknown", List.of("test_exception")));

    static List<Path> reports(@TempDir Path made) throws Exception {
        List<Path> reports = new ArrayList<>(List.of(RECORDED));
        for (String style : List.of("short", "long", "native")) {
            Path report = Files.createTempDirectory("triage").resolve(style + ".xml");
            Process pytest = new ProcessBuilder(
                            "/usr/bin/python3",
                            "-m",
                            "pytest",
                            "-q",
                            "-p",
                            "no:cacheprovider",
                            "--continue-on-collection-errors",
                            "--tb=" + style,
                            "--junitxml=" + report,
                            "failing/python")
                    .directory(TESTS.getParent().getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (pytest.waitFor(60, TimeUnit.SECONDS) && Files.exists(report)) {
                reports.add(report);
            }
        }
        return reports;
    }

    @ParameterizedTest
    @MethodSource("reports")
    void each_failure_is_where_its_cause_is(Path report, @TempDir Path out) {
        Map<String, String> expected = new TreeMap<>();
        EXPECTED.forEach((category, tests) -> tests.forEach(test -> expected.put("test_causes.py::" + test, category)));
        expected.put("test_collection.py", "imports_and_env");

        Map<String, String> found = new TreeMap<>();
        Triaged.run(out, report)
                .categoryOfEach()
                .forEach((id, category) ->
                        found.put(id.substring(id.lastIndexOf("test_c", id.indexOf(".py"))), category));
        found.remove("test_causes.py::test_async"); // skipped by older versions of pytest, failed by newer ones
        assertEquals(expected, found);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void the_node_id_is_pytests_own(Path report, @TempDir Path out) {
        String page = Triaged.run(out, report).page("network_and_http");
        assertTrue(page.contains("test_causes.py::TestTimeoutsAndMigrations::test_key_error`\n- File hint: `"), page);
        assertTrue(page.contains("\npython -m pytest "), page);
    }
}
