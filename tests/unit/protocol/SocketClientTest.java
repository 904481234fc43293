package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import siodiag.core.Deadline;

/** The client over a session that the test holds in its hand: packets out, packets in, ends. */
class SocketClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final List<String> sent = new ArrayList<>();
    private final List<JsonNode> heard = new ArrayList<>();
    private final EngineSession session = new HeldSession();
    private final SocketClient client =
            new SocketClient(session, new TextCodec(), (namespace, event, packet, nanos) -> heard.add(packet));

    @Test
    void a_namespace_answers_once_it_is_asked() {
        CompletableFuture<ConnectResult> answer = client.connect("/a", "{\"token\":\"t\"}", LONG);
        assertEquals(List.of("40/a,{\"token\":\"t\"}"), sent);
        session.dispatch("40/a,{\"sid\":\"abc\"}");
        assertEquals(new ConnectResult.Connected("abc"), answer.join());
        assertTrue(client.isIn("/a"));
        assertFalse(client.isIn("/b"));
    }

    @Test
    void silence_ends_with_the_timeout_and_a_late_answer_changes_nothing() {
        CompletableFuture<ConnectResult> answer = client.connect("/a", "", SHORT);
        assertEquals(new ConnectResult.TimedOut(), answer.join());
        session.dispatch("40/a,{\"sid\":\"late\"}");
        assertFalse(client.isIn("/a"));
    }

    @Test
    void several_arguments_go_out_and_bytes_behind_them() {
        CompletableFuture<JsonNode> message =
                client.emit("/", "shot", List.of(TextNode.valueOf("one"), BinaryNode.valueOf(new byte[] {1})), LONG);
        assertEquals(List.of("451-1[\"shot\",\"one\",{\"_placeholder\":true,\"num\":0}]", "bAQ=="), sent);
        session.dispatch("431[\"thanks\"]");
        assertEquals("[\"thanks\"]", message.join().toString());
    }

    @Test
    void an_event_with_bytes_is_heard_once_it_is_whole() {
        session.dispatch("451-[\"shot\",{\"_placeholder\":true,\"num\":0}]");
        assertEquals(List.of(), heard);
        session.dispatch("bAQ==");
        assertEquals(BinaryNode.valueOf(new byte[] {1}), heard.get(0).get(1));
    }

    @Test
    void an_event_without_acknowledgement_fails_with_the_timeout() {
        assertThrows(CompletionException.class, client.emit("/", "e", List.of(), SHORT)::join);
    }

    @Test
    void the_end_of_the_session_answers_all_that_wait() {
        CompletableFuture<ConnectResult> answer = client.connect("/a", "", LONG);
        CompletableFuture<JsonNode> message = client.emit("/", "e", List.of(), LONG);
        CompletableFuture<ConnectResult.Disconnected> out = client.disconnected("/a");
        session.end(true, "gone", false);
        assertInstanceOf(ConnectResult.SessionClosed.class, answer.join());
        assertEquals("gone", out.join().how());
        assertThrows(CompletionException.class, message::join);
    }

    @Test
    void what_is_asked_of_an_ended_session_is_answered_at_once() {
        session.end(true, "gone", false);
        assertInstanceOf(
                ConnectResult.SessionClosed.class,
                client.connect("/a", "", LONG).join());
        assertEquals("gone", client.disconnected("/a").join().how());
        assertThrows(CompletionException.class, client.emit("/", "e", List.of(), LONG)::join);
    }

    /** Keeps what is sent, and hears what the test gives it. */
    private final class HeldSession extends EngineSession {
        HeldSession() {
            super(Handshake.parse("0{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}")
                    .orElseThrow());
        }

        @Override
        public String transport() {
            return "websocket";
        }

        @Override
        protected void transmit(List<String> packets, Deadline deadline) {
            sent.addAll(packets);
        }

        @Override
        public CompletableFuture<Long> pulse() {
            return CompletableFuture.completedFuture(0L);
        }

        @Override
        protected void readLoop() {
            // The test hears for it.
        }

        @Override
        protected void sendClose() {
            // Nobody is there.
        }

        @Override
        protected void closeTransport() {
            // There is no connection.
        }
    }
}
