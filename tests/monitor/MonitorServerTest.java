package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import siodiag.core.PortInUseException;
import siodiag.harness.RawSocket;
import siodiag.server.ServerConfig;

class MonitorServerTest {
    private MonitorServer server;

    @BeforeEach
    void start() throws IOException {
        server = MonitorServer.start(ServerConfig.defaults());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void echoes_to_everybody_in_the_namespaces_room() {
        try (RawSocket sender = RawSocket.join(server.url(), "/hook");
                RawSocket dashboard = RawSocket.join(server.url(), "/hook")) {
            sender.send("42/hook,7[\"user_prompt\",{\"n\":1.0,\"big\":12345678901234567890,\"text\":\"ä\\\"\"}]");
            String echo = dashboard.await(
                    "42/hook,[\"echo_user_prompt\",{\"n\":1.0,\"big\":12345678901234567890,\"text\":\"ä\\\"\",\"echoed_at\":\"");
            assertTrue(echo.matches(".*\"echoed_at\":\"[0-9T:.-]+Z\",\"original_sender\":\"[\\w-]{20}\"}]"), echo);
            assertEquals(echo, sender.next());
            sender.await("43/hook,7[");
        }
    }

    @Test
    void an_echo_that_is_sent_again_has_each_mark_once() {
        try (RawSocket client = RawSocket.join(server.url(), "/hook")) {
            client.send("42/hook,[\"again\",{\"a\":1.50,\"echoed_at\":\"old\", \"deep\":{\"echoed_at\":2},"
                    + "\"original_\\u0073ender\":{},\"z\":[1e400 , 12345678901234567890]}]");
            String echo = client.next();
            assertTrue(
                    echo.startsWith("42/hook,[\"echo_again\",{\"a\":1.50,\"deep\":{\"echoed_at\":2},"
                            + "\"z\":[1e400 , 12345678901234567890],\"echoed_at\":\"2"),
                    echo);
            assertEquals(2, echo.split("\"original_sender\":", -1).length, echo);
        }
    }

    @Test
    void arguments_of_any_type_are_echoed() {
        try (RawSocket client = RawSocket.join(server.url(), "/hook")) {
            for (String argument : List.of("\"text\"", "17", "null", "[1, 2]")) {
                client.send("42/hook,[\"any\"," + argument + ",\"second\"]");
                String echo = client.await("42/hook,[\"echo_any\",{\"data\":" + argument + ",\"echoed_at\":\"");
                assertTrue(echo.endsWith("\"},\"second\"]"), echo);
            }
            client.send("42/hook,[\"any\",{ }]");
            client.await("42/hook,[\"echo_any\",{\"echoed_at\":\"");
        }
    }

    @Test
    void keeps_binary_as_it_is() {
        try (RawSocket client = RawSocket.join(server.url(), "/hook")) {
            client.send("451-/hook,[\"shot\",{\"image\":{\"_placeholder\":true,\"num\":0}}]");
            client.send(new byte[] {0, 1, (byte) 255, 3});
            client.await("451-/hook,[\"echo_shot\",{\"image\":{\"_placeholder\":true,\"num\":0},\"echoed_at\"");
            assertEquals("binary:0001ff03", client.next());
        }
    }

    @Test
    void refuses_wrong_and_missing_tokens_and_unknown_namespaces_with_an_object() {
        try (RawSocket client = RawSocket.open(server.url())) {
            client.send("40/hook,{\"token\":\"wrong\"}");
            assertEquals("44/hook,{\"message\":\"Authentication failed: invalid token\"}", client.next());
            client.send("40/hook,");
            assertEquals("44/hook,{\"message\":\"Authentication failed: no token\"}", client.next());
            client.send("40/nowhere,{\"token\":\"dev-token\"}");
            assertEquals("44/nowhere,{\"message\":\"Invalid namespace\"}", client.next());
            client.send("42/hook,[\"sneak\"]");
            client.await("close:1002");
        }
    }

    @Test
    void refuses_bad_requests_as_the_protocol_says() throws Exception {
        assertEquals("400 {\"code\":0,\"message\":\"Transport unknown\"}", get("/socket.io/?EIO=4&transport=x"));
        assertEquals(
                "400 {\"code\":1,\"message\":\"Session ID unknown\"}",
                get("/socket.io/?EIO=4&transport=polling&sid=nobody"));
        assertEquals("400 {\"code\":3,\"message\":\"Bad request\"}", get("/socket.io/?EIO=4&transport=websocket"));
        assertEquals(
                "400 {\"code\":5,\"message\":\"Unsupported protocol version\"}",
                get("/socket.io/?EIO=7&transport=polling"));
    }

    @Test
    void lets_in_only_the_origins_it_should() throws Exception {
        assertTrue(get("/socket.io/?EIO=4&transport=polling", "Origin", "null").startsWith("200"));
        assertTrue(get("/socket.io/?EIO=4&transport=polling", "Origin", "http://localhost:8080")
                .startsWith("200"));
        assertEquals(
                "403 {\"code\":4,\"message\":\"Forbidden\"}",
                get("/socket.io/?EIO=4&transport=polling", "Origin", "http://evil.example"));
        assertThrows(Exception.class, () -> RawSocket.open(server.url(), "Origin", "http://evil.example"));
    }

    @Test
    void takes_messages_of_a_megabyte() {
        try (RawSocket client = RawSocket.join(server.url(), "/log")) {
            client.send("42/log,1[\"big\",{\"text\":\"" + "x".repeat(1 << 20) + "\"}]");
            assertTrue(client.next().length() > 1 << 20);
            client.await("43/log,1[");
        }
    }

    @Test
    void names_who_holds_its_port_within_a_second() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Instant start = Instant.now();
            PortInUseException refused = assertThrows(
                    PortInUseException.class,
                    () -> MonitorServer.start(
                            ServerConfig.defaults().host("0.0.0.0").port(taken.getLocalPort())));
            assertTrue(Duration.between(start, Instant.now()).toMillis() < 1000);
            assertTrue(
                    refused.getMessage()
                            .contains(" by PID " + ProcessHandle.current().pid() + " ("),
                    refused.getMessage());
        }
    }

    @Test
    void closes_fast_and_says_goodbye() {
        RawSocket client = RawSocket.join(server.url(), "/hook");
        Instant start = Instant.now();
        server.close();
        assertTrue(Duration.between(start, Instant.now()).toMillis() < 500);
        assertEquals("close:1001", client.next());
    }

    @Test
    void serves_no_more_clients_than_it_should() throws IOException {
        try (MonitorServer small = MonitorServer.start(ServerConfig.defaults().maxClients(1));
                RawSocket first = RawSocket.join(small.url(), "/hook")) {
            assertThrows(Exception.class, () -> RawSocket.open(small.url()));
            first.send("42/hook,[\"still_there\"]");
            first.await("42/hook,[\"echo_still_there\",{\"echoed_at\"");
        }
    }

    @Test
    void the_root_leads_to_the_dashboard() throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/"))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(
                "302 /dashboard",
                response.statusCode() + " "
                        + response.headers().firstValue("Location").orElse(""));
    }

    private String get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
