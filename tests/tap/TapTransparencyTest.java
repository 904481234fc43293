package siodiag.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import siodiag.harness.JsonResult;
import siodiag.harness.LoadedScript;
import siodiag.harness.Program;
import siodiag.harness.Toolkit;
import siodiag.lab.Deployment;
import siodiag.recording.RecordedEvent;
import siodiag.recording.Recording;

/** Through the tap everything is as without it, and the record has all of it. */
@Execution(ExecutionMode.CONCURRENT)
class TapTransparencyTest {
    private static final String ECHO =
            "echo {\"times\":15,\"options\":{\"auth\":{\"token\":\"dev-token\"},\"transports\":[\"%s\"]},\"client\":\"%s\"}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"transparent.js", "transparent.js pfx={certificates}/self-good.pfx"})
    void bodies_frames_and_bytes_pass_unchanged(String program) {
        try (Deployment deployment = Deployment.of(program.replace("transparent.js", "../../tap/transparent"));
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"), "--insecure")) {
            JsonNode done =
                    TapRun.program(List.of("node", "transparent-client.js", tap.url(), deployment.fill("{last}")));
            assertEquals(16, done.path("checked").asInt());
            assertEquals("healthy", tap.stop().verdict());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "node4, websocket, 4", "node4, polling, 4", "node4 eio3 auth=open, websocket, 2",
                "node4 eio3 auth=open, polling, 2", "node2, polling, 2",
        "python, websocket, 4", "python, polling, 3", "uvicorn, websocket, 3", "netty, websocket, 4",
                "netty, polling, 4"
    })
    void the_record_has_what_node_clients_sent_and_received(String server, String transport, String client)
            throws IOException {
        try (Deployment deployment = Deployment.of(server);
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"))) {
            JsonNode done = tap.clients(String.format(ECHO, transport, client));
            agrees(tap, done, 15);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node4", "python", "uvicorn"})
    void the_record_has_what_python_clients_sent_and_received(String server) throws IOException {
        try (Deployment deployment = Deployment.of(server);
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"))) {
            JsonNode done = TapRun.program(List.of(
                    "/usr/bin/python3",
                    "clients.py",
                    tap.url(),
                    "{\"namespace\":\"/hook\",\"auth\":{\"token\":\"dev-token\"},\"setup\":[[\"join_room\",\"hook_room\"]],"
                            + "\"emit\":[[\"user_prompt\",{\"prompt\":\"hello {n}\"}]]}"));
            agrees(tap, done, 10);
        }
    }

    /** In the order in which things happened, each delivery once. */
    private void agrees(TapRun tap, JsonNode done, int sent) throws IOException {
        JsonResult result = tap.stop();
        assertEquals("healthy", result.verdict(), result.toString());
        List<RecordedEvent> lines = new ArrayList<>();
        try (Recording record = new Recording(folder.resolve("record.jsonl"))) {
            while (record.hasNext()) {
                lines.add(record.next());
            }
            assertEquals(0, record.unreadable());
        }
        assertEquals(
                done.path("received").asInt(),
                lines.stream()
                        .filter(line ->
                                line.kind().equals("event") && line.direction().equals("out"))
                        .count(),
                tap.process().out());
        assertEquals(
                sent,
                lines.stream()
                        .filter(line -> line.isFromClient() && line.event().equals("user_prompt"))
                        .count());
        for (int i = 1; i < lines.size(); i++) {
            assertTrue(
                    !lines.get(i).at().isBefore(lines.get(i - 1).at().minusMillis(20)),
                    lines.get(i).toString());
        }
        assertTrue(
                lines.stream().noneMatch(line -> line.kind().equals("malformed")),
                tap.process().out());
    }

    @Test
    void a_page_that_a_real_browser_loads_through_the_tap_works() {
        Program.CHROMIUM.need();
        for (String options : List.of("", " pfx={certificates}/self-good.pfx")) {
            try (Deployment deployment = Deployment.of("../../tap/transparent" + options);
                    TapRun tap = TapRun.start(folder, deployment.fill("{last}"), "--insecure")) {
                JsonNode done = TapRun.program(List.of("node", "page.js", tap.url()));
                assertEquals("seen=yes", done.path("cookie").asText());
                JsonResult result = tap.stop();
                assertEquals("healthy", result.verdict(), result.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node4", "python", "netty", "claude_mpm"})
    void run_all_through_the_tap_finds_what_it_finds_without(String server) throws IOException {
        try (Deployment deployment = Deployment.of(server);
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"))) {
            Path json = folder.resolve("run-all.json");
            LoadedScript.run(LoadedScript.command("RunAll"), List.of("--url", tap.url(), "--json", json.toString()));
            JsonResult through = JsonResult.of(json);
            assertEquals("healthy", through.verdict(), through.toString());
            assertEquals(
                    through.json().path("flow").path("expected").asInt(),
                    through.json().path("flow").path("received").asInt());
            tap.stop();
        }
    }

    @Test
    void the_official_java_client_works_through_the_tap() {
        try (Deployment deployment = Deployment.of("node4");
                TapRun tap = TapRun.start(folder, deployment.fill("{last}"))) {
            Toolkit.Run hook = BuiltScript.of("hook-test").run(Map.of(), List.of("--url", tap.url()));
            assertEquals(0, hook.exitCode(), hook.out() + hook.err());
            tap.stop();
        }
    }
}
