package siodiag.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.monitor.MonitorServer;
import siodiag.server.ServerConfig;

/** The {@code dashboard} command as a user runs it. */
class DashboardCommandTest {
    private static final Duration START = Duration.ofMinutes(2);
    private static final String SERVED = "dashboard on ";

    @Test
    void the_page_opens_from_the_command_and_finds_the_monitor_healthy() throws IOException {
        Program.NODE.need();
        Program.CHROMIUM.need();
        try (MonitorServer monitor = MonitorServer.start(ServerConfig.defaults().token("s3cret-token"));
                Child dashboard = start("--no-open", "--url", monitor.url(), "--token", "s3cret-token")) {
            String address = addressOf(dashboard);
            assertFalse(address.contains("s3cret"), address);
            assertShowsHealthy(address);
        }
    }

    @Test
    void the_result_of_the_page_is_written_and_is_the_exit_code(@TempDir Path folder) throws IOException {
        Program.NODE.need();
        Program.CHROMIUM.need();
        Path json = folder.resolve("result.json");
        try (MonitorServer monitor = MonitorServer.start(ServerConfig.defaults());
                Child dashboard = start(
                        "--no-open", "--url", monitor.url(), "--token", "s3cret-token", "--json", json.toString());
                Child browser = show(addressOf(dashboard), "broken")) {
            assertEquals(21, dashboard.exitCode(START));
            assertEquals(0, browser.exitCode(START), () -> browser.out() + browser.err());
        }
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        assertEquals("broken", result.get("verdict").asText());
        assertEquals(
                "token-rejected", result.get("diagnoses").get(0).get("cause").asText());
        assertEquals("fail", result.get("checks").get(4).get("status").asText(), result.toString());
        assertFalse(result.toString().contains("s3cret-token"));
    }

    @Test
    void a_server_that_the_page_may_not_read_gets_no_verdict_and_is_exit_70(@TempDir Path folder) throws IOException {
        Program.NODE.need();
        Program.CHROMIUM.need();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
        });
        server.start();
        Path json = folder.resolve("result.json");
        try (Child dashboard = start(
                        "--no-open",
                        "--url",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "--json",
                        json.toString());
                Child browser = show(addressOf(dashboard), "not tested")) {
            assertEquals(70, dashboard.exitCode(START));
            assertTrue(
                    dashboard.err().contains("can't test") || dashboard.err().contains("can’t test"), dashboard.err());
            assertEquals(0, browser.exitCode(START), () -> browser.out() + browser.err());
            assertFalse(Files.exists(json));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void the_monitor_serves_the_page_too() {
        Program.NODE.need();
        Program.CHROMIUM.need();
        try (Child monitor =
                Toolkit.start(Project.root(), Map.of(), "run", "scripts/ServerMonitor.java", "--port", "0")) {
            String address = monitor.await("monitor on ", START).split(" ")[0] + "/dashboard";
            assertShowsHealthy(address);
        }
    }

    @Test
    void the_credentials_are_for_its_own_page_alone() throws Exception {
        try (Child dashboard = start("--no-open", "--token", "s3cret-token", "--query", "room=lobby")) {
            URI credentials = URI.create(addressOf(dashboard)).resolve("/credentials");
            assertEquals(
                    "{\"token\":\"s3cret-token\",\"auth\":\"\",\"query\":\"room=lobby\"}",
                    get(credentials, "same-origin").body());
            assertEquals(403, get(credentials, "cross-site").statusCode());
            assertEquals(403, get(credentials, "same-site").statusCode());
            assertEquals(404, get(credentials.resolve("/etc/passwd"), "none").statusCode());
        }
    }

    @Test
    void the_browser_is_opened_with_the_address(@TempDir Path folder) throws IOException {
        Path opened = folder.resolve("opened");
        Path browser = folder.resolve("browser");
        Files.writeString(browser, "#!/bin/sh\nprintf '%s\\n' \"$1\" >'" + opened + "'\n");
        assertTrue(browser.toFile().setExecutable(true));
        try (Child dashboard = Toolkit.start(
                Project.root(),
                Map.of("BROWSER", browser.toString()),
                "run",
                "scripts/Dashboard.java",
                "--namespaces",
                "hook,/log")) {
            String address = addressOf(dashboard);
            assertTrue(address.contains("namespaces=/hook,/log"), address);
            long deadline = System.nanoTime() + START.toNanos();
            while ((!Files.exists(opened) || Files.size(opened) == 0) && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertEquals(address, Files.readString(opened).strip());
        }
    }

    @Test
    void no_browser_is_exit_70_in_one_line(@TempDir Path empty) {
        Toolkit.Run run = Toolkit.runIn(
                Project.root(),
                Map.of("BROWSER", empty.resolve("none").toString(), "DISPLAY", "", "WAYLAND_DISPLAY", ""),
                "run",
                "scripts/Dashboard.java");
        assertEquals(70, run.exitCode(), run.err());
        assertEquals(
                1,
                run.err()
                        .lines()
                        .filter(line -> line.startsWith("dashboard: no browser"))
                        .count(),
                run.err());
    }

    @Test
    void a_taken_port_is_exit_70_in_one_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            Toolkit.Run run =
                    Toolkit.run("run", "scripts/Dashboard.java", "--no-open", "--port", "" + taken.getLocalPort());
            assertEquals(70, run.exitCode(), run.err());
            assertTrue(run.err().contains("port " + taken.getLocalPort() + " is in use"), run.err());
        }
    }

    @Test
    void wrong_usage_is_exit_64() {
        assertEquals(
                64,
                Toolkit.run("run", "scripts/Dashboard.java", "--port", "70000").exitCode());
        assertEquals(
                64,
                Toolkit.run("run", "scripts/Dashboard.java", "--header", "X-Key: 1", "--no-open")
                        .exitCode());
    }

    private static void assertShowsHealthy(String address) {
        try (Child browser = show(address, "healthy")) {
            assertEquals(0, browser.exitCode(START), () -> browser.out() + browser.err());
        }
    }

    private static Child show(String address, String verdict) {
        return Child.start(
                Project.root().resolve("tests/dashboard"),
                Map.of("DASHBOARD_URL", address, "VERDICT", verdict),
                List.of("node", "--test", "--test-reporter=spec", "command.test.js"));
    }

    private static Child start(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "run";
        arguments[1] = "scripts/Dashboard.java";
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Toolkit.start(Project.root(), Map.of(), arguments);
    }

    private static String addressOf(Child dashboard) {
        return dashboard.await(SERVED, START).replace(" (Ctrl-C stops it)", "");
    }

    private static HttpResponse<String> get(URI address, String site) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address).header("Sec-Fetch-Site", site).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
