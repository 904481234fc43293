package siodiag.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.harness.Alias;
import siodiag.harness.Child;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.monitor.MonitorServer;
import siodiag.server.ServerConfig;

/** All commands in one program. */
class SiodiagTest {
    private static final Set<String> NOT_FOR_USERS = Set.of("check", "test", "test-fast");
    private static final Set<String> OF_THE_LAUNCHER = Set.of("siodiag", "shell-completion");

    static List<String> commands() {
        return Alias.all().stream()
                .map(Alias::name)
                .filter(name -> !NOT_FOR_USERS.contains(name) && !OF_THE_LAUNCHER.contains(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void has_every_command_as_a_subcommand(String command) {
        Toolkit.Run run = Toolkit.run("siodiag", command, "--help");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("Usage: siodiag " + command + " "), run.out());
    }

    @Test
    void alone_it_lists_them_and_a_typo_gets_the_nearest() {
        Toolkit.Run alone = Toolkit.run("siodiag");
        assertEquals(0, alone.exitCode(), alone.err());
        commands().forEach(command -> assertTrue(alone.out().contains("\n  " + command), command));
        Toolkit.Run typo = Toolkit.run("siodiag", "run-al", "--url", "http://localhost:1", "--token", "s3cr3t");
        assertEquals(64, typo.exitCode());
        assertTrue(
                typo.err()
                        .contains("did you mean run-all? Try: siodiag run-all --url http://localhost:1 --token s3…(6)"),
                typo.err());
    }

    @Test
    void is_installed_as_one_program(@TempDir Path folder) throws IOException {
        Path bin = folder.resolve("jbang/bin");
        Path launcher = Files.createDirectories(folder.resolve("launcher"));
        Files.createSymbolicLink(launcher.resolve("jbang"), Project.root().resolve("jbang"));
        Map<String, String> environment = Map.of(
                "JBANG_DIR",
                folder.resolve("jbang").toString(),
                "PATH",
                launcher + ":" + bin + ":" + System.getenv("PATH")); // JBang changes no shell's start file then
        Path script = Project.root().resolve("scripts/Siodiag.java");
        Toolkit.Run installed =
                Toolkit.runIn(folder, environment, "app", "install", "--name", "siodiag", script.toString());
        assertEquals(0, installed.exitCode(), installed.err());
        try (MonitorServer monitor = MonitorServer.start(ServerConfig.defaults());
                Child program = Child.start(
                        folder, environment, List.of(bin.resolve("siodiag").toString(), "ask", "up", monitor.url()))) {
            assertEquals(0, program.exitCode(Toolkit.LIMIT), program.err());
            assertTrue(program.out().startsWith("up: " + monitor.url()), program.out());
        }
    }
}
