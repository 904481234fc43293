package siodiag.probe.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import siodiag.protocol.Endpoint;
import siodiag.protocol.Replies;

/** What a browser makes of an answer (Fetch standard, "CORS check"). */
class CorsTest {
    private static final String PAGE = "https://app.test";
    private static final String ORIGIN = "access-control-allow-origin";
    private static final String CREDENTIALS = "access-control-allow-credentials";

    @Test
    void the_pages_own_origin_or_all_origins_are_allowed() {
        assertEquals(Cors.Kind.ALLOWED, kind(200, ORIGIN, PAGE));
        assertEquals(Cors.Kind.ALLOWED, kind(200, ORIGIN, PAGE, CREDENTIALS, "true"));
        assertEquals(Cors.Kind.ALLOWED, kind(200, ORIGIN, "*"));
        assertEquals(Cors.Kind.ALLOWED, kind(204, ORIGIN, "*", CREDENTIALS, "false"));
    }

    @Test
    void a_wildcard_is_no_origin_for_pages_that_send_credentials() {
        assertEquals(Cors.Kind.WILDCARD_WITH_CREDENTIALS, kind(200, ORIGIN, "*", CREDENTIALS, "true"));
        assertTrue(Cors.Kind.WILDCARD_WITH_CREDENTIALS.isForCredentialsOnly());
    }

    @Test
    void what_is_set_twice_is_refused() {
        assertEquals(Cors.Kind.TWICE, kind(200, ORIGIN, PAGE, ORIGIN, PAGE));
        assertEquals(Cors.Kind.TWICE, kind(200, ORIGIN, PAGE + ", " + PAGE));
        assertEquals(Cors.Kind.TWICE, kind(200, ORIGIN, "*", ORIGIN, PAGE));
        assertEquals(Cors.Kind.CREDENTIALS_TWICE, kind(200, ORIGIN, PAGE, CREDENTIALS, "true", CREDENTIALS, "true"));
        assertFalse(Cors.Kind.TWICE.isForCredentialsOnly());
    }

    @Test
    void no_header_another_origin_or_a_refusal_are_told_apart() {
        assertEquals(Cors.Kind.MISSING, kind(200));
        assertEquals(Cors.Kind.OTHER, kind(200, ORIGIN, "https://other.test"));
        assertEquals(Cors.Kind.OTHER, kind(200, ORIGIN, PAGE + "/"));
        assertEquals(Cors.Kind.REFUSED, kind(400, ORIGIN, PAGE));
        assertEquals(Cors.Kind.REFUSED, kind(302, "location", "/login"));
    }

    @Test
    void the_servers_own_page_needs_no_header_and_can_be_refused() {
        assertEquals(
                Cors.Kind.ALLOWED,
                Cors.judge(PAGE, true, Replies.reply(200, "")).kind());
        assertEquals(
                Cors.Kind.REFUSED,
                Cors.judge(PAGE, true, Replies.reply(400, "\"Not an accepted origin.\""))
                        .kind());
    }

    @Test
    void both_headers_are_the_evidence() {
        String seen = Cors.judge(PAGE, false, Replies.reply(200, "", ORIGIN, "*", CREDENTIALS, "true"))
                .evidence();
        assertTrue(
                seen.contains("access-control-allow-origin: \"*\"")
                        && seen.contains("access-control-allow-credentials"),
                seen);
    }

    @Test
    void an_origin_is_scheme_host_and_port() {
        WebOrigin server = WebOrigin.of(Endpoint.of(URI.create("https://App.test")));
        assertTrue(server.isSame("https://app.test:443"));
        assertTrue(server.isSame("https://app.test"));
        assertFalse(server.isSame("http://app.test"));
        assertFalse(server.isSame("https://app.test:8443"));
        assertFalse(server.isSame("null"));
        assertTrue(server.isOfHost("http://app.test:3000"));
        assertFalse(server.isOfHost("https://other.test"));
    }

    private static Cors.Kind kind(int status, String... headers) {
        return Cors.judge(PAGE, false, Replies.reply(status, "", headers)).kind();
    }
}
