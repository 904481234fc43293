package siodiag.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Durations as people type them. */
class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "5, PT5S",
        "0.5, PT0.5S",
        ".5, PT0.5S",
        "0, PT0S",
        "-1, PT-1S",
        "250ms, PT0.25S",
        "3s, PT3S",
        "1.5s, PT1.5S",
        "1m30s, PT1M30S",
        "2h, PT2H",
        "1D, PT24H",
        "' 7 ', PT7S"
    })
    void are_read(String text, Duration time) {
        assertEquals(time, new Durations().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "NaN", "5 s", "3x", "s", "1m30", "1e3", "--", "Infinity"})
    void that_are_none_get_examples(String text) {
        String message = assertThrows(TypeConversionException.class, () -> new Durations().convert(text))
                .getMessage();
        assertTrue(message.endsWith("is not a duration such as 5, 0.5, 250ms, 3s or 1m30s"), message);
    }

    @Test
    void have_an_end() {
        assertThrows(TypeConversionException.class, () -> new Durations().convert("9".repeat(40)));
        assertThrows(TypeConversionException.class, () -> new Durations().convert("99999999d"));
    }
}
