package siodiag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The upgrade of a polling session to WebSocket: {@code 2probe}, {@code 3probe} (Engine.IO protocol, "Upgrade"). */
final class TransportUpgrade {
    private TransportUpgrade() {
    }

    /** @throws WireFailure with what came instead */
    static void attempt(Engine engine, Deadline deadline) throws WireFailure {
        Site site = engine.site();
        try (EngineSession polling = engine.openPolling(deadline);
                Connection connection = WebSocketHandshake.open(site,
                        site.sessionTarget("websocket", polling.handshake()), polling.cookieHeader(), deadline)) {
            probe(new WebSocketFrames(connection), deadline);
        }
    }

    private static void probe(WebSocketFrames frames, Deadline deadline) throws WireFailure {
        try {
            send(frames, "2probe", deadline);
            WebSocketFrames.Message answer = frames.read(deadline);
            String text = answer == null ? "a close" : answer.opcode() == WebSocketFrames.CLOSE ? answer.closing()
                    : answer.text();
            if (!"3probe".equals(text)) {
                throw new WireFailure(WireFailure.Kind.MALFORMED, "2probe was answered with " + Text.quote(text, 120));
            }
            send(frames, "5", deadline);
            send(frames, EngineSession.CLOSE, deadline);
        } catch (WireFailure failure) {
            throw failure;
        } catch (IOException failure) {
            throw new WireFailure(WireFailure.Kind.SILENT, "2probe was not answered");
        }
    }

    private static void send(WebSocketFrames frames, String packet, Deadline deadline) throws IOException {
        frames.write(WebSocketFrames.TEXT, packet.getBytes(StandardCharsets.US_ASCII), deadline);
    }
}
