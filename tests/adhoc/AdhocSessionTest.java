package siodiag.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.monitor.MonitorServer;
import siodiag.server.ServerConfig;

/** The JShell session on a pseudo-terminal, and completion in the shells, with Python at the keyboard. */
class AdhocSessionTest {
    private static final Duration LIMIT = Duration.ofSeconds(240);
    private static final Path SCRIPTS = Project.root().resolve("tests/adhoc");

    @Test
    void completes_explains_itself_and_closes_everything_at_its_end() throws Exception {
        Program.PYTHON_SOCKETIO.need();
        try (MonitorServer monitor = MonitorServer.start(ServerConfig.defaults())) {
            keyboard("session.py", Map.of("SERVER", monitor.url()));
        }
    }

    @Test
    void a_wrong_option_is_told_in_one_line_and_begins_no_session() {
        Toolkit.Run run = Toolkit.run("adhoc", "--ulr", "http://localhost:1");
        assertEquals(64, run.exitCode(), run.err());
        assertEquals(
                1, run.err().lines().filter(line -> line.startsWith("adhoc: ")).count(), run.err());
    }

    @Test
    void bash_completes_commands_and_options() {
        Program.PYTHON_SOCKETIO.need();
        keyboard("completion.py", Map.of("SHELL", "bash"));
    }

    @Test
    void zsh_completes_commands_and_options() {
        Program.PYTHON_SOCKETIO.need();
        Program.ZSH.need();
        keyboard("completion.py", Map.of("SHELL", "zsh"));
    }

    private static void keyboard(String script, Map<String, String> environment) {
        List<String> command = List.of(
                "/usr/bin/python3",
                SCRIPTS.resolve(script).toString(),
                Project.root().resolve("jbang").toString());
        try (Child run = Child.start(Project.root(), environment, command)) {
            assertEquals(0, run.exitCode(LIMIT), () -> run.out() + run.err());
        }
    }
}
