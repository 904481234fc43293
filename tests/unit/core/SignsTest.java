package siodiag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignsTest {
    private final Signs signs = new Signs(List.of(List.of("token", "://"), List.of("key=")));

    @Test
    void the_first_and_the_last_place_of_each_group_are_told_in_any_case_of_letters() {
        Signs.Places places = signs.in("a Token, http://x, TOKEN");
        assertTrue(places.has(0));
        assertFalse(places.has(1));
        assertEquals(2, places.first()[0]);
        assertEquals(19, places.last()[0]);
    }

    @Test
    void a_text_without_any_has_no_places() {
        assertNull(signs.in("nothing to see"));
        assertNull(signs.in(""));
        assertNull(signs.in("toke"));
    }

    @Test
    void a_secret_behind_a_long_text_and_two_of_them_are_masked() {
        Redactor redactor = new Redactor();
        String padding = "x".repeat(5000);
        assertEquals(
                "{\"a\":\"" + padding + "\",\"token\":\"ab…(8)\",\"b\":1,\"api_key\":\"cd…(8)\"}",
                redactor.hide("{\"a\":\"" + padding + "\",\"token\":\"abcdefgh\",\"b\":1,\"api_key\":\"cdefghij\"}"));
        assertEquals("/x?token=ab…(6)&t=1&key=v", redactor.hide("/x?token=abcdef&t=1&key=v"));
    }
}
