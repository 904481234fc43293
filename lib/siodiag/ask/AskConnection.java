package siodiag.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import siodiag.core.Deadline;
import siodiag.core.Json;
import siodiag.core.Redactor;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.SocketClient;
import siodiag.protocol.SocketPacket;
import siodiag.protocol.Transports;

/** A client in one namespace. What comes is kept until it is asked for; every wait ends at the server's timeout. */
public final class AskConnection implements Closeable {
    private static final int MAX_LENGTH = 400;
    private static final int MAX_SHOWN = 3;
    private static final int MAX_SEEN = 10_000;

    private final AskServer server;
    private final String namespace;
    private Redactor secrets;
    private final EventInbox inbox = new EventInbox();
    private SocketClient client;

    private AskConnection(AskServer server, String namespace) {
        this.server = server;
        this.namespace = namespace;
    }

    /** @throws AskException where the server can't be reached or does not accept the client */
    static AskConnection open(AskServer server, String namespace) {
        AskConnection connection = new AskConnection(server, namespace);
        connection.join(server.recognisedWay());
        return OpenResources.add(connection);
    }

    /** {@link #send(String, Object...)} with an empty object. */
    public Acknowledgement send(String event) throws InterruptedException {
        return send(event, Map.of());
    }

    /**
     * Sends an event and waits for the acknowledgement.
     *
     * @param args what has a JSON form: a map, a record, a string, {@code json("{…}")}
     * @throws AskException where none comes in time; it names what came in its place
     */
    public Acknowledgement send(String event, Object... args) throws InterruptedException {
        checkOpen();
        int before = inbox.added();
        Stopwatch watch = new Stopwatch();
        try {
            JsonNode answer =
                    client.emit(namespace, event, trees(args), timeout()).get();
            return new Acknowledgement(
                    event, answer, watch.millis(), Text.cut(secrets.hide(answer.toString()), MAX_LENGTH));
        } catch (ExecutionException none) {
            checkOpen();
            throw new AskException(notAcknowledged(event, inbox.since(before)));
        }
    }

    /** Many applications never acknowledge, and answer by an event. */
    private String notAcknowledged(String event, List<ReceivedEvent> came) {
        String what =
                "no acknowledgement of " + Text.quote(event, 80) + " in " + namespace + " within " + seconds() + " s";
        if (came.isEmpty()) {
            return what + ", and no event: there is no handler for it, or it does not answer";
        }
        return what + "; meanwhile "
                + came.stream()
                        .limit(MAX_SHOWN)
                        .map(one -> Text.quote(one.name(), 80) + " " + Text.cut(one.text(), 120))
                        .collect(Collectors.joining(", "))
                + (came.size() > MAX_SHOWN ? " and " + (came.size() - MAX_SHOWN) + " more" : "") + " arrived";
    }

    /** {@link #emit(String, Object...)} with an empty object. */
    public AskConnection emit(String event) {
        return emit(event, Map.of());
    }

    /** Sends an event and waits for nothing. */
    public AskConnection emit(String event, Object... args) {
        checkOpen();
        ArrayNode packet = Json.MAPPER.createArrayNode().add(event).addAll(trees(args));
        client.send(new SocketPacket(SocketPacket.EVENT, namespace, null, packet), timeout());
        return this;
    }

    /** The next event of that name, {@code *} for any, among those that came since the last one asked for. */
    public ReceivedEvent expect(String event) throws InterruptedException {
        return expect(event, seconds());
    }

    /** @throws AskException where it does not come in that time */
    public ReceivedEvent expect(String event, double seconds) throws InterruptedException {
        return inbox.next(one -> "*".equals(event) || one.name().equals(event), Deadline.in(AskServer.time(seconds)))
                .orElseThrow(() -> new AskException(
                        inbox.ended().isEmpty()
                                ? "no " + Text.quote(event, 80) + " in " + namespace + " within " + seconds + " s"
                                : inbox.ended()));
    }

    /** All events that are here and that come in so many seconds. */
    public ReceivedEvents watch(double seconds) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        List<ReceivedEvent> seen = new ArrayList<>();
        String ended = receive(Deadline.in(AskServer.time(seconds)), event -> {
            if (seen.size() < MAX_SEEN) {
                seen.add(event);
            }
        });
        return new ReceivedEvents(namespace, watch.millis() / 1000, seen, ended);
    }

    /** Hands over what is here and what comes until then. @return how the connection ended; empty where it did not */
    String receive(Deadline end, Consumer<ReceivedEvent> observer) throws InterruptedException {
        inbox.drain(end, observer);
        return inbox.ended();
    }

    String namespace() {
        return namespace;
    }

    @Override
    public void close() {
        OpenResources.remove(this);
        client.close();
    }

    @Override
    public String toString() {
        return namespace + " of " + server.target().url() + " over "
                + client.session().transport() + ", "
                + (inbox.ended().isEmpty() ? "open" : inbox.ended()) + ", "
                + Text.count(inbox.size(), "event") + " waiting";
    }

    private void join(Transports way) {
        secrets = server.target().secrets();
        try {
            client = way.open((from, event, packet, nanos) -> onEvent(from, event, packet), timeout());
        } catch (ExchangeException failure) {
            throw new AskException(
                    "the server answered, but no session was opened: " + server.safe(failure.evidence()));
        }
        client.closure()
                .thenAccept(how -> inbox.end(
                        (how.byServer() ? "the server ended the connection: " : "") + server.safe(how.how())));
        client.disconnected(namespace)
                .thenAccept(how -> inbox.end("the server disconnected the client from " + namespace));
        ConnectResult answer =
                client.connect(namespace, server.target().auth(), timeout()).join();
        if (!(answer instanceof ConnectResult.Connected)) {
            client.close();
            throw new AskException(server.refusal(namespace, answer));
        }
    }

    private void onEvent(String from, String event, JsonNode packet) {
        if (from.equals(namespace)) {
            inbox.add(ReceivedEvent.of(from, event, packet, secrets));
        }
    }

    private void checkOpen() {
        if (!inbox.ended().isEmpty()) {
            throw new AskException(namespace + " is closed (" + inbox.ended() + "): connect again");
        }
    }

    /** A null among the arguments is one, too; null in place of all of them is one that is null. */
    private static List<JsonNode> trees(Object... args) {
        return args == null
                ? List.of(NullNode.getInstance())
                : Arrays.stream(args).map(AskConnection::tree).toList();
    }

    private static JsonNode tree(Object data) {
        try {
            return data == null ? NullNode.getInstance() : Json.MAPPER.valueToTree(data);
        } catch (IllegalArgumentException noJson) {
            throw new AskException(Text.cut(String.valueOf(data), 80)
                    + " has no JSON form: pass a Map, a record, a string, a number, or json(\"{…}\")");
        }
    }

    private Duration timeout() {
        return server.target().timeout();
    }

    private double seconds() {
        return timeout().toMillis() / 1000.0;
    }
}
