package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.core.Json;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.harness.RawSocket;
import siodiag.harness.Toolkit;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerBehaviour;
import siodiag.server.ServerConfig;
import siodiag.server.ServerEvent;

/** {@code monitor --like claude-mpm}: today's hooks and dashboards work with it as with their own server. */
class MonitorLikeTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ServerConfig LIKE = ServerConfig.defaults().like(ServerBehaviour.CLAUDE_MPM);

    private final List<ServerEvent> seen = new CopyOnWriteArrayList<>();

    @Test
    void a_dashboard_gets_the_welcome_and_what_hooks_post_and_send() throws Exception {
        Program.NODE.need();
        Program.PYTHON_SOCKETIO.need();
        try (MonitorServer server = start(LIKE);
                Child dashboard = program("node", "mpm.cjs", server)) {
            dashboard.await("CONNECTED", LIMIT);
            assertEquals(
                    204,
                    post(
                                    server,
                                    """
                    {"namespace":"/","event":"claude_event","data":{"type":"hook","subtype":"pre_tool",
                     "hook_event_name":"PreToolUse","tool_name":"Read","session_id":"s","correlation_id":"c",
                     "timestamp":"t","source":"fast_hook","data":{"tool_input":{"file":"/x"}}}}""")
                            .statusCode());
            assertEquals(
                    204,
                    post(
                                    server,
                                    """
                    {"namespace":"hook","event":"claude_event","data":{"event":"mpm_event","source":"hook","type":"hook",
                     "subtype":"session_start","timestamp":"t","data":{"a":1},"session_id":"s","cwd":"/p"}}""")
                            .statusCode());
            try (Child hook = program("/usr/bin/python3", "mpm.py", server)) {
                JsonNode answer = Json.parse(hook.await("RESULT ", LIMIT));
                assertEquals(
                        "[\"dashboard:welcome\",\"dashboard:client:count\",\"hook:event\",\"claude_event\"]",
                        answer.get(1).toString());
            }
            JsonNode events = Json.parse(dashboard.await("RESULT ", LIMIT));
            assertEquals(
                    List.of(
                            "dashboard:welcome",
                            "dashboard:client:count",
                            "tool_event",
                            "session_event",
                            "dashboard:client:count",
                            "hook:event"),
                    names(events));
            assertEquals(
                    "{\"tool_input\":{\"file\":\"/x\"}}",
                    events.get(2).get(1).get("data").toString());
            assertEquals(2, events.get(4).get(1).get("count").asInt());
        }
    }

    @Test
    void its_health_is_that_of_claude_mpm_and_tells_who_it_is() throws Exception {
        try (MonitorServer server = start(LIKE)) {
            JsonNode health = Json.parse(get(server, "/health").body());
            assertEquals(
                    "claude-mpm-monitor running 6.5.83",
                    health.get("service").asText() + " " + health.get("status").asText() + " "
                            + health.get("version").asText());
            assertEquals(server.port(), health.get("port").asInt());
            assertEquals(ProcessHandle.current().pid(), health.get("pid").asLong());
            assertTrue(health.get("uptime").isInt(), health.toString());
            assertEquals("socketio-diagnostics", health.get("monitor").asText());
        }
    }

    @Test
    void a_dashboard_served_at_another_port_of_this_machine_may_read_and_another_sites_page_may_not() throws Exception {
        try (MonitorServer server = start(LIKE)) {
            HttpResponse<String> ours = get(server, "/api/working-directory", "Origin", "http://localhost:8767");
            assertTrue(Json.parse(ours.body()).get("success").asBoolean(), ours.body());
            assertEquals(
                    "http://localhost:8767",
                    ours.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
            assertFalse(get(server, "/health", "Origin", "https://evil.example")
                    .headers()
                    .firstValue("Access-Control-Allow-Origin")
                    .isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{\"data\":1}"})
    void a_body_that_is_no_event_is_500(String body) throws Exception {
        try (MonitorServer server = start(LIKE)) {
            assertEquals(500, post(server, body).statusCode());
        }
    }

    @Test
    void other_namespaces_are_refused_in_the_words_of_the_library() throws IOException {
        try (MonitorServer server = start(LIKE);
                RawSocket client = RawSocket.open(server.url())) {
            client.send("40/hook,");
            assertEquals("44/hook,\"Unable to connect\"", client.next());
            client.send("40");
            client.await("40{\"sid\"");
        }
    }

    @Test
    void a_client_with_an_auth_object_is_served_and_noted() throws IOException {
        try (MonitorServer server = start(LIKE);
                RawSocket client = RawSocket.open(server.url())) {
            client.send("40{\"token\":\"any\"}");
            client.await("40{\"sid\"");
            assertEquals(1, count(RecordedEvent.Kind.NOTE));
            assertEquals(0, seen.stream().filter(ServerEvent::isError).count());
        }
    }

    @Test
    void the_strict_one_leaves_it_unanswered_and_an_empty_one_is_none() throws IOException {
        try (MonitorServer server = start(ServerConfig.defaults().like(ServerBehaviour.CLAUDE_MPM_STRICT));
                RawSocket client = RawSocket.open(server.url())) {
            client.send("40{\"token\":\"any\"}");
            client.send("40{}");
            client.await("40{\"sid\"");
            client.await("42[\"dashboard:welcome\"");
            client.await("42[\"dashboard:client:count\",{\"count\":1}]");
            assertEquals(1, count(RecordedEvent.Kind.REFUSED));
        }
    }

    @Test
    void what_nobody_handles_is_not_acknowledged() throws IOException {
        try (MonitorServer server = start(LIKE);
                RawSocket client = joined(server)) {
            client.send("421[\"never_heard_of\",{}]");
            client.send("422[\"dashboard:ping\",{\"timestamp\":5}]");
            client.await("42[\"dashboard:pong\",{\"timestamp\":5,");
            assertEquals("432[]", client.next());
        }
    }

    @Test
    void a_hook_of_the_ingest_kind_needs_its_fields() throws IOException {
        try (MonitorServer server = start(LIKE);
                RawSocket client = joined(server)) {
            client.send("42[\"hook:ingest\",{\"type\":\"x\"}]");
            client.await("42[\"hook:error\",{\"error\":\"Invalid hook data format\"}]");
            client.send("42[\"hook:ingest\",{\"type\":\"x\",\"timestamp\":\"t\"}]");
            client.await("42[\"hook:event\",{\"type\":\"x\",");
            client.await("42[\"claude_event\",{\"type\":\"x\",");
            client.send("42[\"hook:history:get\",{}]");
            client.await("42[\"hook:history:response\",{\"events\":[{\"type\":\"x\",");
        }
    }

    @Test
    void heartbeats_come() throws IOException {
        try (MonitorServer server = MonitorServer.start(
                        LIKE, hub -> new StandIn(hub, new ClaudeMpmRole(hub, Duration.ofMillis(300))), List.of());
                RawSocket client = joined(server)) {
            String beat = client.await("42[\"heartbeat\",");
            assertTrue(beat.contains("\"connected_clients\":1") && beat.contains("\"port\":" + server.port()), beat);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--like other", "--like claude-mpm --token T", "--like claude-mpm --namespaces /hook"})
    void bad_input_is_exit_64_in_one_line(String options) {
        Toolkit.Run run = Toolkit.run(("run scripts/ServerMonitor.java " + options).split(" "));
        assertEquals(64, run.exitCode());
        assertEquals(
                1,
                run.err().lines().filter(line -> line.startsWith("monitor: ")).count(),
                run.err());
    }

    private MonitorServer start(ServerConfig config) throws IOException {
        return MonitorServer.start(config, StandIn::new, List.of(seen::add));
    }

    private static RawSocket joined(MonitorServer server) {
        RawSocket client = RawSocket.open(server.url());
        client.send("40");
        client.await("40{\"sid\"");
        client.await("42[\"dashboard:welcome\",{");
        client.await("42[\"dashboard:client:count\",{\"count\":1}]");
        return client;
    }

    private long count(RecordedEvent.Kind kind) {
        return seen.stream().filter(event -> event.kind() == kind).count();
    }

    private static List<String> names(JsonNode events) {
        List<String> names = new ArrayList<>();
        events.forEach(event -> names.add(event.get(0).asText()));
        return names;
    }

    private static Child program(String interpreter, String script, MonitorServer server) {
        return Child.start(
                Project.root().resolve("tests/monitor"),
                Map.of(),
                List.of(interpreter, script, server.url().replace("127.0.0.1", "localhost")));
    }

    private static HttpResponse<String> post(MonitorServer server, String body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url() + "/api/events"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> get(MonitorServer server, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
