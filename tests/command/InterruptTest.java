package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.Child;
import siodiag.harness.JsonResult;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.lab.Deployment;

/** Ctrl-C: the end within two seconds, exit code 130, what was measured so far, and no process left behind. */
class InterruptTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration START = Duration.ofSeconds(60); // the first run builds

    @TempDir
    private Path folder;

    @Test
    void ends_a_run_that_waits_for_a_mute_server() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            mute.setSoTimeout((int) START.toMillis());
            JsonNode result = interrupt(
                    child -> mute.accept(),
                    "run-all",
                    "--url",
                    "http://127.0.0.1:" + mute.getLocalPort(),
                    "--timeout",
                    "60");
            assertTrue(result.path("checks").isArray(), result.toPrettyString());
            assertEquals("degraded", result.path("verdict").asText(), "a run that did not finish is not healthy");
        }
    }

    @Test
    void ends_a_hook_test_that_keeps_its_connection_alive() throws Exception {
        try (Deployment deployment = Deployment.of("node4 tell")) {
            interrupt(
                    child -> deployment.await("EVENT"),
                    "hook-test",
                    "--url",
                    deployment.fill("{last}"),
                    "--continuous",
                    "60");
        }
    }

    @Test
    void ends_an_end_to_end_run_under_load() throws Exception {
        try (Deployment deployment = Deployment.of("node4 tell")) {
            interrupt(
                    child -> deployment.await("EVENT"),
                    "e2e",
                    "--url",
                    deployment.fill("{last}"),
                    "--events",
                    "500",
                    "--rate",
                    "50");
        }
    }

    @Test
    void ends_a_run_on_the_embedded_monitor() throws Exception {
        interrupt(child -> child.awaitError("--embedded", START), "run-all", "--embedded");
    }

    /** Until the command is at work. */
    private interface AtWork {
        void await(Child child) throws Exception;
    }

    /** Starts the command, sends SIGINT once it is at work, and checks how it ends. @return the result it has written */
    private JsonNode interrupt(AtWork atWork, String... arguments) throws Exception {
        Path json = folder.resolve("result.json");
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--json", json.toString()));
        try (Child child = Toolkit.start(Project.root(), Map.of(), command.toArray(String[]::new))) {
            atWork.await(child);
            List<ProcessHandle> descendants = child.process().descendants().toList();
            new ProcessBuilder("kill", "-INT", String.valueOf(child.process().pid()))
                    .start()
                    .waitFor();
            int exitCode = child.exitCode(LIMIT);
            assertEquals(130, exitCode, child.err());
            assertFalse(child.err().contains("\tat "), child.err());
            descendants.forEach(left -> assertFalse(left.isAlive(), () -> "left behind: " + left.info()));
            assertTrue(Files.exists(json), () -> "nothing was reported: " + child.out() + child.err());
            return JsonResult.of(json).json();
        }
    }
}
