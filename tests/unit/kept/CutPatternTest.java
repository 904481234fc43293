package siodiag.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;
import siodiag.protocol.Handshake;

/** What ends connections is told by how long they lived, whether those with traffic end as well, and who answers. */
class CutPatternTest {
    private static final Handshake HANDSHAKE = Handshake.parse(
                    "0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}")
            .orElseThrow();
    private static final List<Ending> NONE = List.of();
    private static final double OLD = 1e9;

    @Test
    void one_end_is_no_pattern() {
        assertTrue(CutPattern.of("websocket", cut(5000), NONE, OLD).isEmpty());
    }

    @Test
    void two_that_differ_are_chance_and_three_are_unstable() {
        assertTrue(CutPattern.of("websocket", cut(5000, 9000), NONE, OLD).isEmpty());
        assertTrue(owner(cut(5000, 9000, 21000), NONE, OLD, new Front()).startsWith("no timer"));
    }

    @ParameterizedTest
    @CsvSource({
        "60000, nginx (proxy_read_timeout)",
        "100000, Cloudflare",
        "350000, AWS' Network Load Balancer",
        "50000, HAProxy as Debian configures it",
        "45000, the server's heartbeat timeout",
        "7000, an idle timeout of 7.0 s"
    })
    void a_default_names_its_owner(double ms, String owner) {
        String told = owner(cut(ms, ms + 20), NONE, OLD, new Front());
        assertTrue(told.startsWith(owner), told);
    }

    @ParameterizedTest
    @CsvSource({
        "nginx/1.22.1, '', 'nginx, which answers here: proxy_read_timeout, 7.0 s'",
        "'', <h1>504 Gateway Time-out</h1> The server didn't respond in time., 'HAProxy, which answers here: timeout tunnel'",
        "cloudflare, '', 'Cloudflare, which answers here'",
        "Werkzeug/3.0, '', 'an idle timeout of 7.0 s, nobody''s default'"
    })
    void who_answers_names_the_setting(String server, String body, String owner) {
        Front front = new Front();
        front.see(server, body);
        String told = owner(cut(7000, 7050, 6990), NONE, OLD, front);
        assertTrue(told.startsWith(owner), told);
    }

    @Test
    void where_those_with_traffic_end_as_well_it_is_their_age() {
        assertTrue(owner(cut(9000, 9010), cut(9000, 9020), 0, new Front())
                .startsWith("a limit to a connection's age of 9.0 s"));
        assertTrue(owner(cut(9000, 9010), NONE, 5000, new Front()).startsWith("a timeout of 9.0 s"));
    }

    @Test
    void a_regular_close_is_the_applications() {
        Ending closed = new Ending(Ending.Kind.DISCONNECT, "", 5000, 5000, 0);
        assertTrue(owner(List.of(closed, closed), NONE, OLD, new Front()).startsWith("the application"));
        Ending away = new Ending(Ending.Kind.CLOSE_FRAME, "close code 1001", 5000, 5000, 0);
        assertTrue(owner(List.of(away, away), NONE, OLD, new Front()).startsWith("the application"));
    }

    @Test
    void nobody_promised_that_an_application_keeps_clients_that_do_nothing() {
        Ending closed = new Ending(Ending.Kind.DISCONNECT, "", 5000, 5000, 0);
        Finding finding = CutPattern.of("websocket", List.of(closed, closed), NONE, OLD)
                .orElseThrow()
                .finding(new Front(), HANDSHAKE);
        assertEquals(Status.INFO, finding.status());
    }

    @Test
    void quiet_connections_are_counted_from_their_last_traffic() {
        List<Ending> ends = List.of(
                new Ending(Ending.Kind.FIN, "", 28_000, 3000, 1), new Ending(Ending.Kind.FIN, "", 53_000, 3010, 2));
        CutPattern pattern = CutPattern.of("websocket", ends, NONE, OLD).orElseThrow();
        assertTrue(pattern.describe().contains("after 3.0 s without traffic"), pattern.describe());
    }

    @Test
    void the_finding_is_a_warning_that_names_side_times_and_setting() {
        Front front = new Front();
        front.see("nginx", "");
        Finding finding = CutPattern.of("websocket", cut(5000, 5000), NONE, OLD)
                .orElseThrow()
                .finding(front, HANDSHAKE);
        assertEquals(Symptom.CLOSED_IN_USE, finding.sign());
        assertEquals(
                "idle WebSocket connections are closed from the server's side after 5.0 s without traffic, 2 times alike, with a"
                        + " FIN and no close frame (1006); those with traffic stay",
                finding.evidence().get(0));
        assertTrue(finding.advice().startsWith("Set nginx's proxy_read_timeout above"), finding.advice());
    }

    @Test
    void it_is_over_once_a_connection_lives_much_longer() {
        CutPattern pattern =
                CutPattern.of("websocket", cut(5000, 5000), NONE, OLD).orElseThrow();
        assertFalse(pattern.isOver(10_000));
        assertTrue(pattern.isOver(25_000));
    }

    @Test
    void a_disturbance_that_goes_on_is_one_however_often_it_is_told() {
        Intervals intervals = new Intervals();
        for (long from = 0; from < 100_000; from += 100) {
            intervals.add(from, from + 100);
        }
        intervals.add(500_000, 500_100);
        assertTrue(intervals.cover(50, 0));
        assertTrue(intervals.cover(99_999, 0));
        assertFalse(intervals.cover(300_000, 10));
        assertTrue(intervals.cover(499_995, 10));
        assertTrue(intervals.reachBeyond(500_050));
        assertFalse(intervals.reachBeyond(500_200));
    }

    @Test
    void pings_are_judged_by_what_was_announced() {
        Pings late = Pings.NONE.with(1000, 1000).with(1000, 4000);
        assertTrue(late.areLate());
        assertFalse(late.areFast());
        Pings fast = Pings.NONE.with(5000, 1000).with(5000, 1000).with(5000, 1010);
        assertTrue(fast.areFast());
        assertEquals(
                "3 pings, every 1.0 s (1.0 to 1.0), announced every 5.0 s: faster than announced", fast.describe());
        Pings good = Pings.NONE.with(25_000, 25_001).with(25_000, 25_300);
        assertFalse(good.areLate() || good.areFast());
        assertEquals(
                "no ping yet, announced every 25.0 s",
                Pings.NONE.announced(25_000).describe());
    }

    private static String owner(List<Ending> idle, List<Ending> used, double usedAgeMs, Front front) {
        return CutPattern.of("websocket", idle, used, usedAgeMs).orElseThrow().owner(front, HANDSHAKE);
    }

    private static List<Ending> cut(double... ms) {
        return Arrays.stream(ms)
                .mapToObj(age -> new Ending(Ending.Kind.FIN, "", age, age, 0))
                .toList();
    }
}
