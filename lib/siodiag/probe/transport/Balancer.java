package siodiag.probe.transport;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import siodiag.core.Deadline;
import siodiag.protocol.Engine;
import siodiag.protocol.EngineSession;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Handshake;
import siodiag.protocol.HttpReply;
import siodiag.protocol.HttpRequest;
import siodiag.protocol.ServerFamily;
import siodiag.protocol.SessionDialect;
import siodiag.target.Target;

/** Whether one address leads to several processes: requests of one session, without its cookies, that some do not know. */
public final class Balancer {
    private static final int REQUESTS = 6;

    private Balancer() {}

    /** The evidence; nothing where one process answers all. */
    public static Optional<String> look(Target target, Engine engine) {
        Deadline deadline = Deadline.in(target.timeout());
        int unknown = 0;
        try {
            HttpReply opened = engine.site().handshake(4, Map.of(), deadline);
            Optional<Handshake> handshake = Handshake.parse(opened.body());
            if (handshake.isEmpty()) {
                return Optional.empty();
            }
            HttpRequest pong = HttpRequest.post(
                            engine.site().sessionTarget("polling", handshake.get()),
                            Map.of(),
                            EngineSession.PONG.getBytes(StandardCharsets.US_ASCII))
                    .with("Content-Type", "text/plain;charset=UTF-8");
            for (int i = 0; i < REQUESTS; i++) {
                HttpReply reply = engine.site().exchange(pong, deadline);
                boolean bare =
                        engine.family() == ServerFamily.JAVA && reply.status() == 500; // netty-socketio says no more
                unknown += SessionDialect.isUnknownSid(reply) || bare ? 1 : 0;
            }
        } catch (ExchangeException failure) {
            return Optional.empty();
        }
        return unknown == 0
                ? Optional.empty()
                : Optional.of("one address, several processes: of " + REQUESTS
                        + " requests with one session, sent without its cookies, " + unknown
                        + " do not find the session");
    }
}
