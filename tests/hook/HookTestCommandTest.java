package siodiag.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import siodiag.harness.Child;
import siodiag.harness.JsonResult;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/** {@code hook-test} as a user runs it, against real servers. */
class HookTestCommandTest {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration RUN = Duration.ofSeconds(120);
    private static final List<String> SENT =
            List.of("hook.user_prompt", "hook.pre_tool", "hook.post_tool", "hook.diagnostic_ping");

    @BeforeAll
    static void needs() {
        Program.NODE.need();
    }

    @Test
    void tells_of_each_event_that_it_is_acknowledged() {
        try (Child server = JavaClientTest.server()) {
            assertAcknowledged(server.await("READY ", START));
        }
    }

    @Test
    void tells_the_same_of_a_python_server() {
        Program.PYTHON_SOCKETIO.need();
        try (Child server = Child.start(JavaClientTest.folder(), Map.of(), List.of("/usr/bin/python3", "server.py"))) {
            assertAcknowledged(server.await("READY ", START));
        }
    }

    @Test
    void tests_its_own_monitor_where_nothing_listens() {
        Toolkit.Run run =
                Toolkit.runIn(Project.root(), Map.of("CLAUDE_MPM_SOCKETIO_PORT", "9"), "hook-test", "--json", "-");
        JsonResult result = JsonResult.of(run.out());
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(result.json().path("target").path("embedded").asBoolean());
        SENT.forEach(check -> assertEquals("pass", result.status(check), run.out()));
    }

    @Test
    void finds_no_fault_in_a_server_that_never_acknowledges() {
        try (Child server = JavaClientTest.server("ack=no")) {
            Toolkit.Run run = run(server);
            JsonResult result = JsonResult.of(run.out());
            assertEquals("healthy", result.verdict(), run.out());
            SENT.forEach(check -> assertEquals("info", result.status(check), run.out()));
        }
    }

    @Test
    void names_a_wrong_token_and_sends_nothing() {
        try (Child server = JavaClientTest.server()) {
            Toolkit.Run run = run(server, "--token", "not-that-one");
            JsonResult result = JsonResult.of(run.out());
            assertEquals(21, run.exitCode(), run.out());
            assertEquals("token-rejected", result.cause());
            assertEquals("skip", result.status("event"));
            assertFalse(run.out().contains("\"hook."), run.out());
            assertFalse(run.out().contains("not-that-one"));
        }
    }

    /** The server spares the raw probes: only the hook's client meets this. */
    @Test
    void names_the_close_code_of_a_server_that_cuts_the_hook_off() {
        try (Child server = JavaClientTest.server("close=4001")) {
            Toolkit.Run run = run(server);
            JsonResult result = JsonResult.of(run.out());
            assertEquals(21, run.exitCode(), run.out());
            assertEquals("session-dropped", result.cause(), run.out());
            assertTrue(result.diagnosis().path("evidence").toString().contains("close code 4001"), run.out());
        }
    }

    @Test
    void survives_and_counts_a_server_restart() throws Exception {
        try (Child first = JavaClientTest.server()) {
            String url = first.await("READY ", START);
            try (Child hook = hook(url, "--continuous", "12", "--json", "-")) {
                first.await("HOOK 2", RUN);
                first.close();
                assertTrue(first.process().waitFor(10, TimeUnit.SECONDS));
                try (Child second =
                        JavaClientTest.server("port=" + URI.create(url).getPort())) {
                    second.await("HOOK 1", RUN);
                    assertEquals(0, hook.exitCode(RUN), hook.out());
                    JsonNode check = JsonResult.of(hook.out()).check("hook.continuous");
                    assertEquals("pass", check.path("status").asText(), hook.out());
                    assertTrue(check.path("detail").asText().contains("1 reconnection "), hook.out());
                }
            }
        }
    }

    @Test
    void names_a_server_that_does_not_come_back() {
        try (Child server = JavaClientTest.server();
                Child hook =
                        hook(server.await("READY ", START), "--continuous", "3", "--timeout", "2", "--json", "-")) {
            server.await("HOOK 2", RUN);
            server.close();
            assertEquals(21, hook.exitCode(RUN), hook.out());
            assertEquals("reconnect-failed", JsonResult.of(hook.out()).cause(), hook.out());
        }
    }

    @Test
    void names_a_server_that_puts_the_hook_out() {
        try (Child server = JavaClientTest.server("kick=2");
                Child hook = hook(server.await("READY ", START), "--continuous", "4", "--json", "-")) {
            assertEquals(21, hook.exitCode(RUN), hook.out());
            assertEquals("session-dropped", JsonResult.of(hook.out()).cause(), hook.out());
        }
    }

    @Test
    void counts_the_deliveries_of_the_hook_that_stays() {
        try (Child server = JavaClientTest.server();
                Child hook = hook(server.await("READY ", START), "--continuous", "3s", "--json", "-")) {
            assertEquals(0, hook.exitCode(RUN), hook.out());
            assertTrue(
                    JsonResult.of(hook.out())
                            .check("hook.continuous")
                            .path("detail")
                            .asText()
                            .matches(
                                    ".*sent (\\d+), acknowledged \\1, lost 0, open 0, delivered \\1 of \\1; no interruption"),
                    hook.out());
        }
    }

    @Test
    void names_deliveries_that_are_lost_although_they_are_acknowledged_by_others() {
        try (Child server = JavaClientTest.server("lose=3");
                Child hook =
                        hook(server.await("READY ", START), "--continuous", "4", "--timeout", "1", "--json", "-")) {
            assertEquals(21, hook.exitCode(RUN), hook.out());
            assertEquals("events-lost", JsonResult.of(hook.out()).cause(), hook.out());
        }
    }

    @Test
    void tolerates_the_loss_that_is_allowed() {
        try (Child server = JavaClientTest.server("lose=3");
                Child hook = hook(
                        server.await("READY ", START),
                        "--continuous",
                        "4",
                        "--timeout",
                        "1",
                        "--max-loss",
                        "60%",
                        "--json",
                        "-")) {
            assertEquals(0, hook.exitCode(RUN), hook.out());
        }
    }

    @Test
    void an_outage_that_is_too_long_is_a_fault() throws Exception {
        try (Child first = JavaClientTest.server()) {
            String url = first.await("READY ", START);
            try (Child hook = hook(url, "--continuous", "12", "--max-outage", "10ms", "--json", "-")) {
                first.await("HOOK 2", RUN);
                first.close();
                assertTrue(first.process().waitFor(10, TimeUnit.SECONDS));
                try (Child second =
                        JavaClientTest.server("port=" + URI.create(url).getPort())) {
                    second.await("HOOK 1", RUN);
                    assertEquals(21, hook.exitCode(RUN), hook.out());
                    JsonResult result = JsonResult.of(hook.out());
                    assertEquals("session-dropped", result.cause(), hook.out());
                    assertTrue(
                            result.check("hook.continuous.outage")
                                    .path("detail")
                                    .asText()
                                    .endsWith(", more than --max-outage 10 ms"),
                            hook.out());
                }
            }
        }
    }

    @Test
    void reports_what_it_has_when_interrupted() throws Exception {
        try (Child server = JavaClientTest.server();
                Child hook = hook(server.await("READY ", START), "--continuous", "600", "--json", "-")) {
            server.await("HOOK 2", RUN);
            new ProcessBuilder("kill", "-INT", String.valueOf(hook.process().pid()))
                    .start()
                    .waitFor();
            assertEquals(130, hook.exitCode(Duration.ofSeconds(5)), hook.err());
            JsonResult result = JsonResult.of(hook.out());
            assertTrue(result.json().path("interrupted").asBoolean(), hook.out());
            assertEquals("pass", result.status("hook.continuous"), hook.out());
        }
    }

    @Test
    void says_in_one_line_what_is_wrong_with_an_option() {
        assertOneLine("--max-loss", "--continuous", "3", "--max-loss", "many");
        assertOneLine("--max-outage", "--max-outage", "1s");
        Toolkit.Run run = Toolkit.run("hook-test", "--continuous", "-3");
        assertEquals(64, run.exitCode());
        assertEquals(
                1,
                run.err()
                        .lines()
                        .filter(line -> line.startsWith("hook-test: --continuous"))
                        .count(),
                run.err());
    }

    private static void assertOneLine(String option, String... arguments) {
        List<String> words = new ArrayList<>(List.of("hook-test"));
        words.addAll(List.of(arguments));
        Toolkit.Run run = Toolkit.run(words.toArray(String[]::new));
        assertEquals(64, run.exitCode(), run.err());
        assertTrue(run.err().lines().anyMatch(line -> line.startsWith("hook-test: " + option)), run.err());
    }

    private static void assertAcknowledged(String url) {
        Toolkit.Run run = Toolkit.run("hook-test", "--url", url, "--json", "-");
        JsonResult result = JsonResult.of(run.out());
        assertEquals(0, run.exitCode(), run.out() + run.err());
        for (String check : SENT) {
            assertTrue(
                    result.check(check)
                            .path("detail")
                            .asText()
                            .matches(".*: acknowledged after .*; connected, over \\w+"),
                    run.out());
        }
    }

    private static Toolkit.Run run(Child server, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("hook-test", "--url", server.await("READY ", START), "--json", "-"));
        arguments.addAll(List.of(options));
        return Toolkit.run(arguments.toArray(String[]::new));
    }

    private static Child hook(String url, String... options) {
        List<String> arguments = new ArrayList<>(List.of("hook-test", "--url", url));
        arguments.addAll(List.of(options));
        return Toolkit.start(Project.root(), Map.of(), arguments.toArray(String[]::new));
    }
}
