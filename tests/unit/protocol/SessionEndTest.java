package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** How a session's end is read. */
class SessionEndTest {

    @Test
    void an_end_without_a_word_is_told_from_one_with_a_word() {
        assertTrue(closed("connection closed without a close frame (1006)").isAbrupt());
        assertTrue(closed("poll failed: closed without an answer").isAbrupt());
        assertFalse(closed("WebSocket close code 1000").isAbrupt());
        assertFalse(closed("poll answered HTTP 502").isAbrupt());
        assertFalse(new SessionEnd(false, "connection broken: closed", "", 10, false).isAbrupt());
    }

    private static SessionEnd closed(String how) {
        return new SessionEnd(true, how, "", 10, false);
    }
}
