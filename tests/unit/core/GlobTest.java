package siodiag.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GlobTest {

    @Test
    void a_star_is_any_text_and_a_question_mark_one_character() {
        assertTrue("java.net.ConnectException".matches(Glob.regex("*.ConnectException")));
        assertTrue("todo_1".matches(Glob.regex("todo_?")));
        assertFalse("todo_12".matches(Glob.regex("todo_?")));
    }

    @Test
    void all_else_stands_for_itself() {
        assertTrue("a.b[\\E]*(".matches(Glob.regex("a.b[\\E]?(")));
        assertFalse("axb".matches(Glob.regex("a.b")));
    }
}
