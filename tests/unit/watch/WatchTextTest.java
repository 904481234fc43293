package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.core.UsageException;
import siodiag.diagnosis.Verdict;

/** The small texts of a watch, and what it reads. */
class WatchTextTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final URI TARGET = URI.create("http://localhost:3000");

    @ParameterizedTest
    @CsvSource({
        "400, 0.4 s",
        "12345, 12.3 s",
        "60000, 1 min",
        "125000, 2 min 5 s",
        "3600000, 1 h",
        "11045000, 3 h 4 min",
        "176400000, 2 d 1 h"
    })
    void a_time_is_as_exact_as_it_is_useful(long ms, String text) {
        assertEquals(text, Spans.text(Duration.ofMillis(ms)));
    }

    @Test
    void the_longest_is_the_highest_and_a_failure_is_a_cross() {
        List<Double> values = Arrays.asList(1.0, 4.0, Double.NaN, 8.0);
        assertEquals("▂▅x█", Sparkline.of(values, true));
        assertEquals(".=x#".replace('=', '+'), Sparkline.of(values, false).replace('=', '+'));
        assertEquals("", Sparkline.of(List.of(), true));
        assertEquals("xx", Sparkline.of(List.of(Double.NaN, Double.NaN), true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "http://a:1 --every 5s; http://a:1|--every|5s",
                "  http://a   # the old one; http://a",
                "# nothing; ``",
                "http://a --auth '{\"token\": \"x y\"}'; http://a|--auth|{\"token\": \"x y\"}",
                "http://a --token \"it's\"; http://a|--token|it's",
                "http://a/#x; http://a/#x",
                "http://a --token ''; http://a|--token|"
            })
    void a_line_is_split_as_a_shell_does(String line, String words) {
        assertEquals(words, String.join("|", TargetsFile.words(line, "")));
    }

    @Test
    void an_open_quote_is_told() {
        assertTrue(assertThrows(UsageException.class, () -> TargetsFile.words("http://a 'x", "line 3: "))
                .getMessage()
                .startsWith("line 3: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000",
                "localhost:3000",
                "http://LOCALHOST:3000/",
                "https://chat.example.com",
                "https://a.b.example.com"
            })
    void what_is_watched_or_allowed_is_admitted(String target) {
        assertEquals(null, allowed().admitted(target).path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3001",
                "http://127.0.0.1:3000",
                "https://example.com",
                "https://example.com.evil.test",
                "https://evil.test/.example.com",
                "https://evil.test#.example.com",
                "https://user@chat.example.com",
                "http://chat.example.com",
                "file:///etc/passwd",
                "https://chat.example.com?x=1",
                "https://169.254.169.254"
            })
    void all_else_is_refused(String target) {
        assertThrows(UsageException.class, () -> allowed().admitted(target));
    }

    private static AllowList allowed() {
        return new AllowList(List.of(TARGET), List.of("https://*.example.com"));
    }

    @Test
    void a_change_back_tells_how_long_it_was_down() {
        State healthy = new State(Verdict.HEALTHY, List.of());
        State broken = new State(Verdict.BROKEN, List.of());
        Change back =
                new Change(Change.Kind.CHANGED, NOW, TARGET, broken, healthy, NOW, Duration.ofSeconds(12), List.of());
        assertEquals("broken -> healthy; was down for 12.0 s ()", ChangeText.what(back));
        Change outage =
                new Change(Change.Kind.OUTAGE, NOW, TARGET, healthy, healthy, NOW, Duration.ofMillis(900), List.of());
        assertEquals(
                List.of("2026-01-02T03:04:05Z  http://localhost:3000  no answer for 0.9 s, since 03:04:05Z"),
                ChangeText.of(outage));
    }

    @Test
    void outages_add_up() {
        History history = new History(NOW);
        history.add(new Outage(NOW, NOW.plusSeconds(3), "a"));
        history.add(new Outage(NOW.plusSeconds(10), NOW.plusSeconds(17), "b"));
        assertEquals(Duration.ofSeconds(10), history.down());
        assertEquals("b", history.longest().orElseThrow().how());
        assertEquals(2, history.outageCount());
        assertEquals(Verdict.BROKEN, history.worst());
    }

    @Test
    void percentiles_are_within_a_per_cent() {
        Percentiles values = new Percentiles();
        for (int ms = 1; ms <= 1000; ms++) {
            values.add(ms);
        }
        assertEquals(500, values.at(50), 5);
        assertEquals(990, values.at(99), 10);
        assertEquals(1000, values.max(), 10);
        assertEquals(100, values.countUpTo(100), 2);
        assertEquals(1000, values.count());
        assertEquals(500_500, values.sum(), 5_000);
    }
}
