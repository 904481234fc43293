package siodiag.probe.reach;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.core.Deadline;
import siodiag.protocol.EngineListener;
import siodiag.protocol.EngineSession;
import siodiag.protocol.SessionEnd;

/** Tells a Socket.IO 2 server over WebSocket: it connects the client to {@code /} unasked (Socket.IO protocol 4). */
final class OldProtocol {
    private static final Duration UNASKED = Duration.ofMillis(300);
    /** Only an older server announces no payload limit, or netty-socketio: worth a longer wait. */
    private static final Duration SUSPECT = Duration.ofMillis(1500);

    private OldProtocol() {}

    static boolean isSpoken(EngineSession session, Deadline deadline) {
        CompletableFuture<Boolean> unasked = new CompletableFuture<>();
        session.listen(new EngineListener() {
            @Override
            public void packet(String packet, long nanos) {
                unasked.complete(packet.equals("40"));
            }

            @Override
            public void closed(SessionEnd closure) {
                unasked.complete(false);
            }
        });
        try {
            return unasked.get(
                    deadline.orSooner(session.handshake().maxPayload() < 0 ? SUSPECT : UNASKED)
                            .millisLeft(),
                    TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException nothing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
