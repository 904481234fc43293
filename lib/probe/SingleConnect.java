package siodiag;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One CONNECT to one namespace, on a connection of its own. */
final class SingleConnect {
    /** Some servers let everybody in and put those without the right token out a moment later. */
    static final Duration MOMENT = Duration.ofMillis(250);
    /** As long as that may take where the token is looked up somewhere first. */
    static final Duration LOOK_UP = Duration.ofMillis(1500);

    private SingleConnect() {
    }

    /**
     * The answer; of a client that is let in and put out again, that: for a reason that the server gives, a refusal.
     *
     * @param watched how long after having been let in
     */
    static Admission answerThatLasts(Target target, Transports transports, String namespace, String auth,
            Duration watched) {
        AtomicReference<String> lastEvent = new AtomicReference<>("");
        try (SocketClient client = transports.open((from, event, args, nanos) -> lastEvent.set(args.toString()),
                target.timeout())) {
            Admission answer = client.connect(namespace, auth, target.timeout()).join();
            Admission settled = answer instanceof Admission.Joined ? staying(client, namespace, answer, watched) : answer;
            return settled instanceof Admission.PutOut out ? reasoned(out, lastEvent.get()) : settled;
        } catch (WireFailure failure) {
            return notOpened(failure);
        }
    }

    /** The reason stands in the packet that puts out (python-socketio), or in an event right before (socketio-jwt). */
    private static Admission reasoned(Admission.PutOut out, String lastEvent) {
        String words = !out.words().isEmpty() ? out.words() : Refusal.speaksOfToken(lastEvent) ? lastEvent : "";
        return words.isEmpty() ? out : new Admission.Refused(words, true);
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

    private static Admission staying(SocketClient client, String namespace, Admission joined, Duration watched) {
        try {
            return client.disconnected(namespace).get(watched.toMillis(), TimeUnit.MILLISECONDS);
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
