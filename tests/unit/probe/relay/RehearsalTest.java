package siodiag.probe.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import siodiag.ledger.FlowFigures;

class RehearsalTest {
    @Test
    void every_event_goes_the_whole_way() {
        FlowFigures figures = Rehearsal.rehearse();
        assertEquals(10, figures.sent());
        assertEquals(10, figures.received());
    }
}
