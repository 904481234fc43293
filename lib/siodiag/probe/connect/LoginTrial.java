package siodiag.probe.connect;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import siodiag.core.Json;
import siodiag.core.Wait;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/**
 * Asks a server that serves nothing whether it waits for a login: one client emits the events by which clients often
 * authenticate (those of socketio-auth, socketio-jwt, and of tutorials), with the auth object.
 */
public final class LoginTrial {
    private static final List<String> EVENTS = List.of("authenticate", "authentication", "auth", "login");
    private static final int MAX_RECEIVED = 10;
    private static final int MAX_LENGTH = 4000;
    /** Said to a login, good or bad; an echo of the event's own name is no such thing. */
    private static final Pattern ANSWER = Pattern.compile(
            "\\bauthenticated\\b|un-?authori[sz]ed|\\bauthori[sz]ed\\b"
                    + "|auth(entication|ori[sz]ation)?[ _-]?(ok|success|succeeded|error|fail|denied|refused)|logged[ _-]?in"
                    + "|log[ _-]?in[ _-]?(ok|success|succeeded|error|fail)|(invalid|wrong|expired|missing)[ _-]?(token|credential|jwt|login)",
            Pattern.CASE_INSENSITIVE);

    /** @param words what came as an event or as the acknowledgement, as JSON */
    public record Answer(String namespace, String event, String message) {}

    private LoginTrial() {}

    public static Optional<Answer> run(Target target, Transports transports, String namespace)
            throws InterruptedException {
        Duration each = target.time(Wait.EVENT_AUTHENTICATION);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>(MAX_RECEIVED);
        Consumer<JsonNode> receivers = said -> {
            String message = said.toString();
            if (message.length() <= MAX_LENGTH && isAnswer(message)) {
                heard.offer(message);
            }
        };
        try (SocketClient client =
                transports.open((from, event, packet, nanos) -> receivers.accept(packet), target.timeout())) {
            if (!target.auth().isEmpty()
                    && client.connect(namespace, target.auth(), target.timeout())
                                    .join()
                            instanceof ConnectResult.Connected) {
                for (String event : EVENTS) {
                    client.emit(namespace, event, List.of(Json.parse(target.auth())), each)
                            .thenAccept(receivers);
                    String message = heard.poll(each.toMillis(), TimeUnit.MILLISECONDS);
                    if (message != null) {
                        return Optional.of(new Answer(namespace, event, message));
                    }
                }
            }
            return Optional.empty();
        } catch (ExchangeException failure) {
            return Optional.empty();
        }
    }

    static boolean isAnswer(String message) {
        return ANSWER.matcher(message).find();
    }
}
