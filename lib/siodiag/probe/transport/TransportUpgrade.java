package siodiag.probe.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.protocol.Connection;
import siodiag.protocol.EngineSession;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Handshake;
import siodiag.protocol.PollingTrial;
import siodiag.protocol.Site;
import siodiag.protocol.WebSocketFrames;
import siodiag.protocol.WebSocketHandshake;

/**
 * The upgrade of a polling session to WebSocket, as the official clients do it (Engine.IO protocol, "Upgrade"): they poll
 * on, send {@code 2probe}, get {@code 3probe}, wait until the poll that is open has ended, and send {@code 5}.
 *
 * @param failure    what came instead; null where nothing went wrong
 * @param probedMs   until {@code 3probe} came, in milliseconds
 * @param finishedMs until the last poll had ended, in milliseconds; -1 where it had not by the deadline
 */
record TransportUpgrade(ExchangeException failure, double probedMs, double finishedMs) {
    private static final double SLOW_MS = 2000;
    /** A server that answers each poll at once while it upgrades is not asked more often. */
    private static final int MAX_POLLS = 50;

    /** Longer than a client would find normal; a server that has not answered at all has failed, which is another matter. */
    boolean isSlow() {
        return failure == null && (finishedMs < 0 || finishedMs > SLOW_MS);
    }

    String evidence(Handshake handshake) {
        return String.format(
                Locale.ROOT,
                "2probe was answered with 3probe after %.0f ms; the open poll, which must end before the client sends 5, %s; the server pings every %d ms",
                probedMs,
                finishedMs < 0
                        ? "was still open at the timeout"
                        : String.format(Locale.ROOT, "ended after %.0f ms", finishedMs),
                handshake.pingIntervalMs());
    }

    /** Ends the session with it, however it goes. */
    static TransportUpgrade attempt(Site site, PollingTrial session, Deadline deadline) {
        Stopwatch watch = new Stopwatch();
        CompletableFuture<Void> probed = new CompletableFuture<>();
        CompletableFuture<Void> open = new CompletableFuture<>(); // official clients poll before they try WebSocket
        CompletableFuture<Void> polling = Scope.current().fork("polling during the upgrade", () -> {
            for (int polls = 0; polls < MAX_POLLS && !probed.isDone(); polls++) {
                session.poll(deadline, () -> open.complete(null));
            }
            return null;
        });
        polling.whenComplete((ended, failure) -> open.complete(null));
        open.join();
        try (Connection connection = WebSocketHandshake.open(
                site, site.sessionTarget("websocket", session.handshake()), session.cookieHeader(), deadline)) {
            WebSocketFrames frames = new WebSocketFrames(connection);
            probe(frames, connection, deadline);
            double probedMs = watch.millis();
            probed.complete(null);
            boolean finished = hasEnded(polling, deadline);
            double finishedMs = finished ? watch.millis() : -1;
            if (finished) {
                send(frames, "5", deadline);
                send(frames, EngineSession.CLOSE, deadline);
            }
            return new TransportUpgrade(null, probedMs, finishedMs);
        } catch (ExchangeException failure) {
            return new TransportUpgrade(failure, -1, -1);
        } catch (IOException failure) {
            return new TransportUpgrade(
                    new ExchangeException(ExchangeException.Kind.CUT, String.valueOf(failure.getMessage())), -1, -1);
        } finally {
            probed.complete(null);
            session.close();
        }
    }

    private static void probe(WebSocketFrames frames, Connection connection, Deadline deadline)
            throws ExchangeException {
        try {
            send(frames, "2probe", deadline);
            WebSocketFrames.Message answer = frames.read(deadline);
            String text = answer == null
                    ? "a close"
                    : answer.opcode() == WebSocketFrames.CLOSE ? answer.closing() : answer.text();
            if (!"3probe".equals(text)) {
                throw new ExchangeException(
                        ExchangeException.Kind.MALFORMED, "2probe was answered with " + Text.quote(text, 120));
            }
        } catch (ExchangeException failure) {
            throw new ExchangeException(failure.kind(), failure.getMessage(), connection.firstBytes());
        } catch (IOException failure) {
            throw new ExchangeException(
                    ExchangeException.Kind.SILENT, "2probe was not answered", connection.firstBytes());
        }
    }

    /** A poll that fails has ended too: what it is worth is not judged here. */
    private static boolean hasEnded(CompletableFuture<Void> polling, Deadline deadline) {
        try {
            polling.get(Math.max(1, deadline.millisLeft()), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException failed) {
            return !deadline.passed();
        } catch (TimeoutException open) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void send(WebSocketFrames frames, String packet, Deadline deadline) throws IOException {
        frames.write(WebSocketFrames.TEXT, packet.getBytes(StandardCharsets.US_ASCII), deadline);
    }
}
