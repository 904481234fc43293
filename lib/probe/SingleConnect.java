package siodiag;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One CONNECT to one namespace, on a connection of its own. */
final class SingleConnect {
    /** Some servers let everybody in and put those without the right token out a moment later. */
    private static final Duration PUT_OUT = Duration.ofMillis(250);

    private SingleConnect() {
    }

    /** The answer; of a client that is let in and put out again at once, that. */
    static Admission answerThatLasts(Target target, Transports transports, String namespace, String auth) {
        try (SocketClient client = transports.open(target.timeout())) {
            Admission answer = client.connect(namespace, auth, target.timeout()).join();
            return answer instanceof Admission.Joined ? staying(client, namespace, answer) : answer;
        } catch (WireFailure failure) {
            return notOpened(failure);
        }
    }

    /** The answer within a time, whatever follows it. */
    static Admission answer(Target target, Transports transports, String namespace, Duration patience) {
        try (SocketClient client = transports.open(target.timeout())) {
            return client.connect(namespace, target.auth(), patience).join();
        } catch (WireFailure failure) {
            return notOpened(failure);
        }
    }

    /** A server too busy to open a session is silent; any other failure is its doing. */
    private static Admission notOpened(WireFailure failure) {
        return failure.kind() == WireFailure.Kind.SILENT ? new Admission.Silent()
                : new Admission.Closed(Closure.unopened(failure));
    }

    private static Admission staying(SocketClient client, String namespace, Admission joined) {
        CompletableFuture<Object> out = CompletableFuture.anyOf(client.disconnected(namespace),
                client.closure().thenApply(Closure::how));
        try {
            return new Admission.PutOut(String.valueOf(out.get(PUT_OUT.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException stays) {
            return joined;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return joined;
        }
    }
}
