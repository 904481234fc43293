package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.Alias;
import siodiag.harness.Child;
import siodiag.harness.FreePort;
import siodiag.harness.JsonResult;
import siodiag.harness.Toolkit;
import siodiag.monitor.MonitorServer;
import siodiag.server.ServerConfig;

/** {@code conn-auth --wait}: waits for a server that comes, gives up on one that does not, and reports once. */
class HealthGateTest {

    @Test
    void passes_when_the_server_comes(@TempDir Path folder) throws Exception {
        int port = FreePort.any();
        Path json = folder.resolve("result.json");
        try (Child gate = Toolkit.start(
                folder,
                Map.of(),
                "run",
                "--catalog",
                Alias.CATALOG.toString(),
                "conn-auth",
                "--url",
                "http://127.0.0.1:" + port,
                "--wait",
                "60",
                "--json",
                json.toString())) {
            assertTrue(gate.awaitError("waiting: connection-refused", Toolkit.LIMIT), gate.err());
            try (MonitorServer server =
                    MonitorServer.start(ServerConfig.defaults().port(port))) {
                assertEquals(0, gate.exitCode(Toolkit.LIMIT), gate.out() + gate.err());
            }
        }
        assertEquals("healthy", JsonResult.of(json).verdict());
    }

    @Test
    void gives_up_in_time_on_a_server_that_is_silent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1000)) {
            long begun = System.nanoTime();
            Toolkit.Run run = Toolkit.run(
                    "conn-auth",
                    "--url",
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    "--timeout",
                    "0.5",
                    "--wait",
                    "3",
                    "--quiet");
            assertEquals(21, run.exitCode(), run.err());
            assertTrue(run.out().startsWith("BROKEN at http"), run.out());
            assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) < 60, "3 s and a start took longer");
        }
    }
}
