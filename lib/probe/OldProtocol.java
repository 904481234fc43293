package siodiag;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells a Socket.IO 2 server over WebSocket: it connects the client to {@code /} unasked (Socket.IO protocol 4). */
final class OldProtocol {
    private static final Duration UNASKED = Duration.ofMillis(300);

    private OldProtocol() {
    }

    static boolean isSpoken(EngineSession session, Deadline deadline) {
        CompletableFuture<Boolean> unasked = new CompletableFuture<>();
        session.listen(new EngineListener() {
            @Override
            public void packet(String packet, long nanos) {
                unasked.complete(packet.equals("40"));
            }

            @Override
            public void closed(Closure closure) {
                unasked.complete(false);
            }
        });
        try {
            return unasked.get(deadline.orSooner(UNASKED).millisLeft(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException nothing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
