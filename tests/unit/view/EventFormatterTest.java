package siodiag.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import siodiag.core.Redactor;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

class EventFormatterTest {
    @Test
    void a_line_begins_with_the_time_of_day() {
        EventFormatter line = new EventFormatter(new Redactor(), 0, false, 0);
        String shown = line.of(event(null, "a detail"));
        assertTrue(shown.matches("\\d\\d:\\d\\d:12\\.345 -- .*"), shown);
    }

    @Test
    void a_line_fits_the_terminal_and_the_payload_stands_below() {
        EventFormatter narrow = new EventFormatter(new Redactor(), 200, false, 60);
        List<String> lines = narrow.of(event("[\"" + "x".repeat(100) + "\"]", "a long detail ".repeat(10)))
                .lines()
                .toList();
        assertEquals(4, lines.size(), lines.toString());
        lines.forEach(line -> assertTrue(line.length() <= 60, line));
        assertTrue(lines.get(0).endsWith("…"), lines.get(0));
        assertEquals(
                "[\"" + "x".repeat(100) + "\"]",
                lines.get(1).strip() + lines.get(2).strip() + lines.get(3).strip());
    }

    @Test
    void without_a_terminal_an_event_is_one_line() {
        EventFormatter wide = new EventFormatter(new Redactor(), 200, false, 0);
        String line = wide.of(event("[\"" + "x".repeat(100) + "\"]", "why"));
        assertEquals(1, line.lines().count());
        assertTrue(line.endsWith("why  [\"" + "x".repeat(100) + "\"]"), line);
    }

    private static ServerEvent event(String args, String detail) {
        return new ServerEvent(
                12_345,
                RecordedEvent.Kind.ERROR,
                RecordedEvent.Direction.NONE,
                null,
                null,
                null,
                null,
                null,
                args,
                -1,
                0,
                List.of(),
                List.of(),
                0,
                detail);
    }
}
