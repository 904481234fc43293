package siodiag.probe.connect;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Refusal;
import siodiag.protocol.SessionEnd;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/** One CONNECT to one namespace, on a connection of its own. */
public final class SingleConnect {
    private SingleConnect() {}

    /**
     * The answer. Where the server connects the client and disconnects it again: that, or a CONNECT_ERROR if the server gives a reason.
     *
     * @param watched how long after having been connected
     */
    static ConnectResult answerThatLasts(
            Target target, Transports transports, String namespace, String auth, Duration watched) {
        AtomicReference<String> lastEvent = new AtomicReference<>("");
        try (SocketClient client =
                transports.open((from, event, args, nanos) -> lastEvent.set(args.toString()), target.timeout())) {
            ConnectResult answer =
                    client.connect(namespace, auth, target.timeout()).join();
            ConnectResult settled =
                    answer instanceof ConnectResult.Connected ? staying(client, namespace, answer, watched) : answer;
            return settled instanceof ConnectResult.Disconnected out ? reasoned(out, lastEvent.get()) : settled;
        } catch (ExchangeException failure) {
            return notOpened(failure);
        }
    }

    /** The reason stands in the packet that disconnects (python-socketio), or in an event right before (socketio-jwt). */
    static ConnectResult reasoned(ConnectResult.Disconnected out, String lastEvent) {
        String message = !out.message().isEmpty() ? out.message() : Refusal.speaksOfToken(lastEvent) ? lastEvent : "";
        return message.isEmpty() ? out : new ConnectResult.ConnectError(message, true);
    }

    /** The answer within a time, whatever follows it. */
    public static ConnectResult answer(Target target, Transports transports, String namespace, Duration answerTimeout) {
        try (SocketClient client = transports.open(target.timeout())) {
            return client.connect(namespace, target.auth(), answerTimeout).join();
        } catch (ExchangeException failure) {
            return notOpened(failure);
        }
    }

    /** A server too busy to open a session is silent; any other failure is its doing. */
    public static ConnectResult notOpened(ExchangeException failure) {
        return failure.kind() == ExchangeException.Kind.SILENT
                ? new ConnectResult.TimedOut()
                : new ConnectResult.SessionClosed(SessionEnd.unopened(failure));
    }

    private static ConnectResult staying(
            SocketClient client, String namespace, ConnectResult joined, Duration watched) {
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
