package siodiag.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.harness.BuiltScript;
import siodiag.harness.FreePort;
import siodiag.harness.JsonResult;
import siodiag.harness.Program;
import siodiag.harness.Toolkit;
import siodiag.lab.Deployment;
import siodiag.lab.Scenario;
import siodiag.monitor.MonitorRun;
import siodiag.server.ServerConfig;
import siodiag.view.ConsoleFilter;

/** {@code explain FILE}: HARs of a real browser, and records. */
class ExplainFileTest {
    @TempDir
    private Path folder;

    static Stream<TapApplication> hars() {
        return TapApplication.all("hars.txt");
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("hars")
    @Execution(ExecutionMode.CONCURRENT)
    void a_har_of_a_real_browser_tells_the_cause(TapApplication row) throws IOException {
        Program.CHROMIUM.need();
        Path har = folder.resolve("session.har");
        try (Deployment deployment = Deployment.of(row.start())) {
            String server =
                    row.stated().equals("closed") ? "http://127.0.0.1:" + FreePort.any() : deployment.fill("{last}");
            TapRun.program(List.of("node", "har.js", server, deployment.fill(row.clients()), har.toString()));
        }
        JsonResult result = explain(har);
        if (row.cause().equals(Scenario.HEALTHY)) {
            assertEquals(Scenario.HEALTHY, result.verdict(), result.toString());
            assertTrue(result.json().path("flow").path("sent").asInt() > 0, result.toString());
        } else {
            assertEquals(row.cause(), result.cause(), result.toString());
            assertFalse(result.diagnosis().path("evidence").isEmpty(), result.toString());
        }
    }

    @Test
    void the_record_of_a_tap_says_the_same_as_the_tap() throws IOException {
        try (Deployment deployment = Deployment.of("whiteboard twice=yes");
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"))) {
            tap.clients("{\"emit\":[[\"drawing\",{\"x0\":0,\"id\":\"{n}\"}]]}");
            JsonResult live = tap.stop();
            JsonResult offline = explain(folder.resolve("record.jsonl"));
            assertEquals("events-duplicated", live.cause(), live.toString());
            assertEquals(live.json().path("diagnoses"), offline.json().path("diagnoses"));
            assertEquals(live.json().path("flow"), offline.json().path("flow"));
            Path page = folder.resolve("report.html");
            BuiltScript.of("explain")
                    .run(Map.of(), List.of(folder.resolve("record.jsonl").toString(), "--report", page.toString()));
            assertTrue(Files.readString(page).contains("events-duplicated"), "the report names the cause");
            assertEquals(
                    live.json().path("target").path("url"),
                    offline.json().path("target").path("url"));
        }
    }

    @Test
    void the_record_of_a_monitor_is_examined_too() throws IOException {
        Path record = folder.resolve("monitor.jsonl");
        try (MonitorRun monitor = MonitorRun.start(
                ServerConfig.defaults(),
                new ConsoleFilter(List.of(), List.of(), ConsoleFilter.Only.ALL, 0),
                record,
                new PrintWriter(new StringWriter()),
                true)) {
            TapRun.program(List.of("node", "clients.js", monitor.server().url(), "echo {\"times\":6,\"count\":3}"));
            TapRun.program(List.of(
                    "node",
                    "clients.js",
                    monitor.server().url(),
                    "{\"namespace\":\"/nowhere\",\"connects\":false,\"times\":0,\"patience\":1000}"));
        }
        JsonResult result = explain(record);
        assertEquals("namespace-unknown", result.cause(), result.toString());
        assertEquals(6, result.json().path("flow").path("sent").asInt(), result.toString());
        assertEquals(12, result.json().path("flow").path("received").asInt(), result.toString());
    }

    @Test
    void a_record_that_a_kill_cut_short_is_read_to_its_end() throws IOException {
        Path record = folder.resolve("cut.jsonl");
        Files.writeString(
                record,
                """
                {"at":"2026-11-26T10:00:00.000Z","kind":"start","direction":"-","detail":"tap at http://127.0.0.1:1 in front of http://127.0.0.1:3000"}
                {"at":"2026-11-26T10:00:00.100Z","kind":"handshake","direction":"out","client":"c1","transport":"websocket","args":[{"engine":4,"pingInterval":25000,"pingTimeout":20000,"path":"/socket.io/"}]}
                {"at":"2026-11-26T10:00:00.200Z","kind":"connect","direction":"in","client":"c1","namespace":"/chat"}
                {"at":"2026-11-26T10:00:00.300Z","kind":"refused","direction":"out","client":"c1","namespace":"/chat","detail":"{\\"message\\":\\"Invalid namespace\\"}"}
                {"at":"2026-11-26T10:00:00.4""");
        JsonResult result = explain(record);
        assertEquals("namespace-unknown", result.cause(), result.toString());
        assertEquals(
                "http://127.0.0.1:3000",
                result.json().path("target").path("url").asText());
    }

    @Test
    void what_is_neither_is_refused_in_one_line() throws IOException {
        for (String content : List.of("hello\n", "{\"a\":1}", "[1,2", "")) {
            Path file = Files.writeString(folder.resolve("other.json"), content);
            Toolkit.Run run = BuiltScript.of("explain").run(Map.of(), List.of(file.toString()));
            assertEquals(64, run.exitCode(), content + run.out() + run.err());
            assertEquals(1, run.err().lines().count(), run.err());
        }
    }

    private JsonResult explain(Path file) throws IOException {
        Path json = folder.resolve("explained.json");
        Toolkit.Run run = BuiltScript.of("explain").run(Map.of(), List.of(file.toString(), "--json", json.toString()));
        assertTrue(List.of(0, 20, 21).contains(run.exitCode()), run.out() + run.err());
        return JsonResult.of(json);
    }
}
