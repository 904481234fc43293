package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import siodiag.core.Redactor;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

class EventFormatterTest {
    @Test
    void time_counts_from_the_monitors_start_whichever_event_is_shown_first() {
        EventFormatter line = new EventFormatter(10_000, new Redactor(), 0, false);
        ServerEvent late = new ServerEvent(
                12_345,
                RecordedEvent.Kind.ERROR,
                RecordedEvent.Direction.NONE,
                null,
                null,
                null,
                null,
                null,
                null,
                -1,
                0,
                List.of(),
                List.of(),
                "first that is shown");
        assertEquals("     2.345 -- ", line.of(late).substring(0, 14));
    }
}
