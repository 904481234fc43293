package siodiag;

import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

/** A client in one namespace. What comes is kept until it is asked for; every wait ends at the server's timeout. */
public final class AdhocConnection implements Closeable {
    private static final int LONGEST = 400;

    private final AdhocServer server;
    private final String namespace;
    private final Secrets secrets;
    private final AdhocInbox inbox = new AdhocInbox();
    private SocketClient client;

    private AdhocConnection(AdhocServer server, String namespace) {
        this.server = server;
        this.namespace = namespace;
        this.secrets = new Secrets(server.target().token());
    }

    /** @throws AdhocFailure where the server can't be reached or does not let the client in */
    static AdhocConnection open(AdhocServer server, String namespace) {
        AdhocConnection connection = new AdhocConnection(server, namespace);
        connection.join(server.way());
        return AdhocOpen.add(connection);
    }

    /** {@link #send(String, Object)} with an empty object. */
    public AdhocAcknowledgement send(String event) throws InterruptedException {
        return send(event, Map.of());
    }

    /**
     * Sends an event and waits for the acknowledgement.
     *
     * @param data anything that has a JSON form: a map, a record, a string, {@code json("{…}")}
     * @throws AdhocFailure where none comes in time
     */
    public AdhocAcknowledgement send(String event, Object data) throws InterruptedException {
        checkOpen();
        Stopwatch watch = new Stopwatch();
        try {
            JsonNode answer = client.emit(namespace, event, tree(data), timeout()).get();
            return new AdhocAcknowledgement(event, answer, watch.millis(),
                    Text.cut(secrets.hide(answer.toString()), LONGEST));
        } catch (ExecutionException none) {
            checkOpen();
            throw new AdhocFailure("no acknowledgement of " + Text.cut(event, 80) + " from " + namespace + " in "
                    + seconds() + " s: nobody handles it there, or the handler does not acknowledge "
                    + "(emit sends without waiting)");
        }
    }

    /** {@link #emit(String, Object)} with an empty object. */
    public AdhocConnection emit(String event) {
        return emit(event, Map.of());
    }

    /** Sends an event and waits for nothing. */
    public AdhocConnection emit(String event, Object data) {
        checkOpen();
        JsonNode packet = Json.MAPPER.createArrayNode().add(event).add(tree(data));
        client.send(new SocketPacket(SocketPacket.EVENT, 0, namespace, null, packet.toString()), timeout());
        return this;
    }

    /** The next event of that name, {@code *} for any, among those that came since the last one asked for. */
    public AdhocEvent expect(String event) throws InterruptedException {
        return expect(event, seconds());
    }

    /** @throws AdhocFailure where it does not come in that time */
    public AdhocEvent expect(String event, double seconds) throws InterruptedException {
        return inbox.next(one -> "*".equals(event) || one.name().equals(event), Deadline.in(AdhocServer.time(seconds)))
                .orElseThrow(() -> new AdhocFailure(inbox.ended().isEmpty()
                        ? "no " + Text.cut(event, 80) + " over " + namespace + " in " + seconds + " s"
                        : inbox.ended()));
    }

    /** All events that are here and that come in so many seconds. */
    public AdhocEvents watch(double seconds) throws InterruptedException {
        return watch(seconds, event -> { });
    }

    AdhocEvents watch(double seconds, Consumer<AdhocEvent> observer) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        List<AdhocEvent> seen = inbox.during(AdhocServer.time(seconds), observer);
        return new AdhocEvents(namespace, watch.millis() / 1000, seen, inbox.ended());
    }

    @Override
    public void close() {
        AdhocOpen.remove(this);
        client.close();
    }

    @Override
    public String toString() {
        return namespace + " of " + server.target().url() + " over " + client.session().transport() + ", "
                + (inbox.ended().isEmpty() ? "open" : inbox.ended()) + ", "
                + Text.count(inbox.size(), "event") + " waiting";
    }

    private void join(Transports way) {
        try {
            client = way.open((from, event, packet, nanos) -> hear(from, event, packet), timeout());
        } catch (WireFailure failure) {
            throw new AdhocFailure("the server answered, then no session opened: " + server.safe(failure.evidence()));
        }
        client.closure().thenAccept(how -> inbox.end((how.byServer() ? "the server ended the connection: " : "")
                + server.safe(how.how())));
        client.disconnected(namespace).thenAccept(how -> inbox.end("the server put the client out of " + namespace));
        Admission answer = client.connect(namespace, server.target().auth(), timeout()).join();
        if (!(answer instanceof Admission.Joined)) {
            client.close();
            throw new AdhocFailure(server.refusal(namespace, answer));
        }
    }

    private void hear(String from, String event, JsonNode packet) {
        if (from.equals(namespace)) {
            inbox.add(AdhocEvent.of(from, event, packet, secrets));
        }
    }

    private void checkOpen() {
        if (!inbox.ended().isEmpty()) {
            throw new AdhocFailure(namespace + " is closed (" + inbox.ended() + "): connect again");
        }
    }

    private static JsonNode tree(Object data) {
        try {
            return Json.MAPPER.valueToTree(data);
        } catch (IllegalArgumentException noJson) {
            throw new AdhocFailure("no JSON form of " + Text.cut(String.valueOf(data), 80)
                    + ": give a Map, a record, a string, a number, or json(\"{…}\")");
        }
    }

    private Duration timeout() {
        return server.target().timeout();
    }

    private double seconds() {
        return timeout().toMillis() / 1000.0;
    }
}
