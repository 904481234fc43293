package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Cause;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Verdict;

/** A state changes once it was seen often enough, and says since when. */
class HysteresisTest {
    private static final State HEALTHY = state();
    private static final State REFUSED = state(Cause.CONNECTION_REFUSED);
    private static final State RESET = state(Cause.CONNECTION_RESET);
    private static final State LATE = state(Cause.HEARTBEAT_MISSED);
    private static final State SLOW = state(Cause.UPGRADE_SLOW);

    @Test
    void the_first_state_is_no_change() {
        Hysteresis hysteresis = new Hysteresis(2);
        assertTrue(hysteresis.offer(REFUSED, at(0)).isEmpty());
        assertEquals(REFUSED, hysteresis.current());
    }

    @Test
    void once_is_chance_and_twice_is_a_change_that_began_at_the_first_sign() {
        Hysteresis hysteresis = begun(2, HEALTHY);
        assertTrue(hysteresis.offer(REFUSED, at(1)).isEmpty());
        assertTrue(hysteresis.isUndecided());
        Hysteresis.Change change = hysteresis.offer(REFUSED, at(2)).orElseThrow();
        assertEquals(new Hysteresis.Change(HEALTHY, REFUSED, at(1)), change);
        assertFalse(hysteresis.isUndecided());
    }

    @Test
    void a_sign_that_goes_away_is_forgotten() {
        Hysteresis hysteresis = begun(2, HEALTHY);
        hysteresis.offer(REFUSED, at(1));
        assertTrue(hysteresis.offer(HEALTHY, at(2)).isEmpty());
        assertTrue(hysteresis.offer(REFUSED, at(3)).isEmpty());
        assertEquals(at(3), hysteresis.offer(REFUSED, at(4)).orElseThrow().since());
    }

    @Test
    void a_server_that_breaks_in_one_way_and_then_another_is_broken_all_the_same() {
        Hysteresis hysteresis = begun(2, HEALTHY);
        hysteresis.offer(RESET, at(1));
        assertEquals(Optional.of(new Hysteresis.Change(HEALTHY, REFUSED, at(1))), hysteresis.offer(REFUSED, at(2)));
    }

    @Test
    void of_two_causes_with_the_same_verdict_each_has_to_be_seen_often_enough() {
        Hysteresis hysteresis = begun(2, LATE);
        hysteresis.offer(SLOW, at(1));
        hysteresis.offer(state(Cause.UPGRADE_SLOW, Cause.HEARTBEAT_MISSED), at(2));
        assertTrue(hysteresis.isUndecided());
        assertTrue(hysteresis
                .offer(state(Cause.HEARTBEAT_MISSED, Cause.UPGRADE_SLOW), at(3))
                .isPresent());
    }

    @Test
    void one_is_enough_where_one_is_asked_for() {
        assertTrue(begun(1, HEALTHY).offer(REFUSED, at(1)).isPresent());
    }

    private static Hysteresis begun(int after, State state) {
        Hysteresis hysteresis = new Hysteresis(after);
        hysteresis.offer(state, at(0));
        return hysteresis;
    }

    private static Instant at(int seconds) {
        return Instant.ofEpochSecond(1_000_000 + seconds);
    }

    private static State state(Cause... causes) {
        List<Diagnosis> diagnoses = Arrays.stream(causes)
                .map(cause -> new Diagnosis(cause, cause.hop(), cause.severity(), "", List.of(), ""))
                .toList();
        return new State(Verdict.of(diagnoses), diagnoses);
    }
}
