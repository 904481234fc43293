package siodiag.probe.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import siodiag.core.Json;
import siodiag.core.Pace;
import siodiag.core.Stopwatch;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.probe.connect.SingleConnect;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Offsets;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/**
 * Hop session: connection state recovery (Socket.IO 4.6). A server that offers it gives a {@code pid} in its answer to
 * CONNECT; a client that comes back sends it in the auth object, with the offset of the last event it has.
 */
final class RecoveryProbe {

    private final Target target;
    private final Transports transports;

    RecoveryProbe(Target target, Transports transports) {
        this.target = target;
        this.transports = transports;
    }

    /**
     * Loses a connection and comes back; nothing where the server does not offer recovery.
     *
     * @param client   cut off by this
     * @param joined   the answers to its CONNECTs
     * @param received the events that it has got
     */
    Optional<Finding> run(SocketClient client, Map<String, ConnectResult> joined, Offsets received)
            throws InterruptedException {
        Optional<String> offered = joined.keySet().stream()
                .filter(name -> !pid(joined.get(name)).isEmpty())
                .max((one, other) -> Integer.compare(rank(received, one), rank(received, other)));
        if (offered.isEmpty()) {
            return Optional.empty();
        }
        String name = offered.get();
        Optional<String> last = received.last(name);
        return Optional.of(
                last.isEmpty()
                        ? Recovery.withoutOffset(name, received.events(name))
                        : comeBack(client, name, (ConnectResult.Connected) joined.get(name), last.get()));
    }

    private static int rank(Offsets received, String namespace) {
        return received.last(namespace).isPresent() ? Integer.MAX_VALUE : received.events(namespace);
    }

    private static String pid(ConnectResult admission) {
        return admission instanceof ConnectResult.Connected joined ? joined.pid() : "";
    }

    private Finding comeBack(SocketClient client, String namespace, ConnectResult.Connected before, String offset)
            throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        client.session().cut();
        Pace.pause(target.time(Wait.AWAY_FOR_RECOVERY));
        String auth = auth(before.pid(), offset);
        ConnectResult answer = connect(namespace, auth);
        long afterMs = (long) watch.millis();
        boolean recovered =
                answer instanceof ConnectResult.Connected joined && joined.sid().equals(before.sid());
        ConnectResult again =
                recovered || !(answer instanceof ConnectResult.Connected) ? null : connect(namespace, auth);
        return new Recovery(namespace, before.sid(), afterMs, answer, again)
                .finding()
                .took(watch.millis());
    }

    private ConnectResult connect(String namespace, String auth) {
        try (SocketClient client = transports.open(target.timeout())) {
            return client.connect(namespace, auth, target.timeout()).join();
        } catch (ExchangeException failure) {
            return SingleConnect.notOpened(failure);
        }
    }

    private String auth(String pid, String offset) {
        ObjectNode auth =
                Json.parse(target.auth()) instanceof ObjectNode given ? given : Json.MAPPER.createObjectNode();
        return auth.put("pid", pid).put("offset", offset).toString();
    }
}
