package siodiag.passive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import siodiag.core.Redactor;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.recording.RecordedEvent.Direction;
import siodiag.recording.RecordedEvent.Kind;
import siodiag.server.ServerEvent;
import siodiag.target.FlowFile;

/** What is found in the traffic of real clients, and what is not: nothing is called broken that nobody promised. */
class PassiveExaminationTest {
    private final PassiveExamination examination = new PassiveExamination();
    private long now = 1_000_000_000;

    @BeforeEach
    void connect() {
        for (String client : List.of("a", "b", "c", "d")) {
            begin(client);
        }
    }

    @Test
    void events_that_reach_all_others_are_accounted_for() {
        for (int i = 0; i < 6; i++) {
            say("a", "hello " + i, "b", "c", "d");
        }
        assertEquals(List.of(), troubles());
        assertEquals(6, examination.figures().sent());
        assertEquals(18, examination.figures().received());
        assertEquals(0, examination.figures().lost());
    }

    @Test
    void a_receiver_that_misses_some_has_lost_them() {
        for (int i = 0; i < 12; i++) {
            say("a", "hello " + i, i % 4 == 1 ? List.of("b", "d") : List.of("b", "c", "d"));
        }
        assertEquals(List.of(Symptom.PARTLY_LOST), troubles());
    }

    @Test
    void rooms_that_alternate_are_no_loss() {
        for (int i = 0; i < 12; i++) {
            boolean even = i % 2 == 0;
            emit("a", "say", "[{\"room\":\"" + (even ? "even" : "odd") + "\",\"text\":\"hello " + i + "\"}]");
            for (String to : even ? List.of("b", "c") : List.of("c", "d")) {
                deliver(to, "said", "[\"hello " + i + "\"]");
            }
        }
        assertEquals(List.of(), troubles());
    }

    @Test
    void private_messages_are_no_loss() {
        for (int i = 0; i < 12; i++) {
            String to = List.of("b", "c", "d").get(i % 3);
            emit("a", "private", "[{\"to\":\"user-" + to + "\",\"text\":\"psst " + i + "\"}]");
            deliver(to, "private", "[{\"text\":\"psst " + i + "\"}]");
        }
        assertEquals(List.of(), troubles());
    }

    @Test
    void a_client_that_joins_late_has_lost_nothing() {
        for (int i = 0; i < 12; i++) {
            say("a", "hello " + i, i < 6 ? List.of("b") : List.of("b", "c"));
        }
        assertEquals(List.of(), troubles());
    }

    @Test
    void one_client_whose_events_nobody_receives_is_told_from_the_others() {
        for (int i = 0; i < 6; i++) {
            say("a", "hello " + i, "b", "c");
            say("d", "unheard " + i);
        }
        assertEquals(List.of(Symptom.NOT_DELIVERED), troubles());
    }

    @Test
    void events_that_nobody_ever_receives_are_information() {
        for (int i = 0; i < 6; i++) {
            emit("a", "log", "[\"line " + i + "\"]");
        }
        assertEquals(List.of(), troubles());
        assertNull(examination.figures());
    }

    @Test
    void the_same_text_again_and_again_tells_nothing() {
        for (int i = 0; i < 6; i++) {
            emit("a", "say", "[\"ok\",\"general\"]");
            deliver("b", "said", "[\"ok\",\"general\"]");
        }
        assertEquals(List.of(), troubles());
        assertNull(examination.figures());
    }

    @Test
    void a_name_that_comes_again_later_is_no_relation() {
        for (String client : List.of("a", "b", "c")) {
            emit(client, "add user", "[\"user-" + client + "\"]");
            deliver("d", "user joined", "[{\"username\":\"user-" + client + "\"}]");
        }
        for (int i = 0; i < 9; i++) {
            String client = List.of("a", "b", "c").get(i % 3);
            now += 300;
            emit(client, "typing", "[]");
            deliver("d", "typing", "[{\"username\":\"user-" + client + "\"}]");
        }
        assertEquals(List.of(), troubles());
    }

    @Test
    void what_comes_twice_with_the_same_content_is_duplicated() {
        for (int i = 0; i < 4; i++) {
            say("a", "hello " + i, "b", "b", "c");
        }
        assertEquals(List.of(Symptom.DUPLICATED), troubles());
    }

    @Test
    void a_text_that_the_server_wraps_is_recognised() {
        for (int i = 0; i < 4; i++) {
            emit("a", "say", "[\"good morning " + i + "\"]");
            deliver("b", "line", "[\"<a> good morning " + i + "\"]");
        }
        assertEquals(List.of(), troubles());
        assertEquals(4, examination.figures().received());
    }

    @Test
    void an_acknowledgement_that_never_comes_is_missed_and_one_that_is_late_is_not() {
        event("a", Kind.EVENT, Direction.IN, "save", "[1]", 1, 0, null);
        event("b", Kind.EVENT, Direction.IN, "load", "[1]", 1, 0, null);
        now += 2_500;
        event("b", Kind.ACK, Direction.OUT, "load", "[]", 1, 0, null);
        now += 2_500;
        assertEquals(List.of(Symptom.NO_REACTION), troubles());
    }

    @Test
    void sessions_that_end_after_the_same_idle_time_name_the_owner() {
        for (String client : List.of("a", "b", "c")) {
            now += 60_000;
            event(client, Kind.CLOSE, Direction.OUT, null, null, -1, 1006, "the server ended the connection");
            begin(client);
        }
        // each was idle since its begin: 60, 120 and 180 s
        for (String client : List.of("a", "b")) {
            event(client, Kind.EVENT, Direction.IN, "x", "[]", -1, 0, null);
        }
        now += 60_000;
        for (String client : List.of("a", "b")) {
            event(client, Kind.CLOSE, Direction.OUT, null, null, -1, 1006, "the server ended the connection");
        }
        List<Finding> findings = findings();
        assertEquals(List.of(Symptom.CLOSED_IN_USE), troubles(findings));
    }

    @Test
    void clients_that_leave_and_one_that_is_ended_by_the_server_are_no_fault() {
        event("a", Kind.CLOSE, Direction.IN, null, null, -1, 1005, "the client closed the WebSocket");
        event("b", Kind.CLOSE, Direction.OUT, null, null, -1, 1000, "a DISCONNECT of the server");
        assertEquals(List.of(), troubles());
    }

    @Test
    void a_token_that_is_refused_is_no_fault_once_the_client_is_connected() {
        refuse("a", "{\"message\":\"invalid token\"}");
        event("a", Kind.CONNECT, Direction.OUT, null, null, -1, 0, null);
        assertEquals(List.of(), troubles());
    }

    @Test
    void a_refusal_is_read_by_the_servers_words() {
        refuse("a", "{\"message\":\"Invalid namespace\"}");
        refuse("b", "{\"message\":\"jwt expired\"}");
        refuse("c", "{\"message\":\"the room is full\"}");
        assertEquals(
                Set.of(Symptom.NAMESPACE_UNKNOWN, Symptom.TOKEN_REFUSED, Symptom.CONNECT_REFUSED),
                Set.copyOf(troubles()));
    }

    @Test
    void what_the_tap_disturbed_is_excused() {
        for (int i = 0; i < 4; i++) {
            say("a", "hello " + i, "b", "b", "c");
        }
        List<Finding> findings =
                examination.findings("http://localhost:1", now + 20_000, new Redactor(), Set.of(Symptom.DUPLICATED));
        assertEquals(List.of(), troubles(findings));
    }

    @Test
    void a_flow_is_learned_that_the_flow_files_reader_takes() {
        for (String client : List.of("a", "b", "c")) {
            event(
                    client,
                    Kind.EVENT,
                    Direction.IN,
                    "join",
                    "[{\"room\":\"lobby\",\"name\":\"n-" + client + "\",\"password\":\"s3cr3t99\"}]",
                    0,
                    0,
                    null);
            event(client, Kind.ACK, Direction.OUT, null, "[]", 0, 0, null);
        }
        for (int i = 0; i < 6; i++) {
            now += 500;
            say("a", "hello " + i, "b", "c");
        }
        findings();
        JsonNode flow = examination.learned(new Redactor()).flows().get(0);
        assertEquals("say", flow.path("send").path(0).path("event").asText());
        assertEquals("{mark}", flow.path("send").path(0).path("args").path(0).asText());
        assertEquals("said", flow.path("receive").path("event").asText());
        assertEquals(
                "ack", flow.path("setup").path("dashboard").path(0).path("wait").asText());
        assertEquals(
                "lobby",
                flow.path("setup")
                        .path("sender")
                        .path(0)
                        .path("args")
                        .path(0)
                        .path("room")
                        .asText());
        assertTrue(!flow.toString().contains("s3cr3t99"), flow.toString());
        assertEquals(
                "learned: say", FlowFile.parse(flow.toString(), "learned", "/").name());
    }

    private List<Finding> findings() {
        return examination.findings("http://localhost:1", now, new Redactor(), Set.of());
    }

    private List<Symptom> troubles() {
        return troubles(findings());
    }

    private static List<Symptom> troubles(List<Finding> findings) {
        return findings.stream().filter(Finding::isTrouble).map(Finding::sign).toList();
    }

    private void begin(String client) {
        event(
                client,
                Kind.HANDSHAKE,
                Direction.OUT,
                null,
                "[{\"engine\":4,\"pingInterval\":25000,\"pingTimeout\":20000,\"path\":\"/socket.io/\"}]",
                -1,
                0,
                null);
        event(client, Kind.CONNECT, Direction.OUT, null, null, -1, 0, null);
    }

    private void refuse(String client, String words) {
        event(client, Kind.CONNECT, Direction.IN, null, null, -1, 0, null);
        event(client, Kind.REFUSED, Direction.OUT, null, null, -1, 0, words);
    }

    private void say(String from, String text, String... to) {
        say(from, text, List.of(to));
    }

    private void say(String from, String text, List<String> to) {
        emit(from, "say", "[\"" + text + "\"]");
        new ArrayList<>(to).forEach(receiver -> deliver(receiver, "said", "[\"" + text + "\"]"));
    }

    private void emit(String client, String name, String args) {
        event(client, Kind.EVENT, Direction.IN, name, args, -1, 0, null);
    }

    private void deliver(String client, String name, String args) {
        event(client, Kind.EVENT, Direction.OUT, name, args, -1, 0, null);
    }

    private void event(
            String client,
            Kind kind,
            Direction direction,
            String name,
            String args,
            long ack,
            int status,
            String detail) {
        now += 2;
        boolean inNamespace = kind != Kind.HANDSHAKE && kind != Kind.CLOSE;
        examination.on(new ServerEvent(
                now,
                kind,
                direction,
                client,
                null,
                "websocket",
                inNamespace ? "/" : null,
                name,
                args,
                ack,
                args == null ? 0 : args.length(),
                List.of(),
                kind == Kind.EVENT && direction == Direction.OUT ? List.of(client) : List.of(),
                status,
                detail));
    }
}
