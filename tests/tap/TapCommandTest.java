package siodiag.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.harness.BuiltScript;
import siodiag.harness.Child;
import siodiag.harness.FreePort;
import siodiag.harness.JsonResult;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.lab.Deployment;

/** The {@code tap} command as a user runs it. */
@Execution(ExecutionMode.CONCURRENT)
class TapCommandTest {
    private static final String ECHO = "echo {\"times\":8}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--to ftp://localhost",
                "--to 3000 --fault nonsense",
                "--to 3000 --fault latency",
                "--to 3000 --fault drop=200%",
                "--to 3000 --fault status=999",
                "--to 3000 --fault refuse-websocket=yes",
                "--to 3000 --fault bandwidth=fast",
                "--to 3000 --port 70000",
                "--to 3000 --metrics 70000",
                "--to 3000 --for -1",
                "--to 3000 --only sideways",
                "--to 3000 --ignore nothing-known"
            })
    void bad_input_is_exit_64_in_one_line(String options) {
        Toolkit.Run run =
                BuiltScript.of("tap").run(Map.of(), options.isEmpty() ? List.of() : List.of(options.split(" ")));
        assertEquals(64, run.exitCode(), run.out() + run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("tap: "), run.err());
    }

    @Test
    void a_taken_port_is_exit_70_and_names_the_holder() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Toolkit.Run run = BuiltScript.of("tap")
                    .run(Map.of(), List.of("--to", "3000", "--port", String.valueOf(taken.getLocalPort())));
            assertEquals(70, run.exitCode());
            assertTrue(
                    run.err().contains("port-in-use")
                            && run.err()
                                    .contains("PID " + ProcessHandle.current().pid()),
                    run.err());
        }
    }

    @Test
    void without_clients_it_says_that_nothing_was_seen() {
        Toolkit.Run run = BuiltScript.of("tap").run(Map.of(), List.of("--to", "3000", "--for", "0.3"));
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("tap on http://127.0.0.1:"), run.out());
        assertTrue(run.out().contains("no Socket.IO client was seen"), run.out());
    }

    @Test
    void the_counters_are_there_for_prometheus() throws Exception {
        try (Deployment deployment = Deployment.of("node4");
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"), "--metrics", "0")) {
            tap.clients("echo {\"times\":4}");
            assertTrue(
                    tap.process().awaitError("metrics at ", Duration.ofSeconds(5)),
                    tap.process().err());
            String url = tap.process().err().lines().findFirst().orElseThrow().replace("metrics at ", "");
            String text = new String(URI.create(url).toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(
                    text.contains("socketio_tap_events_received_total{event=\"user_prompt\",namespace=\"/hook\"} 4.0"),
                    text);
            assertTrue(
                    text.contains(
                            "socketio_tap_events_delivered_total{event=\"echo_user_prompt\",namespace=\"/hook\"} 12.0"),
                    text);
            tap.stop();
        }
    }

    @Test
    void of_a_host_with_several_addresses_the_one_that_accepts_is_used() throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 two.test\n::1 two.test\n");
        try (Deployment deployment = Deployment.of("node4 host=::1");
                TapRun tap = TapRun.start(
                        folder,
                        Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts),
                        deployment.fill("http://two.test:{port}"))) {
            tap.clients(ECHO);
            JsonResult result = tap.stop();
            assertEquals("healthy", result.verdict(), result.toString());
            assertTrue(result.json().path("flow").path("received").asInt() > 0, result.toString());
        }
    }

    @Test
    void with_json_on_standard_output_there_is_nothing_else_on_it() {
        Toolkit.Run run = BuiltScript.of("tap").run(Map.of(), List.of("--to", "3000", "--for", "0.3", "--json", "-"));
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("tap", JsonResult.of(run.out()).json().path("tool").asText(), run.out());
        assertTrue(run.err().contains("tap on http://127.0.0.1:"), run.err());
    }

    @Test
    void credentials_are_in_no_output() throws IOException {
        String secret = "s3cr3t-of-a-client-42";
        try (Deployment deployment = Deployment.of("node4 token=" + secret);
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"), "--show-payload")) {
            tap.clients(
                    "echo {\"times\":3,\"options\":{\"auth\":{\"token\":\"" + secret + "\"},\"query\":{\"api_key\":\""
                            + secret + "\"},\"extraHeaders\":{\"Authorization\":\"Bearer " + secret + "\"}}}");
            assertEquals("healthy", tap.stop().verdict());
            String all = tap.process().out()
                    + tap.process().err()
                    + Files.readString(folder.resolve("record.jsonl"))
                    + Files.readString(folder.resolve("result.json"))
                    + tap.learned();
            assertFalse(all.contains(secret), all);
            assertTrue(tap.learned().contains("auth.token"), tap.learned());
        }
    }

    @Test
    void terminal_escapes_in_what_passes_are_not_printed() {
        try (Deployment deployment = Deployment.of("chat");
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"), "--show-payload")) {
            tap.clients("{\"times\":3,\"emit\":[[\"chat message\",\"\\u001b[2J\\u0007{n}\"],[\"\\u001b[31mname\",1]]}");
            tap.stop();
            assertFalse(tap.process().out().contains("\u001b"), tap.process().out());
        }
    }

    @Test
    void a_kill_leaves_a_readable_record_and_clients_come_back_when_the_tap_does() throws Exception {
        int port = FreePort.any();
        BuiltScript explain = BuiltScript.of("explain"); // built before, as the clients don't wait for it
        try (Deployment deployment = Deployment.of("node4")) {
            Child clients;
            try (TapRun first = TapRun.start(folder, deployment.fill("{last}"), "--port", String.valueOf(port))) {
                clients = Child.start(
                        Project.root().resolve("tests/tap"),
                        Map.of(),
                        List.of("node", "clients.js", first.url(), "echo {\"times\":400,\"gap\":40,\"delay\":200}"));
                until(() -> Files.readString(folder.resolve("record.jsonl")).contains("user_prompt"));
                first.process().process().destroyForcibly().waitFor();
            }
            String cut = Files.readString(folder.resolve("record.jsonl"));
            assertTrue(cut.contains("\"kind\":\"event\""), cut);
            Toolkit.Run explained =
                    explain.run(Map.of(), List.of(folder.resolve("record.jsonl").toString()));
            assertEquals(0, explained.exitCode(), explained.out() + explained.err());
            try (TapRun second = TapRun.start(folder, deployment.fill("{last}"), "--port", String.valueOf(port))) {
                String told = clients.await("DONE ", Duration.ofSeconds(60));
                assertTrue(told.contains("transport close"), told);
                JsonResult again = second.stop();
                assertTrue(again.json().path("checks").toString().contains("user_prompt"), again.toString());
                assertEquals("healthy", again.verdict(), again.toString());
            } finally {
                clients.close();
            }
        }
    }

    /** How clients take a fault is theirs; that the tap put it in is never diagnosed as the server's. */
    @ParameterizedTest
    @CsvSource({
        "latency=150ms, 8",
        "bandwidth=20k, 8",
        "refuse-websocket, 8",
        "cut=1500ms, -1",
        "status=502, 0",
        "drop=20%, -1"
    })
    void faults_of_the_taps_own_are_no_diagnosis(String fault, int sent) {
        try (Deployment deployment = Deployment.of("node4");
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"), "--fault", fault)) {
            long start = System.nanoTime();
            JsonNode done = tap.clients(
                    "echo {\"times\":8,\"stay\":1200,\"connects\":false,\"patience\":2500,\"ackPatience\":400}");
            double seconds = (System.nanoTime() - start) / 1e9;
            JsonResult result = tap.stop();
            assertEquals("healthy", result.verdict(), result.toString());
            assertTrue(
                    tap.process().out().contains("disturbed on purpose: " + fault),
                    tap.process().out());
            if (sent > 0) {
                assertEquals(sent * 3, done.path("received").asInt(), done.toString());
            }
            switch (fault.split("=")[0]) {
                case "latency" -> assertTrue(seconds > 2, "took " + seconds + " s");
                case "refuse-websocket" ->
                    assertTrue(
                            tap.process().out().contains("answered with 400 by --fault"),
                            tap.process().out());
                case "cut" -> assertTrue(done.path("ends").size() >= 3, done.toString());
                case "status" -> assertEquals(0, done.path("received").asInt(), done.toString());
                case "drop" -> assertTrue(done.path("received").asInt() < 24, done.toString());
                default -> assertEquals("bandwidth=20k", fault);
            }
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Condition condition) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 20 s");
            }
            Thread.sleep(20);
        }
    }
}
