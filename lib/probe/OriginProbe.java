package siodiag;

import java.util.List;
import java.util.Map;

/** Hop engine: whether a page from an origin may read the server's answers (CORS, Fetch standard). */
final class OriginProbe {
    private static final String ID = "engine.origin";
    private static final String EXAMPLE = "http://dashboard.example";

    private OriginProbe() {
    }

    /** With an origin to test a refusal fails the check; without one a stranger's is tried, for information. */
    static void run(Target target, Engine engine, Findings findings) {
        Stopwatch watch = new Stopwatch();
        String origin = target.origin() == null ? EXAMPLE : target.origin();
        Finding finding = examine(target, engine, origin).took(watch.millis());
        findings.add(target.origin() == null ? finding.asInfo() : finding);
    }

    private static Finding examine(Target target, Engine engine, String origin) {
        if (!engine.polling()) {
            return overWebSocket(target, engine, Map.of("Origin", origin));
        }
        Finding polling = overPolling(target, engine, origin);
        if (target.origin() == null || polling.isTrouble()) {
            return polling;
        }
        Finding webSocket = overWebSocket(target, engine, Map.of("Origin", origin));
        return webSocket.isTrouble() && !overWebSocket(target, engine, Map.of()).isTrouble() ? webSocket : polling;
    }

    private static Finding overPolling(Target target, Engine engine, String origin) {
        try {
            HttpReply reply = engine.site().handshake(4, Map.of("Origin", origin), Deadline.in(target.timeout()));
            String allowed = reply.header("access-control-allow-origin");
            int headers = reply.headers().getOrDefault("access-control-allow-origin", List.of()).size();
            boolean letIn = reply.status() == 200 && headers == 1 && (allowed.equals("*") || allowed.equals(origin));
            String seen = "Origin: " + origin + " is answered with " + (reply.status() == 200 ? "200" : reply.evidence())
                    + ", access-control-allow-origin " + (headers == 0 ? "missing" : headers > 1 ? headers + " times"
                            : Text.quote(allowed, 120));
            return letIn ? Finding.pass(ID, Hop.ENGINE, seen)
                    : Finding.fail(ID, Hop.ENGINE, Sign.ORIGIN_REFUSED, origin, seen, seen);
        } catch (WireFailure failure) {
            return Finding.fail(ID, Hop.ENGINE, Sign.ORIGIN_REFUSED, origin, "refused",
                    "Origin: " + origin + ": " + failure.evidence());
        }
    }

    /** @param headers with the origin; without one it shows whether WebSocket works at all */
    private static Finding overWebSocket(Target target, Engine engine, Map<String, String> headers) {
        String origin = headers.getOrDefault("Origin", "");
        try (WebSocketSession session = WebSocketSession.open(engine.site(), headers, Deadline.in(target.timeout()))) {
            return Finding.pass(ID, Hop.ENGINE, "a WebSocket from " + origin + " is let in");
        } catch (WireFailure failure) {
            return Finding.fail(ID, Hop.ENGINE, Sign.ORIGIN_REFUSED, origin, "refused",
                    "WebSocket with Origin: " + origin + ": " + failure.evidence());
        }
    }
}
