package siodiag.probe.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import siodiag.catalogue.FrontProgram;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;

/** Whose timeout ends an idle connection. */
class IdleEndTest {
    private static final String CUT = "connection closed without a close frame (1006)";

    @Test
    void the_defaults_of_proxies_are_known_by_their_length() {
        assertTrue(owner(CUT, 60_100, 60_100, 120_000, 20_000).contains("nginx"));
        assertTrue(owner(CUT, 100_200, 100_200, 120_000, 20_000).contains("Cloudflare"));
        assertTrue(owner(CUT, 185_000, 59_800, 125_000, 20_000).contains("nginx"), "since the last ping");
    }

    @Test
    void the_server_s_own_patience() {
        assertTrue(owner(CUT, 45_200, 20_100, 25_000, 20_000).contains("pingInterval + pingTimeout, 45 s"));
    }

    @Test
    void an_application_says_goodbye() {
        assertTrue(owner("the server disconnected the client from /hook (packet 41)", 60_000, 10_000, 25_000, 20_000)
                .contains("the application itself"));
        assertTrue(owner("WebSocket close frame without a code (1005)", 30_000, 5_000, 25_000, 20_000)
                .contains("the application itself"));
    }

    @Test
    void an_unusual_length_is_nobody_s_default() {
        Finding finding = new IdleEnd(CUT, 17_000, 17_000, 25_000, 20_000, null).finding();
        assertEquals(Symptom.CLOSED_IN_USE, finding.sign());
        assertEquals("an idle connection, after 17.0 s", finding.subject());
        assertTrue(
                finding.evidence().get(1).contains("unusual length"),
                finding.evidence().get(1));
    }

    @Test
    void who_answers_in_front_names_the_setting() {
        assertEquals(
                "nginx, which answers here: proxy_read_timeout, 17 s",
                new IdleEnd(CUT, 17_000, 17_000, 25_000, 20_000, FrontProgram.NGINX).owner());
    }

    private static String owner(String how, double age, double quiet, long interval, long timeout) {
        return new IdleEnd(how, age, quiet, interval, timeout, null)
                .finding()
                .evidence()
                .get(1);
    }
}
