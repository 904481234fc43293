package siodiag.probe.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When all connections stood still, and when it was one of them, or this process itself. */
class StandstillTest {
    private static final Standstill.Wait LEADING = wait(0, 1000, 2600);

    @Test
    void all_wait_and_go_on_together() {
        Standstill found = Standstill.of(LEADING, List.of(wait(1, 1400, 2610), wait(2, 1400, 2650)), List.of(), 1)
                .orElseThrow();
        assertEquals(1600, found.forMs());
        assertEquals(3, found.connections());
        assertEquals(50, found.togetherMs());
        assertTrue(found.evidence().contains("3 connections"), found.evidence());
    }

    @Test
    void a_second_is_the_least() {
        assertTrue(Standstill.of(wait(0, 1000, 1990), List.of(wait(1, 1400, 1995)), List.of(), 1)
                .isEmpty());
        assertTrue(Standstill.of(wait(0, 1000, 2000), List.of(wait(1, 1400, 2000)), List.of(), 1)
                .isPresent());
    }

    @Test
    void one_connection_that_waits_while_another_is_answered_says_nothing_of_the_server() {
        assertTrue(Standstill.of(LEADING, List.of(wait(1, 1400, 1402), wait(2, 1400, 2600)), List.of(), 1)
                .isEmpty());
    }

    @Test
    void without_the_answer_of_another_nothing_is_known() {
        assertTrue(Standstill.of(LEADING, List.of(), List.of(), 1).isEmpty());
        assertTrue(Standstill.of(LEADING, List.of(wait(1, 1400, Double.POSITIVE_INFINITY)), List.of(), 1)
                .isEmpty());
        assertTrue(Standstill.of(wait(0, 1000, Double.POSITIVE_INFINITY), List.of(wait(1, 1400, 2600)), List.of(), 1)
                .isEmpty());
    }

    @Test
    void going_on_one_after_the_other_is_no_standstill_of_all() {
        assertTrue(Standstill.of(LEADING, List.of(wait(1, 1400, 2900)), List.of(), 1)
                .isEmpty());
    }

    @Test
    void this_process_stood_still_itself() {
        List<Standstill.Wait> others = List.of(wait(1, 1400, 2610));
        assertTrue(Standstill.of(LEADING, others, List.of(new Standstill.Pause(1500, 2500)), 1)
                .isEmpty());
        assertTrue(
                Standstill.of(LEADING, others, List.of(new Standstill.Pause(1500, 1600)), 1)
                        .isPresent(),
                "short");
        assertTrue(
                Standstill.of(LEADING, others, List.of(new Standstill.Pause(100, 900)), 1)
                        .isPresent(),
                "before");
        assertTrue(
                Standstill.of(LEADING, others, List.of(new Standstill.Pause(2700, 3700)), 1)
                        .isPresent(),
                "after");
    }

    @Test
    void on_a_crowded_machine_the_server_may_wait_longer_for_its_turn() {
        List<Standstill.Wait> others = List.of(wait(1, 1400, 2610));
        assertTrue(Standstill.of(LEADING, others, List.of(), 4).isPresent());
        assertTrue(Standstill.of(LEADING, others, List.of(), 8).isEmpty());
        assertTrue(Standstill.of(LEADING, others, List.of(), -1).isPresent(), "unknown");
    }

    @Test
    void many_short_waits_for_its_turn_tell_of_a_machine_that_is_short_of_time() {
        List<Standstill.Pause> own = IntStream.range(10, 25)
                .mapToObj(i -> new Standstill.Pause(i * 100, i * 100 + 25))
                .toList();
        assertTrue(Standstill.of(LEADING, List.of(wait(1, 1400, 2610)), own, 1).isEmpty());
    }

    private static Standstill.Wait wait(int connection, double asked, double answered) {
        return new Standstill.Wait(connection, asked, answered);
    }
}
