package siodiag.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import siodiag.recording.RecordedEvent.Direction;
import siodiag.recording.RecordedEvent.Kind;
import siodiag.server.ServerEvent;

/** Copies of bytes in, events out. */
class TrafficTest {
    private static final String OPEN =
            "{\"sid\":\"abc123\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";

    private final List<ServerEvent> events = new ArrayList<>();
    private final Traffic traffic = new Traffic(events::add);
    private long now = 1_000_000;

    @Test
    void polling_requests_fold_into_a_session() {
        handshake();
        post("40/chat,{\"token\":\"t\"}");
        poll("40/chat,{\"sid\":\"xyz\"}");
        post("42/chat,7[\"say\",{\"text\":\"hi\"}]\u001e3");
        poll("43/chat,7[\"ok\"]\u001e42/chat,[\"said\",1]\u001e2");
        assertEquals(
                List.of(
                        "handshake out",
                        "connect in",
                        "connect out",
                        "event in",
                        "pong in",
                        "ack out",
                        "event out",
                        "ping out"),
                told());
        ServerEvent said = events.get(6);
        assertEquals(
                List.of("c1", "xyz", "/chat", "said", "[1]"),
                List.of(said.client(), said.socket(), said.namespace(), said.event(), said.args()));
        assertEquals("say", events.get(5).event());
        assertTrue(
                events.get(5).detail().startsWith("of say after "),
                events.get(5).detail());
        assertTrue(events.stream().noneMatch(event -> event.toString().contains("abc123")), "no session id");
    }

    @Test
    void an_upgrade_goes_on_with_the_same_session_and_its_end_names_who_ended_it() {
        handshake();
        traffic.opened(1, request("GET", "?EIO=4&transport=websocket&sid=abc123", ""), now);
        message(Direction.IN, "2probe");
        message(Direction.OUT, "3probe");
        message(Direction.IN, "5");
        message(Direction.IN, "42[\"a\"]");
        traffic.message(1, Direction.OUT, FrameReader.CLOSE, new byte[] {3, (byte) 241}, now);
        traffic.closed(1, Direction.OUT, "the server ended the connection", now);
        assertEquals(List.of("handshake out", "upgrade in", "event in", "close out"), told());
        assertEquals(1009, events.get(3).status());
    }

    @Test
    void attachments_belong_to_their_packet() {
        handshake();
        traffic.opened(1, request("GET", "?EIO=4&transport=websocket", ""), now);
        message(Direction.OUT, "0" + OPEN.replace("abc123", "def456"));
        message(Direction.IN, "452-[\"picture\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        traffic.message(1, Direction.IN, FrameReader.BINARY, new byte[] {1, 2, 3}, now);
        traffic.message(1, Direction.IN, FrameReader.BINARY, new byte[] {4}, now);
        ServerEvent picture = events.get(2);
        assertEquals("picture", picture.event());
        assertEquals(2, picture.binary().size());
        assertEquals(4, picture.binaryBytes());
    }

    @Test
    void engine_3_has_its_own_payloads() {
        traffic.response(
                request("GET", "?EIO=3&transport=polling", ""),
                response(200, OPEN.length() + 1 + ":0" + OPEN + "2:40"));
        traffic.request(request("POST", "?EIO=3&transport=polling&sid=abc123", "9:42[\"a\",1]1:2"));
        assertEquals(List.of("handshake out", "connect out", "event in", "ping in"), told());
    }

    @Test
    void what_cant_be_decoded_is_told_and_what_follows_is_read() {
        handshake();
        post("4?\u001e42[\"a\"]");
        post("42{not json");
        post("42[\"b\"]");
        assertEquals(List.of("handshake out", "malformed in", "event in", "malformed in", "event in"), told());
    }

    @Test
    void refusals_keep_the_servers_words() {
        handshake();
        traffic.response(
                request("POST", "?EIO=4&transport=polling&sid=abc123", "3"),
                response(400, "{\"code\":1,\"message\":\"Session ID unknown\"}"));
        poll("44/x,{\"message\":\"Invalid namespace\"}");
        assertEquals(List.of("handshake out", "error out", "refused out"), told());
        assertEquals(400, events.get(1).status());
        assertTrue(
                events.get(1).detail().contains("Session ID unknown"),
                events.get(1).detail());
        assertEquals("{\"message\":\"Invalid namespace\"}", events.get(2).detail());
    }

    @Test
    void a_client_that_comes_back_is_told_as_such() {
        handshake();
        post("1");
        traffic.response(
                request("GET", "?EIO=4&transport=polling", ""), response(200, "0" + OPEN.replace("abc123", "next")));
        assertTrue(
                events.get(2).detail().contains("probably c1 again"),
                events.get(2).detail());
    }

    @Test
    void posts_of_json_are_events_and_other_requests_are_none() {
        Map<String, String> json = new HashMap<>(Map.of("content-type", "application/json"));
        traffic.request(new HttpMessages.Request(
                "POST", "/api/events", json, "{\"event\":\"e\",\"n\":1}".getBytes(StandardCharsets.UTF_8), true, now));
        traffic.request(request("GET", "", ""));
        assertEquals(List.of("http in"), told());
        assertEquals("e", events.get(0).event());
        assertNull(events.get(0).client());
    }

    @Test
    void a_page_of_another_origin_is_told_where_the_browser_hides_the_answer() {
        Map<String, String> browser =
                Map.of("user-agent", "Mozilla/5.0", "origin", "http://app.test", "host", "localhost:3000");
        HttpMessages.Request request =
                new HttpMessages.Request("GET", "/socket.io/?EIO=4&transport=polling", browser, new byte[0], true, now);
        traffic.response(request, response(200, "0" + OPEN));
        assertEquals(List.of("error out", "handshake out"), told());
        assertTrue(
                events.get(0).detail().contains(Cors.BLOCKED + " http://app.test"),
                events.get(0).detail());
    }

    private List<String> told() {
        return events.stream()
                .map(event -> (event.kind() == Kind.HTTP ? "http" : event.kind().label()) + " "
                        + event.direction().label())
                .toList();
    }

    private void handshake() {
        traffic.response(request("GET", "?EIO=4&transport=polling", ""), response(200, "0" + OPEN));
    }

    private void post(String body) {
        now += 5;
        traffic.request(request("POST", "?EIO=4&transport=polling&sid=abc123", body));
    }

    private void poll(String body) {
        now += 5;
        traffic.response(request("GET", "?EIO=4&transport=polling&sid=abc123", ""), response(200, body));
    }

    private void message(Direction direction, String text) {
        now += 5;
        traffic.message(1, direction, FrameReader.TEXT, text.getBytes(StandardCharsets.UTF_8), now);
    }

    private HttpMessages.Request request(String method, String query, String body) {
        Map<String, String> headers = query.contains("websocket") ? Map.of("upgrade", "websocket") : Map.of();
        return new HttpMessages.Request(
                method, "/socket.io/" + query, headers, body.getBytes(StandardCharsets.UTF_8), true, now);
    }

    private HttpMessages.Response response(int status, String body) {
        return new HttpMessages.Response(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), true, now);
    }
}
