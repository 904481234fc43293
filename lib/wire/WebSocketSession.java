package siodiag;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** An Engine.IO session over WebSocket: opened directly, or as the upgrade of a polling session. */
final class WebSocketSession extends EngineSession {
    private final Connection connection;
    private final WebSocketFrames frames;

    private WebSocketSession(Handshake handshake, Connection connection, WebSocketFrames frames) {
        super(handshake);
        this.connection = connection;
        this.frames = frames;
    }

    /**
     * Opens a session over WebSocket alone.
     *
     * @throws WireFailure MALFORMED with the refusal, NO_HANDSHAKE with what came instead of the open packet, or
     *                     another kind
     */
    static WebSocketSession open(Site site, Map<String, String> headers, Deadline deadline) throws WireFailure {
        Connection connection =
                WebSocketHandshake.open(site, site.handshakeTarget(4, "websocket"), headers, deadline);
        WebSocketFrames frames = new WebSocketFrames(connection);
        try {
            String first = firstText(frames, deadline);
            Handshake handshake = Handshake.parse(first).orElseThrow(() -> new WireFailure(
                    WireFailure.Kind.NO_HANDSHAKE, "the first WebSocket message is no Engine.IO handshake: "
                            + Text.quote(first, 160)));
            return new WebSocketSession(handshake, connection, frames);
        } catch (WireFailure failure) {
            connection.close();
            throw failure;
        }
    }

    private static String firstText(WebSocketFrames frames, Deadline deadline) throws WireFailure {
        try {
            WebSocketFrames.Message message = frames.read(deadline);
            if (message == null) {
                throw new WireFailure(WireFailure.Kind.NO_HANDSHAKE, "WebSocket opened (101), then closed without a frame");
            }
            if (message.opcode() == WebSocketFrames.CLOSE) {
                throw new WireFailure(WireFailure.Kind.NO_HANDSHAKE, "WebSocket opened (101), then " + message.closing());
            }
            return message.text();
        } catch (WireFailure failure) {
            throw failure.kind() == WireFailure.Kind.NO_HANDSHAKE ? failure
                    : new WireFailure(WireFailure.Kind.NO_HANDSHAKE, "WebSocket opened (101), then "
                            + failure.getMessage());
        } catch (IOException failure) {
            throw new WireFailure(WireFailure.Kind.NO_HANDSHAKE,
                    "WebSocket opened (101), then " + (deadline.passed() ? "silence" : failure.getMessage()));
        }
    }

    @Override
    String transport() {
        return "websocket";
    }

    @Override
    void transmit(String packet, Deadline deadline) throws IOException {
        if (packet.startsWith("b")) {
            frames.write(WebSocketFrames.BINARY, Base64.getDecoder().decode(packet.substring(1)), deadline);
        } else {
            frames.write(WebSocketFrames.TEXT, packet.getBytes(StandardCharsets.UTF_8), deadline);
        }
    }

    @Override
    void hear() {
        Duration patience = patience();
        try {
            while (!isEnded()) {
                WebSocketFrames.Message message = frames.read(Deadline.in(patience));
                if (message == null) {
                    end(true, "connection closed without a close frame (1006)", false);
                } else if (message.opcode() == WebSocketFrames.CLOSE) {
                    end(true, message.closing(), false);
                } else if (message.opcode() != WebSocketFrames.BINARY) {
                    heard(message.text()); // What is attached to an event says nothing of its way.
                }
            }
        } catch (SocketTimeoutException silence) {
            end(true, "nothing heard for " + patience.toMillis() + " ms, not even a ping", false);
        } catch (IOException failure) {
            end(true, "connection broken: " + Text.cut(String.valueOf(failure.getMessage()), 120), false);
        }
    }

    @Override
    void farewell() {
        try {
            Deadline soon = Deadline.in(Duration.ofMillis(200));
            frames.write(WebSocketFrames.TEXT, CLOSE.getBytes(StandardCharsets.US_ASCII), soon);
            frames.write(WebSocketFrames.CLOSE, new byte[] {0x03, (byte) 0xe8}, soon);
        } catch (IOException gone) {
            // The session is over either way.
        }
    }

    @Override
    void release() {
        connection.close();
    }
}
