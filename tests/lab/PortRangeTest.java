package siodiag.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.harness.Child;
import siodiag.harness.JsonResult;
import siodiag.harness.NetworkNamespace;
import siodiag.harness.Program;
import siodiag.harness.Toolkit;

/** Commands without --url on a machine whose ports 8765 to 8785 belong to the test alone. */
class PortRangeTest {
    private static final List<String> COMMANDS = List.of("run-all", "e2e", "hook-test", "conn-auth", "ask");
    private static final String PYTHON = "/usr/bin/python3";

    private NetworkNamespace machine;

    @BeforeAll
    static void build() {
        COMMANDS.forEach(
                command -> assertEquals(0, Toolkit.run(command, "--help").exitCode()));
    }

    @BeforeEach
    void open() {
        Program.PYTHON_SOCKETIO.need();
        machine = new NetworkNamespace();
    }

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void claude_mpm_at_its_usual_port_is_healthy() {
        claudeMpm(8765);
        assertHealthy(8765, examine(Map.of(), "run-all"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run-all", "e2e", "hook-test", "conn-auth"})
    void another_process_at_the_hooks_port_is_named_with_both_ports(String command) {
        Child other =
                machine.start("Serving HTTP on", PYTHON, "-u", "-m", "http.server", "8765", "--bind", "127.0.0.1");
        claudeMpm(8766);
        JsonResult result = examine(Map.of(), command);
        assertEquals(
                List.of("port-mismatch"), result.json().path("diagnoses").findValuesAsText("cause"), result::toString);
        assertEquals(
                "http://localhost:8766",
                result.json().path("target").path("url").asText());
        String told = result.diagnosis().toString();
        assertTrue(told.contains("8765") && told.contains("8766"), told);
        assertTrue(told.contains("PID " + other.process().pid() + " (") && told.contains("http.server"), told);
    }

    @Test
    void nothing_at_the_hooks_port_is_a_mismatch_too() {
        claudeMpm(8765);
        JsonResult result = examine(Map.of("CLAUDE_MPM_SERVER_PORT", "9000"), "run-all");
        assertEquals("port-mismatch", result.cause(), result::toString);
        assertTrue(result.diagnosis().toString().contains("nothing listens at port 9000"), result::toString);
        assertTrue(result.diagnosis().toString().contains("$CLAUDE_MPM_SERVER_PORT"), result::toString);
    }

    @Test
    void hooks_that_were_told_the_servers_port_reach_it() {
        machine.start("Serving HTTP on", PYTHON, "-u", "-m", "http.server", "8765", "--bind", "127.0.0.1");
        claudeMpm(8770);
        assertHealthy(8770, examine(Map.of("CLAUDE_MPM_SERVER_PORT", "8770"), "run-all"));
    }

    @Test
    void a_stated_port_is_the_only_one_that_is_looked_at() {
        claudeMpm(8765);
        claudeMpm(8771);
        assertHealthy(8771, examine(Map.of("CLAUDE_MPM_SOCKETIO_PORT", "8771"), "run-all"));
    }

    @Test
    void a_server_that_is_not_recognised_is_examined_at_the_default_address() {
        machine.start("Serving HTTP on", PYTHON, "-u", "-m", "http.server", "8765", "--bind", "127.0.0.1");
        JsonResult result = examine(Map.of(), "run-all");
        assertEquals("not-socketio", result.cause(), result::toString);
        assertEquals(
                "http://localhost:8765",
                result.json().path("target").path("url").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run-all", "e2e", "hook-test", "conn-auth"})
    void where_nothing_listens_the_embedded_monitor_is_examined(String command) {
        JsonResult result = examine(Map.of(), command);
        assertEquals("healthy", result.verdict(), result::toString);
        assertTrue(result.json().path("target").path("embedded").asBoolean(), result::toString);
    }

    @Test
    void one_question_goes_there_too() {
        Toolkit.Run nobody = machine.run(Map.of(), "ask", "up");
        assertEquals(21, nobody.exitCode(), nobody::toString);
        claudeMpm(8766);
        Toolkit.Run run = machine.run(Map.of(), "ask", "up");
        assertEquals(0, run.exitCode(), run::toString);
        assertTrue(run.out().contains("http://localhost:8766"), run.out());
        assertTrue(
                run.err().contains("port-mismatch: claude-mpm 6.5.83 listens at port 8766, its hooks post to 8765"),
                run.err());
    }

    /** A gate that waits for a server must not pass because another one is well. */
    @Test
    void who_waits_for_a_server_is_given_no_other_one() {
        assertEquals(
                "connection-refused",
                examine(Map.of(), "conn-auth", "--wait", "1").cause());
    }

    private void claudeMpm(int port) {
        // Its standard input stays open for as long as the child lives: it ends with its parent.
        machine.start("READY ", PYTHON, "tests/lab/applications/claude_mpm.py", "port=" + port);
    }

    private JsonResult examine(Map<String, String> environment, String... command) {
        String[] arguments = Arrays.copyOf(command, command.length + 2);
        arguments[command.length] = "--json";
        arguments[command.length + 1] = "-";
        return JsonResult.of(machine.run(environment, arguments).out());
    }

    private static void assertHealthy(int port, JsonResult result) {
        assertEquals("healthy", result.verdict(), result::toString);
        assertEquals(
                "http://localhost:" + port,
                result.json().path("target").path("url").asText());
    }
}
