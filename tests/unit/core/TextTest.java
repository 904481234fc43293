package siodiag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from outside, made fit for a line. */
class TextTest {

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 12, 30, 31, 40, 100, 5000})
    void cutting_never_makes_a_text_longer(int length) {
        String text = "x".repeat(length);
        assertTrue(Text.cut(text, 10).length() <= length, Text.cut(text, 10));
    }

    @Test
    void a_cut_text_keeps_both_ends_and_says_how_much_is_missing() {
        assertEquals("abcdef…(90 characters more)…wxyz", Text.cut("abcdef" + "-".repeat(90) + "wxyz", 10));
    }

    @Test
    void a_text_that_is_hardly_too_long_is_shown_whole() {
        assertEquals("hello, world", Text.cut("hello, world", 10));
    }

    @Test
    void control_characters_are_shown_as_escapes() {
        assertEquals("a\\nb\\x1b[31m\\u202e", Text.visible("a\nb\u001b[31m\u202e"));
    }

    @Test
    void a_line_is_fitted_at_its_end_and_not_within_a_character() {
        assertEquals("abc", Text.fit("abc", 3));
        assertEquals("ab…", Text.fit("abcd", 3));
        assertEquals("a…", Text.fit("a\ud83d\ude00bc", 3));
    }

    @Test
    void lines_break_at_spaces_only() {
        assertEquals(List.of("the server", "does not", "answer"), Text.wrap("the server does not answer", 10));
        assertEquals(
                List.of("see", "https://example.org/a/long/path", "first"),
                Text.wrap("see https://example.org/a/long/path first", 10));
        assertEquals(List.of(""), Text.wrap("", 10));
    }
}
