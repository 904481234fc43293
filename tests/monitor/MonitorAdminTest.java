package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.harness.RawSocket;
import siodiag.server.ServerConfig;

class MonitorAdminTest {
    @Test
    void the_admin_ui_logs_in_sees_everything_and_can_act() throws IOException {
        Program.NODE.need();
        Program.CHROMIUM.need();
        try (MonitorServer server = MonitorServer.start(ServerConfig.defaults().admin("admin:changeit"));
                Child browser = Child.start(
                        Project.root().resolve("tests/monitor"),
                        Map.of("MONITOR_URL", server.url()),
                        List.of("node", "--test", "--test-reporter=spec", "admin.test.js"))) {
            assertEquals(0, browser.exitCode(Duration.ofMinutes(2)), () -> browser.out() + browser.err());
        }
    }

    @Test
    void nobody_gets_in_without_the_credentials() throws IOException {
        try (MonitorServer server = MonitorServer.start(ServerConfig.defaults().admin("admin:changeit"));
                RawSocket client = RawSocket.open(server.url())) {
            for (String payload : List.of(
                    "",
                    "{\"token\":\"dev-token\"}",
                    "{\"username\":\"admin\"}",
                    "{\"username\":\"admin\",\"password\":null}",
                    "{\"sessionId\":null}",
                    "{\"sessionId\":\"guess\"}")) {
                client.send("40/admin," + payload);
                assertEquals("44/admin,{\"message\":\"invalid credentials\"}", client.next());
            }
        }
        try (MonitorServer without = MonitorServer.start(ServerConfig.defaults());
                RawSocket client = RawSocket.open(without.url())) {
            client.send("40/admin,{\"username\":\"admin\",\"password\":\"changeit\"}");
            assertEquals("44/admin,{\"message\":\"Invalid namespace\"}", client.next());
        }
    }
}
