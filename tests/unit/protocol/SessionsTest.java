package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import siodiag.core.Deadline;
import siodiag.core.Scope;

/** The sessions of one examination: how many are open, what was sent, how they ended. */
class SessionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Sessions sessions = new Sessions();

    @Test
    void one_more_than_there_may_be_waits_for_the_end_of_another() throws Exception {
        sessions.limitTo(1);
        EngineSession first = open();
        CompletableFuture<EngineSession> second = Scope.current().fork("second session", this::open);
        assertThrows(TimeoutException.class, () -> second.get(200, TimeUnit.MILLISECONDS));
        first.close();
        assertFalse(second.get(5, TimeUnit.SECONDS).isEnded());
        assertEquals(1, sessions.open().size());
    }

    @Test
    void a_session_that_can_t_be_opened_leaves_room_for_another() throws Exception {
        sessions.limitTo(1);
        CompletableFuture<Void> told = new CompletableFuture<>();
        sessions.onLoss(() -> told.complete(null));
        assertThrows(
                ExchangeException.class,
                () -> sessions.open("a handshake", Deadline.in(SECOND), left -> {
                    throw new ExchangeException(ExchangeException.Kind.REFUSED, "connection refused");
                }));
        told.get(5, TimeUnit.SECONDS);
        assertEquals(1, sessions.failures());
        assertFalse(open().isEnded());
    }

    @Test
    void what_was_sent_last_is_known_over_all_sessions() throws Exception {
        EngineSession session = open();
        session.send(List.of("42[\"told\"]"), Deadline.in(SECOND));
        List<String> sent = sessions.lastSent(sessions.nowMs()).stream()
                .map(Sessions.Sent::what)
                .toList();
        assertEquals("\"42[\"told\"]\"", sent.get(sent.size() - 1));
        assertTrue(sent.contains("a handshake"), sent.toString());
    }

    @Test
    void an_end_without_a_word_is_a_loss() throws Exception {
        CompletableFuture<Void> lost = new CompletableFuture<>();
        sessions.onLoss(() -> lost.complete(null));
        open().close();
        assertFalse(lost.isDone());
        EngineSession session = open();
        session.end(true, "connection broken: reset", false);
        lost.get(5, TimeUnit.SECONDS);
        assertEquals(
                List.of(false, true),
                sessions.lives().stream().map(Sessions.Life::abrupt).toList());
    }

    private EngineSession open() throws ExchangeException {
        return sessions.open("a handshake", Deadline.in(SECOND), left -> new Held());
    }

    /** A session without a connection. */
    private static final class Held extends EngineSession {
        Held() {
            super(Handshake.parse("0{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}")
                    .orElseThrow());
        }

        @Override
        public String transport() {
            return "websocket";
        }

        @Override
        public CompletableFuture<Long> pulse() {
            return CompletableFuture.completedFuture(0L);
        }

        @Override
        protected void transmit(List<String> packets, Deadline deadline) {
            // Nobody hears it.
        }

        @Override
        protected void readLoop() {
            // Nobody speaks.
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
