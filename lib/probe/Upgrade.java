package siodiag;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The upgrade of a polling session to WebSocket: {@code 2probe}, {@code 3probe} (Engine.IO protocol, "Upgrade"). */
final class Upgrade {
    private Upgrade() {
    }

    /** @throws WireFailure with what came instead */
    static void attempt(Engine engine, Deadline deadline) throws WireFailure {
        EngineSession polling = engine.openPolling(deadline);
        String target = engine.site().path() + Site.query(4, "websocket") + "&sid="
                + Urls.encode(polling.handshake().sid());
        WebSocketUpgrade upgrade = WebSocketUpgrade.attempt(engine.site(), target, polling.cookieHeader(), deadline);
        if (!upgrade.isOpen()) {
            throw new WireFailure(WireFailure.Kind.MALFORMED, upgrade.reply().evidence());
        }
        try (Connection connection = upgrade.connection()) {
            probe(new WebSocketFrames(connection), deadline);
        } finally {
            polling.close();
        }
    }

    private static void probe(WebSocketFrames frames, Deadline deadline) throws WireFailure {
        try {
            frames.write(WebSocketFrames.TEXT, "2probe".getBytes(StandardCharsets.US_ASCII), deadline);
            WebSocketFrames.Message answer = frames.read(deadline);
            String text = answer == null ? "a close" : answer.opcode() == WebSocketFrames.CLOSE ? answer.closing()
                    : answer.text();
            if (!"3probe".equals(text)) {
                throw new WireFailure(WireFailure.Kind.MALFORMED, "2probe was answered with " + Text.quote(text, 120));
            }
            frames.write(WebSocketFrames.TEXT, "5".getBytes(StandardCharsets.US_ASCII), deadline);
            frames.write(WebSocketFrames.TEXT, "1".getBytes(StandardCharsets.US_ASCII), deadline);
        } catch (WireFailure failure) {
            throw failure;
        } catch (IOException failure) {
            throw new WireFailure(WireFailure.Kind.SILENT, "2probe was not answered");
        }
    }
}
