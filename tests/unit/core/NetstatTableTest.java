package siodiag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table that Windows prints, in English and in German. */
class NetstatTableTest {
    private static final List<String> TABLE = List.of(
            "",
            "Active Connections",
            "",
            "  Proto  Local Address          Foreign Address        State           PID",
            "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1044",
            "  TCP    127.0.0.1:8765         127.0.0.1:50123        ESTABLISHED     7",
            "  TCP    127.0.0.1:8765         0.0.0.0:0              ABHÖREN         4711",
            "  TCP    [::]:3000              [::]:0                 LISTENING       42",
            "  TCP    127.0.0.1:50123        127.0.0.1:8765         ESTABLISHED     9");

    @Test
    void names_the_process_that_listens() {
        assertEquals(Optional.of("4711"), NetstatTable.listener(TABLE, 8765));
        assertEquals(Optional.of("42"), NetstatTable.listener(TABLE, 3000));
        assertEquals(Optional.of("1044"), NetstatTable.listener(TABLE, 135));
    }

    @Test
    void names_nobody_where_nobody_listens() {
        assertEquals(Optional.empty(), NetstatTable.listener(TABLE, 50123));
        assertEquals(Optional.empty(), NetstatTable.listener(TABLE, 765));
        assertEquals(Optional.empty(), NetstatTable.listener(List.of("", "?"), 8765));
    }
}
