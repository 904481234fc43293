package siodiag.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import siodiag.core.Json;

/** The server family by the shape of the Engine.IO open packet. */
class ServerFamilyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"sid":"lv_VI97HAXpY6yYWAAAB","upgrades":[],"pingInterval":25000,"pingTimeout":20000} | NODE
            {"sid":"lv_VI97HAXpY6yYWAAAB","upgrades":[],"pingTimeout":20000,"pingInterval":25000} | PYTHON
            {"sid":"8b7e2c0a-5d8f-4c1e-9a63-0f1d2e3c4b5a","pingInterval":25000,"pingTimeout":60000} | JAVA
            {"sid":"1","pingInterval":25000,"pingTimeout":20000}                                    | UNKNOWN
            """)
    void each_family_has_its_own_shape(String open, ServerFamily family) {
        assertEquals(family, ServerFamily.of(Json.parse(open)));
    }

    @ParameterizedTest
    @EnumSource(ServerFamily.class)
    void every_family_has_a_title(ServerFamily family) {
        assertFalse(family.title().isBlank());
    }

    @Test
    void the_file_has_no_other_families() {
        assertEquals(
                ServerFamily.values().length,
                Json.resource("/siodiag/protocol/families.json").size());
    }
}
