package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Cause;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Verdict;

/** Examinations tell that a target is down, the kept connection since when. */
class AvailabilityTest {
    private static final State HEALTHY = new State(Verdict.HEALTHY, List.of());
    private static final State DOWN = down(Cause.CONNECTION_REFUSED);

    private final History history = new History(at(0));
    private final Availability availability = new Availability(URI.create("http://a"), history);

    @Test
    void the_first_state_is_told_and_the_same_again_is_not() {
        assertEquals(Change.Kind.FIRST, is(HEALTHY, 0).orElseThrow().kind());
        assertEquals(Optional.empty(), is(HEALTHY, 10));
        assertEquals(at(0), availability.since());
    }

    @Test
    void without_a_kept_connection_the_examinations_count() {
        is(HEALTHY, 0);
        is(DOWN, 10);
        Change back = is(HEALTHY, 40).orElseThrow();
        assertEquals(Duration.ofSeconds(30), back.lasted());
        assertEquals(List.of(new Outage(at(10), at(40), "connection-refused")), history.outages());
    }

    @Test
    void with_one_its_first_and_last_silence_count() {
        is(HEALTHY, 0);
        availability.silentSince(at(7));
        assertTrue(availability.isUnexplained());
        assertEquals(at(7), is(DOWN, 10).orElseThrow().since());
        assertEquals(Optional.empty(), availability.answeredAt(at(33)));
        assertTrue(availability.isOverSince(at(30)));
        assertEquals(at(33), is(HEALTHY, 40).orElseThrow().since());
        assertEquals(Duration.ofSeconds(26), history.down());
    }

    @Test
    void an_outage_that_no_examination_saw_is_told_once() {
        is(HEALTHY, 0);
        availability.silentSince(at(7));
        assertEquals(at(7), availability.running(at(8)).orElseThrow().since());
        Change outage = availability.answeredAt(at(9)).orElseThrow();
        assertEquals(Change.Kind.OUTAGE, outage.kind());
        assertEquals(Duration.ofSeconds(2), outage.lasted());
        assertEquals(Optional.empty(), availability.answeredAt(at(10)));
        assertEquals(Optional.empty(), is(HEALTHY, 12));
        assertEquals(1, history.outageCount());
    }

    @Test
    void another_cause_does_not_begin_another_outage() {
        is(HEALTHY, 0);
        is(DOWN, 10);
        is(down(Cause.HTTP_ERROR), 20);
        assertEquals(at(10), availability.since());
        is(HEALTHY, 30);
        assertEquals(Duration.ofSeconds(20), history.down());
        assertEquals(1, history.outageCount());
    }

    private Optional<Change> is(State state, int second) {
        return availability.is(state, at(second), at(second + 1));
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(1_000_000 + second);
    }

    private static State down(Cause cause) {
        return new State(
                Verdict.BROKEN, List.of(new Diagnosis(cause, cause.hop(), cause.severity(), "", List.of(), "")));
    }
}
