package siodiag.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import siodiag.core.Json;

/** Two results in, differences out; noise is none. */
class ComparisonTest {
    private static final Snapshot BEFORE =
            snapshot(Map.of(), List.of("/", "/chat"), "25000 ms", sample(100, 8, 10, 12));

    @Test
    void the_same_is_no_difference() {
        assertEquals(List.of(), Comparison.of(BEFORE, BEFORE));
    }

    @Test
    void a_cause_comes_and_goes() {
        Snapshot broken =
                snapshot(Map.of("token-rejected", "No."), List.of("/", "/chat"), "25000 ms", sample(100, 8, 10, 12));
        assertEquals(List.of("new: token-rejected: No."), told(BEFORE, broken));
        assertEquals(List.of("gone: token-rejected"), told(broken, BEFORE));
    }

    @Test
    void namespaces_and_limits() {
        Snapshot other = snapshot(Map.of(), List.of("/"), "10000 ms", sample(100, 8, 10, 12));
        assertEquals(
                List.of(
                        "fewer: namespaces that accept the client, without /chat",
                        "other: ping interval: 25000 ms -> 10000 ms"),
                told(BEFORE, other));
        assertTrue(Difference.Kind.FEWER.isWorse());
        assertFalse(Difference.Kind.OTHER.isWorse());
    }

    @ParameterizedTest
    @CsvSource({
        // count, p10, p50, p90: against 100 measurements, 8 to 12 ms, median 10
        "100, 8, 11, 14, ''",
        "100, 9, 13, 30, ''",
        "100, 18, 20, 24, slower",
        "100, 4, 5, 6, faster",
        "1, 20, 20, 20, ''",
        "1, 500, 500, 500, slower",
        "1, 4, 4, 4, ''"
    })
    void slower_is_what_both_spreads_do_not_explain(long count, double p10, double p50, double p90, String kind) {
        List<String> told =
                told(BEFORE, snapshot(Map.of(), List.of("/", "/chat"), "25000 ms", sample(count, p10, p50, p90)));
        assertEquals(kind, told.isEmpty() ? "" : told.get(0).split(":")[0], told.toString());
    }

    @ParameterizedTest
    @CsvSource({"10, 25, ''", "10, 120, slower", "200, 450, ''", "200, 700, slower"})
    void between_single_measurements_only_much_counts(double before, double now, String kind) {
        Snapshot old = snapshot(Map.of(), List.of("/"), "1 ms", Sample.once(before));
        Snapshot other = snapshot(Map.of(), List.of("/"), "1 ms", Sample.once(now));
        List<String> told = told(old, other);
        assertEquals(kind.isEmpty() ? 0 : 1, told.size(), told.toString());
    }

    @Test
    void a_result_is_read_whatever_else_it_holds() {
        String json =
                "{\"schema\":1,\"version\":\"1\",\"verdict\":\"broken\",\"target\":{\"url\":\"http://a\"},\"diagnoses\":["
                        + "{\"cause\":\"x\",\"summary\":\"\\u001b[2J\"},{\"cause\":\"y\",\"ignored\":true}],"
                        + "\"checks\":[{\"id\":\"tcp.connect\",\"status\":\"pass\",\"durationMs\":3}],\"flow\":{\"latencyMs\":{\"p50\":4}}}";
        Snapshot read = Snapshot.all(Json.parse(json)).get("http://a");
        assertEquals(Map.of("x", "\\x1b[2J"), read.causes());
        assertEquals(3, read.timings().get("tcp.connect").p50());
        assertEquals(4, read.timings().get("delivery").p50());
        assertEquals(
                2,
                Snapshot.all(Json.parse("{\"targets\":[" + json + "," + json.replace("//a", "//b") + "]}"))
                        .size());
        assertEquals(Map.of(), Snapshot.all(Json.parse("[1]")));
    }

    private static List<String> told(Snapshot before, Snapshot now) {
        return Comparison.of(before, now).stream().map(Difference::describe).toList();
    }

    private static Sample sample(long count, double p10, double p50, double p90) {
        return new Sample(count, p10, p50, p90);
    }

    private static Snapshot snapshot(
            Map<String, String> causes, List<String> namespaces, String interval, Sample sample) {
        return new Snapshot(
                "http://a",
                "1",
                "healthy",
                causes,
                Map.of(),
                Map.of("ping interval", interval),
                namespaces,
                Map.of("tcp", sample));
    }
}
