package siodiag.readme;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void numbers_and_spaces_may_differ() {
        assertTrue(Shape.matches(List.of("up in 1.5 ms", "port 8765"), List.of("up  in 230 ms", "port 41234")));
    }

    @Test
    void words_and_missing_or_further_lines_may_not() {
        assertFalse(Shape.matches(List.of("up in 1.5 ms"), List.of("down in 1.5 ms")));
        assertFalse(Shape.matches(List.of("up"), List.of("up", "and more")));
        assertFalse(Shape.matches(List.of("up", "and more"), List.of("up")));
    }

    @Test
    void an_ellipsis_stands_for_a_part_of_a_line_or_for_lines() {
        assertTrue(Shape.matches(List.of("PID 1 (…)", "…", "end"), List.of("PID 22 (java -jar)", "a", "b", "end")));
        assertTrue(Shape.matches(List.of("start", "…"), List.of("start")));
    }
}
