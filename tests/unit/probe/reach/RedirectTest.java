package siodiag.probe.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Advice;
import siodiag.finding.Finding;
import siodiag.protocol.HttpReply;
import siodiag.protocol.Replies;

/** Where a redirect leads decides what is to be done about it. */
class RedirectTest {
    private static final URI HERE = URI.create("http://app.test/socket.io/?EIO=4&transport=polling");
    private static final String OPEN =
            "0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000}";

    @Test
    void socket_io_at_the_target_is_to_be_used_as_the_url() {
        Redirect redirect = judge("http://app.test/live/socket.io/?EIO=4", Replies.reply(200, OPEN));
        assertEquals(Redirect.Kind.SOCKETIO, redirect.kind());
        assertEquals("http://app.test/live/socket.io/", redirect.target());
        assertEquals(
                Advice.REDIRECT_TO_SOCKETIO.text(),
                redirect.finding("http.answer", "301").advice());
    }

    @Test
    void a_refusal_in_the_words_of_engine_io_is_socket_io_too() {
        assertEquals(
                Redirect.Kind.SOCKETIO,
                judge(
                                "http://other.test/",
                                Replies.reply(400, "{\"code\":5,\"message\":\"Unsupported protocol version\"}"))
                        .kind());
    }

    @Test
    void tls_at_the_target_is_another_scheme() {
        assertEquals(
                Redirect.Kind.TLS,
                judge("https://app.test/socket.io/", Replies.reply(200, OPEN)).kind());
    }

    @Test
    void a_page_or_a_404_at_the_target_is_nothing_to_use() {
        for (HttpReply answer : List.of(
                Replies.reply(404, "Not found"), Replies.reply(200, "<!DOCTYPE html>"), Replies.reply(502, ""))) {
            Redirect redirect = judge("http://app.test/socket.io", answer);
            assertEquals(Redirect.Kind.NOTHING, redirect.kind());
            Finding finding = redirect.finding("http.answer", "308");
            assertTrue(
                    finding.evidence().get(1).contains("is not Socket.IO"),
                    finding.evidence().toString());
            assertTrue(finding.advice().contains("Do not use the target"), finding.advice());
        }
    }

    @Test
    void another_redirect_is_a_loop_or_leads_on() {
        assertEquals(
                Redirect.Kind.LOOP,
                judge("http://app.test/socket.io/", Replies.reply(302, "", "location", "/socket.io/"))
                        .kind());
    }

    private static Redirect judge(String to, HttpReply answer) {
        return Redirect.judge(HERE, URI.create(to), answer);
    }
}
