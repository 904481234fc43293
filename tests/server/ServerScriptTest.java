package siodiag.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.core.Deadline;
import siodiag.core.Json;
import siodiag.harness.BuiltScript;
import siodiag.harness.Child;
import siodiag.harness.JsonResult;
import siodiag.harness.Project;
import siodiag.harness.RawSocket;
import siodiag.harness.Toolkit;
import siodiag.target.Application;

/** The script {@code server}, started as users start it: healthy in every respect, and the traps of netty-socketio closed. */
class ServerScriptTest {
    private static final String TOKEN = "s3cret-of-the-server";
    private static final String ACCEPTED = "40/hook,{\"token\":\"" + TOKEN + "\",\"roles\":[\"a\",\"b\"]}";
    private static Child server;
    private static String url;

    @BeforeAll
    static void start() {
        server = Toolkit.start(Project.root(), Map.of("CLAUDE_MPM_SOCKETIO_TOKEN", TOKEN), "server", "--port", "0");
        url = address(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        assertFalse((server.out() + server.err()).contains(TOKEN), server.out() + server.err());
    }

    @Test
    void is_healthy_in_every_respect(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("result.json");
        Toolkit.Run run =
                Toolkit.run("run-all", "--url", url, "--token", TOKEN, "--timeout", "20", "--json", json.toString());
        assertEquals(0, run.exitCode(), run.out() + run.err());
        JsonResult result = JsonResult.of(json);
        assertEquals("healthy", result.verdict());
        assertEquals(
                "this toolkit's server",
                result.json().path("application").path("name").asText());
        assertEquals(0, result.json().path("notTested").size());
        for (String namespace : Application.EIGHT) {
            assertEquals("pass", result.status("auth.enforced." + namespace));
        }
        for (String check : List.of("transport.polling", "transport.upgrade", "event.payload", "session.reconnect")) {
            assertEquals("pass", result.status(check), check);
        }
        assertTrue(result.check("relay.bytes").path("detail").asText().contains("received 4 of 4"), result::toString);
    }

    @Test
    void a_wrong_token_is_diagnosed() {
        Toolkit.Run run = Toolkit.run("conn-auth", "--url", url, "--token", "wrong");
        assertEquals(21, run.exitCode(), run.out() + run.err());
        assertTrue(run.out().contains("token-rejected"), run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"40/hook,", "40/hook,{\"token\":\"wrong\"}", "40/hook,{\"token\":[\"" + TOKEN + "\"]}", "40/hook"
            })
    void whoever_is_refused_receives_no_broadcast_and_runs_no_event(String connect) {
        try (RawSocket refused = RawSocket.open(url);
                RawSocket accepted = accepted()) {
            refused.send(connect);
            assertEquals(
                    "{\"message\":\"invalid token\"}", refused.await("44/hook,").substring("44/hook,".length()));
            refused.send("42/hook,[\"user_prompt\",{\"from\":\"refused\"}]");
            refused.send(connect);
            refused.await("44/hook,"); // so its event was handled
            accepted.send("42/hook,[\"user_prompt\",{\"from\":\"accepted\"}]");
            accepted.await("42/hook,[\"echo_user_prompt\",{\"from\":\"accepted\"");
            refused.send(connect);
            refused.await("44/hook,"); // nothing came between
        }
    }

    @Test
    void a_session_is_no_client_of_the_default_namespace_before_its_connect() {
        try (RawSocket early = RawSocket.open(url);
                RawSocket accepted = RawSocket.open(url)) {
            accepted.send("40{\"token\":\"" + TOKEN + "\"}");
            accepted.await("40{\"sid\":");
            early.send("42[\"user_prompt\",{\"from\":\"early\"}]");
            early.send("40{}");
            early.await("44{\"message\":");
            accepted.send("42[\"user_prompt\",{\"from\":\"accepted\"}]");
            accepted.await("42[\"echo_user_prompt\",{\"from\":\"accepted\"");
            early.send("40{}");
            early.await("44{\"message\":");
        }
    }

    @Test
    void an_unknown_event_is_acknowledged_as_unknown() {
        try (RawSocket client = accepted()) {
            client.send("42/hook,7[\"no_such\",{\"a\":1}]");
            JsonNode answer = Json.parse(client.await("43/hook,7[").substring("43/hook,7".length()))
                    .path(0);
            assertEquals("error", answer.path("status").asText());
            assertEquals("unknown event no_such", answer.path("message").asText());
        }
    }

    @Test
    void an_unknown_namespace_is_refused_with_a_message() {
        try (RawSocket client = RawSocket.open(url)) {
            client.send("40/nowhere,{}");
            client.await("44/nowhere,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void keeps_nulls_digits_and_further_arguments() {
        try (RawSocket client = accepted()) {
            client.send(
                    "42/hook,[\"user_prompt\",{\"none\":null,\"pi\":3.14159265358979323846,\"big\":12345678901234567890},\"second\"]");
            String echo = client.await("42/hook,[\"echo_user_prompt\","
                    + "{\"none\":null,\"pi\":3.14159265358979323846,\"big\":12345678901234567890,");
            assertTrue(echo.endsWith(",\"second\"]"), echo);
        }
    }

    @Test
    void rooms_are_joined_and_left() {
        try (RawSocket dashboard = accepted()) {
            dashboard.send("42/hook,1[\"leave_room\",\"hook_room\"]");
            dashboard.await("43/hook,1[{\"status\":\"ok\"}]");
            dashboard.send("42/hook,2[\"user_prompt\",{}]");
            dashboard.await("43/hook,2["); // its echo would have come before
            dashboard.send("42/hook,3[\"join_room\",{\"room\":\"hook_room\"}]");
            dashboard.await("43/hook,3[{\"status\":\"ok\"}]");
            dashboard.send("42/hook,[\"user_prompt\",{}]");
            dashboard.await("42/hook,[\"echo_user_prompt\",");
        }
    }

    @Test
    void a_client_can_leave_the_default_namespace_and_return() {
        try (RawSocket client = RawSocket.open(url)) {
            for (int round = 0; round < 2; round++) {
                client.send("40{\"token\":\"" + TOKEN + "\"}");
                client.await("40{\"sid\":");
                client.send("42[\"user_prompt\",{}]");
                client.await("42[\"echo_user_prompt\",");
                client.send("41");
            }
        }
    }

    @Test
    void a_packet_that_cannot_be_parsed_closes_the_connection() {
        try (RawSocket client = RawSocket.open(url)) {
            client.send("4nonsense");
            client.await("close:");
        }
    }

    @Test
    void a_long_payload_of_polling_loses_no_packet() throws Exception {
        String session = Json.parse(poll("").substring(1)).path("sid").asText();
        post(session, ACCEPTED);
        assertTrue(poll(session).startsWith("40/hook,"));
        post(
                session,
                IntStream.range(0, 120)
                        .mapToObj(i -> "42/hook," + i + "[\"join_room\",\"r\"]")
                        .collect(Collectors.joining("\u001e")));
        int acknowledged = 0;
        Deadline end = Deadline.in(Duration.ofSeconds(30));
        while (acknowledged < 120 && !end.passed()) {
            acknowledged += (int) Stream.of(poll(session).split("\u001e"))
                    .filter(packet -> packet.startsWith("43/hook,"))
                    .count();
        }
        assertEquals(120, acknowledged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIO=4&transport=polling&sid=00000000-0000-0000-0000-000000000000|1",
                "EIO=4&transport=polling&sid=x|1",
                "EIO=4&transport=carrier-pigeon|0",
                "EIO=3&transport=polling|5",
                "EIO=4&transport=websocket|3"
            })
    void answers_what_is_wrong_with_a_request_at_once(String query) throws Exception {
        String[] parts = query.split("\\|");
        HttpResponse<String> answer = http(HttpRequest.newBuilder(URI.create(url + "/socket.io/?" + parts[0]))
                .GET());
        assertEquals(400, answer.statusCode());
        assertEquals(
                Integer.parseInt(parts[1]),
                Json.parse(answer.body()).path("code").asInt(-1),
                answer.body());
    }

    @Test
    void a_page_of_a_foreign_origin_is_refused_and_one_of_this_machine_accepted() throws Exception {
        URI handshake = URI.create(url + "/socket.io/?EIO=4&transport=polling");
        assertEquals(
                403,
                http(HttpRequest.newBuilder(handshake).header("Origin", "https://evil.example"))
                        .statusCode());
        HttpResponse<String> own = http(HttpRequest.newBuilder(handshake).header("Origin", "http://localhost:3000"));
        assertEquals(200, own.statusCode());
        assertEquals(
                "http://localhost:3000",
                own.headers().firstValue("access-control-allow-origin").orElse(""));
    }

    @Test
    void a_port_that_is_taken_is_one_line_and_exit_70() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Toolkit.Run run = run("--port", String.valueOf(taken.getLocalPort()));
            assertEquals(70, run.exitCode(), run.out() + run.err());
            assertEquals(
                    "server: can't listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": the port is in use; --port names another one\n",
                    run.err());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port 70000",
                "--port many",
                "--path /",
                "--path /a?b",
                "--namespaces hook",
                "--token=",
                "--no-such-option",
                "extra"
            })
    void bad_input_is_one_line_and_exit_64(String arguments) {
        Toolkit.Run run = run(arguments.split(" "));
        assertEquals(64, run.exitCode(), run.out() + run.err());
        assertEquals("", run.out());
        assertTrue(run.err().matches("server: [^\n]+\n"), run.err());
    }

    /** The template is the script itself, so the copy is made as users make it. */
    @Test
    void a_copy_stands_alone(@TempDir Path elsewhere) throws IOException {
        Path copy = elsewhere.resolve("Mine.java");
        assertEquals(
                0, Toolkit.run("init", "-t", "java-server", copy.toString()).exitCode());
        assertEquals(Files.readString(Project.root().resolve("scripts/Server.java")), Files.readString(copy));
        try (Child own = Toolkit.start(elsewhere, Map.of(), "Mine.java", "--port", "0", "--until-eof")) {
            Toolkit.Run run = Toolkit.run("ask", "up", "--url", address(own));
            assertEquals(0, run.exitCode(), run.out() + run.err());
            own.process().getOutputStream().close();
            assertEquals(0, own.exitCode(Toolkit.LIMIT));
        }
    }

    private static String address(Child server) {
        return server.await("server on ", Toolkit.LIMIT).split(" ")[0];
    }

    private static Toolkit.Run run(String... arguments) {
        return BuiltScript.of("server").run(Map.of(), List.of(arguments));
    }

    private static RawSocket accepted() {
        RawSocket client = RawSocket.open(url);
        client.send(ACCEPTED);
        client.await("40/hook,{\"sid\":");
        return client;
    }

    private static String poll(String session) throws Exception {
        return http(polling(session).GET()).body();
    }

    private static void post(String session, String payload) throws Exception {
        assertEquals(
                "ok",
                http(polling(session).POST(HttpRequest.BodyPublishers.ofString(payload)))
                        .body());
    }

    private static HttpRequest.Builder polling(String session) {
        return HttpRequest.newBuilder(
                URI.create(url + "/socket.io/?EIO=4&transport=polling" + (session.isEmpty() ? "" : "&sid=" + session)));
    }

    private static HttpResponse<String> http(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
