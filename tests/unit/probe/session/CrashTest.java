package siodiag.probe.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import siodiag.protocol.Sessions;

/** Whether the ends of connections tell of the end of a process. */
class CrashTest {
    private static final double OPEN = Double.POSITIVE_INFINITY;

    @Test
    void connections_of_every_age_end_at_once() {
        Crash crash = Crash.of(List.of(abrupt(0, 2000), abrupt(900, 2010), new Sessions.Life(100, 500, false)))
                .orElseThrow();
        assertEquals(2, crash.sessions());
        assertEquals(2000, crash.atMs());
        assertEquals(10, crash.withinMs());
        assertTrue(crash.isConclusive());
    }

    @Test
    void an_idle_timeout_ends_those_of_one_age() {
        assertFalse(Crash.of(List.of(abrupt(0, 1700), abrupt(50, 1750)))
                .orElseThrow()
                .isConclusive());
        assertTrue(Crash.of(List.of(abrupt(0, 1700), abrupt(900, 2600), new Sessions.Life(950, OPEN, false)))
                .isEmpty());
    }

    @Test
    void a_connection_that_outlives_the_others_speaks_for_the_process() {
        assertTrue(Crash.of(List.of(abrupt(0, 2000), abrupt(900, 2010), new Sessions.Life(950, OPEN, false)))
                .isEmpty());
    }

    @Test
    void the_server_s_own_word_is_no_crash() {
        assertTrue(Crash.of(List.of(new Sessions.Life(0, 2000, false), new Sessions.Life(900, 2001, false)))
                .isEmpty());
        assertTrue(Crash.of(List.of(abrupt(0, 2000), new Sessions.Life(900, 2001, false)))
                .isEmpty());
    }

    @Test
    void one_connection_alone_tells_nothing_by_itself() {
        assertFalse(Crash.of(List.of(abrupt(0, 2000))).orElseThrow().isConclusive());
    }

    private static Sessions.Life abrupt(double begun, double ended) {
        return new Sessions.Life(begun, ended, true);
    }
}
