package siodiag.probe.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import siodiag.protocol.Http2;
import siodiag.protocol.Replies;

/** What an answer to a polling handshake is, in the dialects of the server families and of what stands before them. */
class HandshakeResponseTest {
    private static final String OPEN =
            "0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                    + "\"pingTimeout\":20000,\"maxPayload\":1000000}";

    @Test
    void an_open_packet_is_engine_io() {
        HandshakeResponse greeting = HandshakeResponse.of(Replies.reply(200, OPEN));
        assertEquals(HandshakeResponse.Kind.ENGINE, greeting.kind());
        assertEquals("lv_VI97HAXpY6yYWAAAC", greeting.handshake().sid());
    }

    @Test
    void each_family_refuses_in_its_own_words() {
        assertKind(HandshakeResponse.Kind.POLLING_OFF, 400, "{\"code\":0,\"message\":\"Transport unknown\"}");
        assertKind(HandshakeResponse.Kind.POLLING_OFF, 400, "\"Invalid transport\"");
        assertKind(HandshakeResponse.Kind.OLD, 400, "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
        assertKind(HandshakeResponse.Kind.FORBIDDEN, 403, "{\"code\":4,\"message\":\"Forbidden\"}");
        assertKind(HandshakeResponse.Kind.FORBIDDEN, 401, "");
        assertKind(HandshakeResponse.Kind.REFUSED, 400, "{\"code\":3,\"message\":\"Bad request\"}");
        assertKind(HandshakeResponse.Kind.GARBLED, 200, "0{\"sid\":42}");
        assertKind(HandshakeResponse.Kind.OTHER, 404, "Not found");
        assertKind(HandshakeResponse.Kind.OTHER, 404, "{\"code\":4,\"error\":\"no such page\"}");
        assertKind(HandshakeResponse.Kind.SERVER_ERROR, 502, "Bad Gateway");
    }

    @Test
    void a_limit_is_told_by_its_status_or_by_its_words() {
        assertKind(HandshakeResponse.Kind.LIMITED, 429, "");
        assertKind(HandshakeResponse.Kind.LIMITED, 503, "{\"error\":\"rate limit exceeded\"}");
        assertKind(HandshakeResponse.Kind.LIMITED, 403, "Too many requests, slow down");
        assertEquals(
                HandshakeResponse.Kind.LIMITED,
                HandshakeResponse.of(Replies.reply(403, "no", "x-ratelimit-remaining", "0"))
                        .kind());
        assertKind(HandshakeResponse.Kind.SERVER_ERROR, 503, "<h1>503 Service Temporarily Unavailable</h1>");
        assertEquals(
                HandshakeResponse.Kind.FORBIDDEN,
                HandshakeResponse.of(Replies.reply(403, "no", "x-ratelimit-remaining", "7"))
                        .kind());
    }

    @Test
    void a_served_answer_is_no_limit_whatever_it_counts() {
        assertEquals(
                HandshakeResponse.Kind.ENGINE,
                HandshakeResponse.of(Replies.reply(200, OPEN, "ratelimit-remaining", "0"))
                        .kind());
        assertKind(HandshakeResponse.Kind.OTHER, 200, "<p>How to avoid too many requests</p>");
        assertKind(HandshakeResponse.Kind.OTHER, 404, "rate limit");
    }

    @Test
    void a_missing_client_certificate_is_told_from_other_bad_requests() {
        assertKind(
                HandshakeResponse.Kind.WANTS_CERTIFICATE, 400, "<center>No required SSL certificate was sent</center>");
        assertKind(HandshakeResponse.Kind.WANTS_CERTIFICATE, 400, "<center>The SSL certificate error</center>");
        assertKind(HandshakeResponse.Kind.WANTS_TLS, 400, "The plain HTTP request was sent to HTTPS port");
        assertKind(HandshakeResponse.Kind.OTHER, 400, "Bad Request");
    }

    @Test
    void a_redirect_names_its_target() {
        HandshakeResponse greeting = HandshakeResponse.of(Replies.reply(302, "", "location", "/login"));
        assertEquals(HandshakeResponse.Kind.REDIRECT, greeting.kind());
        assertEquals("/login", greeting.subject());
        assertFalse(greeting.isEngine());
        assertEquals(
                HandshakeResponse.Kind.OTHER,
                HandshakeResponse.of(Replies.reply(304, "")).kind());
    }

    @Test
    void http_2_is_asked_for_in_words_that_a_plain_refusal_has_not() {
        assertTrue(Http2.isAskedFor(Replies.reply(403, "Missing ALPN Protocol, expected `h2` to be available.")));
        assertTrue(Http2.isAskedFor(Replies.reply(505, "")));
        assertTrue(Http2.isAskedFor(Replies.reply(426, "", "upgrade", "h2c")));
        assertFalse(Http2.isAskedFor(Replies.reply(403, "{\"code\":4,\"message\":\"Forbidden\"}")));
        assertFalse(Http2.isAskedFor(Replies.reply(426, "", "upgrade", "websocket")));
        assertTrue(Http2.isSettings(new byte[] {0, 0, 18, 4, 0, 0, 0, 0, 0}));
        assertFalse(Http2.isSettings("HTTP/1.1 200 OK".getBytes(StandardCharsets.US_ASCII)));
    }

    private static void assertKind(HandshakeResponse.Kind kind, int status, String body) {
        assertEquals(kind, HandshakeResponse.of(Replies.reply(status, body)).kind(), status + " " + body);
    }
}
