package siodiag.probe.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The paths that are searched for Engine.IO. */
class KnownPathsTest {

    @Test
    void each_path_is_there_once_for_a_reason() {
        KnownPaths.ALL.forEach(known -> {
            assertTrue(known.path().matches("/|/.*[^/]/"), known.path());
            assertFalse(known.reason().isBlank(), known.path());
        });
        assertEquals(
                KnownPaths.ALL.size(),
                KnownPaths.ALL.stream().map(KnownPaths.Known::path).distinct().count());
        assertEquals("/socket.io/", KnownPaths.ALL.get(0).path());
    }
}
