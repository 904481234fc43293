package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.harness.Child;
import siodiag.harness.NetworkNamespace;
import siodiag.harness.Project;
import siodiag.harness.RawSocket;
import siodiag.harness.Toolkit;
import siodiag.recording.Recording;

/** The {@code monitor} command as a user runs it. */
class MonitorCommandTest {
    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void a_taken_port_is_exit_70_and_names_the_holder() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Toolkit.Run run =
                    Toolkit.run("run", "scripts/ServerMonitor.java", "--port", String.valueOf(taken.getLocalPort()));
            assertEquals(70, run.exitCode());
            assertTrue(
                    run.err().contains("port-in-use")
                            && run.err()
                                    .contains("PID " + ProcessHandle.current().pid()),
                    run.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--only sideways", "--for -1", "--show-payload=-1", "--port 70000", "--max-clients 0"})
    void bad_input_is_exit_64_in_one_line(String option) {
        Toolkit.Run run = Toolkit.run(("run scripts/ServerMonitor.java " + option).split(" "));
        assertEquals(64, run.exitCode());
        assertEquals(
                1,
                run.err().lines().filter(line -> line.startsWith("monitor: ")).count(),
                run.err());
    }

    @Test
    void without_a_network_and_with_filters_it_prints_nothing_but_its_own_lines() {
        assertEquals(0, Toolkit.run("build", "scripts/ServerMonitor.java").exitCode());
        try (NetworkNamespace alone = new NetworkNamespace()) {
            Toolkit.Run run = alone.run(
                    Map.of(),
                    "run",
                    "scripts/ServerMonitor.java",
                    "--port",
                    "0",
                    "--for",
                    "0.5",
                    "--show-payload",
                    "--namespace",
                    "/hook",
                    "--event",
                    "user_*,*_tool");
            assertEquals(0, run.exitCode(), run.err());
            assertEquals("", run.err());
            assertEquals(
                    List.of("0 events received, 0 deliveries, 0 errors"),
                    run.out().lines().skip(1).toList());
        }
    }

    @Test
    void a_killed_monitor_starts_again_at_once_on_its_port_and_its_record_is_whole() throws IOException {
        Path record = folder.resolve("record.jsonl");
        int port;
        try (Child first = start("0", record);
                RawSocket client = RawSocket.join(addressOf(first), "/hook")) {
            port = URI.create(addressOf(first)).getPort();
            client.send("42/hook,1[\"before_the_kill\",{\"n\":1}]");
            client.await("42/hook");
            client.await("43/hook,1");
            awaitRecorded(record, "\"ack\":1");
            first.process().destroyForcibly();
            first.exitCode(START);
        }
        try (Child second = start(String.valueOf(port), record);
                RawSocket client = RawSocket.join(addressOf(second), "/hook")) {
            assertEquals(port, URI.create(addressOf(second)).getPort());
            client.send("42/hook,2[\"after_the_kill\",{\"n\":2}]");
            client.await("42/hook");
        }
        try (Recording recording = new Recording(record)) {
            int sent = 0;
            while (recording.hasNext()) {
                sent += recording.next().isFromClient() ? 1 : 0;
            }
            assertEquals(2, sent);
            assertEquals(0, recording.unreadable());
        }
    }

    @Test
    void hooks_post_their_bodies_as_they_are() throws Exception {
        try (Child monitor = start("0", folder.resolve("record.jsonl"));
                RawSocket dashboard = RawSocket.open(addressOf(monitor))) {
            dashboard.send("40{\"token\":\"dev-token\"}");
            dashboard.await("40{\"sid\"");
            assertEquals(
                    204,
                    post(monitor, "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"tool_name\":\"Bash\"}"));
            dashboard.await(
                    "42[\"tool_event\",{\"type\":\"tool_event\",\"subtype\":\"pre_tool\",\"data\":{\"hook_event_name\"");
            assertEquals(
                    204,
                    post(
                            monitor,
                            "{\"event\":\"claude_event\",\"data\":{\"type\":\"hook\",\"subtype\":\"subagent_stop\"}}"));
            dashboard.await("42[\"hook_event\",{\"type\":\"hook_event\",\"subtype\":\"subagent_stop\"");
            assertEquals(400, post(monitor, "no json"));
            assertEquals(403, post(monitor, "{}", "Origin", "http://evil.example"));
            dashboard.send("42[\"get_history\",{\"limit\":1}]");
            dashboard.await("42[\"history\",{\"events\":[{\"type\":\"hook_event\"");
        }
    }

    private static int post(Child monitor, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(addressOf(monitor) + "/api/events"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Child start(String port, Path record) {
        return Toolkit.start(
                Project.root(),
                Map.of(),
                "run",
                "scripts/ServerMonitor.java",
                "--port",
                port,
                "--record",
                record.toString());
    }

    private static String addressOf(Child monitor) {
        return monitor.await("monitor on ", START).replaceFirst(" .*", "");
    }

    private static void awaitRecorded(Path record, String text) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!Files.readString(record).contains(text)) {
            assertTrue(System.nanoTime() < deadline, text + " is not in the record");
            Thread.onSpinWait();
        }
    }
}
