package siodiag.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.harness.BuiltScript;
import siodiag.harness.Child;
import siodiag.harness.JsonResult;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/** {@code --embedded netty-socketio}: the script {@code server} in place of the monitor, ended with the command. */
class EmbeddedNettyTest {
    private static final String[] EMBEDDED = {"--embedded", "netty-socketio"};

    @ParameterizedTest
    @ValueSource(strings = {"run-all", "e2e"})
    void is_healthy(String command, @TempDir Path folder) throws IOException {
        Path json = folder.resolve("result.json");
        Toolkit.Run run = Toolkit.run(
                command,
                EMBEDDED[0],
                EMBEDDED[1],
                "--token",
                "of-this-run",
                "--path",
                "live",
                "--namespaces",
                "/hook,/mine",
                "--timeout",
                "20",
                "--json",
                json.toString());
        assertEquals(0, run.exitCode(), run.out() + run.err());
        JsonResult result = JsonResult.of(json);
        assertEquals("healthy", result.verdict());
        assertTrue(result.json().path("target").path("embedded").asBoolean(), result::toString);
        assertEquals(
                "this toolkit's server",
                result.json().path("application").path("name").asText());
        assertTrue(
                run.err().contains("--embedded: testing an embedded netty-socketio server at http://127.0.0.1:"),
                run.err());
    }

    @Test
    void without_jbang_it_says_so_and_ends_with_70() {
        Toolkit.Run run =
                BuiltScript.of("run-all").run(Map.of("JBANG_LAUNCH_CMD", "/no/such/jbang"), List.of(EMBEDDED));
        assertEquals(70, run.exitCode(), run.err());
        assertTrue(
                run.err().contains("run-all: the embedded netty-socketio server could not start: JBang is needed"),
                run.err());
    }

    @Test
    void what_the_server_refuses_is_the_reason_and_ends_with_70() {
        Toolkit.Run run = Toolkit.run("e2e", EMBEDDED[0], EMBEDDED[1], "--path", "/");
        assertEquals(70, run.exitCode(), run.err());
        assertTrue(run.err().contains("could not start: server: --path: a path such as /socket.io"), run.err());
    }

    @Test
    void ends_when_its_parent_is_killed() throws Exception {
        try (Child command = Toolkit.start(Project.root(), Map.of(), "run-all", EMBEDDED[0], EMBEDDED[1])) {
            assertTrue(command.awaitError("--embedded: testing", Toolkit.LIMIT), command.err());
            List<ProcessHandle> servers = command.process().descendants().toList();
            assertTrue(!servers.isEmpty(), "the server is a child of the command");
            command.process().destroyForcibly();
            for (ProcessHandle server : servers) {
                server.onExit().get(60, TimeUnit.SECONDS);
            }
        }
    }
}
