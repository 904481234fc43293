package siodiag.probe.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Advice;
import siodiag.protocol.ExchangeException;

/** What the answer to an upgrade tells of why WebSocket does not work. */
class WebSocketRefusalTest {

    @Test
    void http_behind_the_101_is_a_second_server() {
        ExchangeException failure = new ExchangeException(
                ExchangeException.Kind.NO_HANDSHAKE,
                "WebSocket opened (101), then bytes that are no " + "WebSocket frame (reserved bits set)",
                "HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII));
        assertEquals(Advice.SECOND_WEBSOCKET_SERVER, WebSocketRefusal.advice(failure));
    }

    @Test
    void uvicorn_without_a_library_is_told_from_a_proxy_without_upgrade_headers() {
        assertEquals(
                Advice.NO_WEBSOCKET_LIBRARY, WebSocketRefusal.advice(refused("body \"Unsupported upgrade request.\"")));
        assertEquals(Advice.NO_WEBSOCKET_LIBRARY, WebSocketRefusal.advice(refused("server \"uvicorn\", empty body")));
        assertNull(WebSocketRefusal.advice(refused("server \"uvicorn\", body \"\"Invalid websocket upgrade\"\"")));
        assertNull(WebSocketRefusal.advice(refused("server \"nginx\", body \"\"Invalid websocket upgrade\"\"")));
    }

    @Test
    void the_first_message_of_another_server_is_a_second_server() {
        assertEquals(
                Advice.SECOND_WEBSOCKET_SERVER,
                WebSocketRefusal.advice(new ExchangeException(
                        ExchangeException.Kind.NO_HANDSHAKE,
                        "WebSocket opened (101): the first WebSocket message is no Engine.IO handshake: \"welcome\"")));
    }

    @Test
    void silence_and_a_close_tell_nothing() {
        assertNull(WebSocketRefusal.advice(
                new ExchangeException(ExchangeException.Kind.SILENT, "no answer before the deadline")));
        assertNull(WebSocketRefusal.advice(new ExchangeException(
                ExchangeException.Kind.NO_HANDSHAKE, "WebSocket opened (101), then closed without a frame")));
    }

    private static ExchangeException refused(String rest) {
        return new ExchangeException(ExchangeException.Kind.MALFORMED, "HTTP 400 Bad Request, " + rest);
    }
}
