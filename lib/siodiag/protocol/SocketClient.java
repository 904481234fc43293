package siodiag.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import siodiag.core.Deadline;
import siodiag.core.Json;
import siodiag.core.Text;

/**
 * A Socket.IO 5 client over one session: any number of namespaces, events, acknowledgements. It hides nothing that the
 * official clients hide: refusals come with their payload, ends with their code.
 */
public final class SocketClient implements Closeable {

    /** Hears events, on the session's thread, in order. */
    public interface EventListener {
        /**
         * @param packet the event's name, then its arguments
         * @param nanos  {@link System#nanoTime} at its arrival
         */
        void event(String namespace, String event, JsonNode packet, long nanos);

        /** A binary event or acknowledgement without content, as netty-socketio sends it: {@code 451-}. */
        default void empty(String packet) {}
    }

    private static final Pattern EMPTY_BINARY = Pattern.compile("4[56]\\d{1,4}-(/[^,]{0,200},?)?\\d{0,18}");

    private final EngineSession session;
    private final PacketCodec codec;
    private final EventListener listener;
    private final Map<String, CompletableFuture<ConnectResult>> connecting = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<JsonNode>> acknowledging = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<ConnectResult.Disconnected>> disconnected = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> latest = new ConcurrentHashMap<>();
    private final CompletableFuture<SessionEnd> closure = new CompletableFuture<>();
    private final CompletableFuture<SessionEnd> cutOff = new CompletableFuture<>();
    private final Heartbeat heartbeat;
    private final AtomicLong ids = new AtomicLong();

    public SocketClient(EngineSession session, PacketCodec codec, EventListener listener) {
        this.session = session;
        this.codec = codec;
        this.listener = listener;
        this.heartbeat = new Heartbeat(session.handshake());
        session.listen(new EngineListener() {
            @Override
            public void packet(String packet, long nanos) {
                receive(packet, nanos);
            }

            @Override
            public void closed(SessionEnd how) {
                end(how);
            }
        });
    }

    public EngineSession session() {
        return session;
    }

    public Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Whether the server has let it into the namespace. */
    public boolean isIn(String namespace) {
        CompletableFuture<ConnectResult> answer = connecting.get(namespace);
        return answer != null && answer.getNow(null) instanceof ConnectResult.Connected;
    }

    /** The last event of a namespace that has accepted the client, as JSON; empty where none came. */
    public String latest(String namespace) {
        JsonNode packet = latest.get(namespace);
        return packet == null ? "" : packet.toString();
    }

    /** Completes when the session ends, from either side. */
    public CompletableFuture<SessionEnd> closure() {
        return closure;
    }

    /** Completes when the server ends the session, or the client's stay in any of its namespaces. */
    public CompletableFuture<SessionEnd> cutOff() {
        return cutOff;
    }

    /** Completes when the server disconnects the client from the namespace ({@code 41}), or the session ends. */
    public CompletableFuture<ConnectResult.Disconnected> disconnected(String namespace) {
        CompletableFuture<ConnectResult.Disconnected> out =
                disconnected.computeIfAbsent(namespace, name -> new CompletableFuture<>());
        endIfOver();
        return out;
    }

    /**
     * Asks to join a namespace.
     *
     * @param auth the auth object as JSON; empty for a CONNECT without one
     */
    public CompletableFuture<ConnectResult> connect(String namespace, String auth, Duration timeout) {
        CompletableFuture<ConnectResult> answer = new CompletableFuture<>();
        connecting.put(namespace, answer);
        answer.thenAccept(admission -> {
            if (!(admission instanceof ConnectResult.Connected)) {
                connecting.remove(namespace, answer);
            }
        });
        send(SocketPacket.connect(namespace, auth), timeout);
        endIfOver();
        return answer.completeOnTimeout(new ConnectResult.TimedOut(), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Emits an event and asks for an acknowledgement; the future fails when none comes in time. */
    public CompletableFuture<JsonNode> emit(String namespace, String event, List<JsonNode> args, Duration timeout) {
        long id = ids.incrementAndGet();
        CompletableFuture<JsonNode> acknowledgement = new CompletableFuture<>();
        acknowledging.put(id, acknowledgement);
        acknowledgement.whenComplete((words, none) -> acknowledging.remove(id));
        send(
                new SocketPacket(
                        SocketPacket.EVENT,
                        namespace,
                        id,
                        Json.MAPPER.createArrayNode().add(event).addAll(args)),
                timeout);
        endIfOver();
        return acknowledgement.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Emits an event again and again, in one POST over polling, without asking for acknowledgements. */
    public void emitTogether(String namespace, String event, List<List<JsonNode>> argsOfEach, Duration timeout) {
        List<String> packets = new ArrayList<>();
        argsOfEach.forEach(args -> packets.addAll(codec.encode(new SocketPacket(
                SocketPacket.EVENT,
                namespace,
                null,
                Json.MAPPER.createArrayNode().add(event).addAll(args)))));
        send(packets, timeout);
    }

    /** Sends a packet; a failure ends the session, which is how it is told. */
    public void send(SocketPacket packet, Duration timeout) {
        send(codec.encode(packet), timeout);
    }

    private void send(List<String> packets, Duration timeout) {
        try {
            session.send(packets, Deadline.in(timeout));
        } catch (IOException failure) {
            session.end(true, "sending failed: " + Text.cut(String.valueOf(failure.getMessage()), 200), false);
        }
    }

    @Override
    public void close() {
        session.close();
    }

    private void receive(String message, long nanos) {
        if (EngineSession.PING.equals(message)) {
            heartbeat.ping(nanos);
            return;
        }
        if (EMPTY_BINARY.matcher(message).matches()) {
            listener.empty(message);
        }
        codec.decode(message).ifPresent(packet -> dispatch(packet, nanos));
    }

    private void dispatch(SocketPacket packet, long nanos) {
        switch (packet.type()) {
            case SocketPacket.CONNECT ->
                answer(
                        packet.namespace(),
                        new ConnectResult.Connected(
                                packet.data().path("sid").asText(""),
                                packet.data().path("pid").asText("")));
            case SocketPacket.CONNECT_ERROR ->
                answer(packet.namespace(), new ConnectResult.ConnectError(packet.json()));
            case SocketPacket.DISCONNECT -> {
                ConnectResult.Disconnected out =
                        new ConnectResult.Disconnected(ConnectResult.Disconnected.BY_PACKET, packet.json());
                cutOff.complete(session.closure(
                        true,
                        "the server disconnected the client from " + packet.namespace() + " (packet 41)",
                        false)); // first: who is woken by what follows finds it told
                answer(packet.namespace(), out);
                disconnected(packet.namespace()).complete(out);
            }
            case SocketPacket.EVENT -> event(packet, nanos);
            case SocketPacket.ACK -> acknowledge(packet);
            default -> {}
        }
    }

    private void answer(String namespace, ConnectResult admission) {
        CompletableFuture<ConnectResult> waiting = connecting.get(namespace);
        if (waiting != null) {
            waiting.complete(admission);
        }
    }

    private void event(SocketPacket packet, long nanos) {
        JsonNode array = packet.data();
        if (array.isArray() && array.size() > 0) {
            if (isIn(packet.namespace())) {
                latest.put(packet.namespace(), array);
            }
            listener.event(packet.namespace(), array.get(0).asText(), array, nanos);
        }
    }

    private void acknowledge(SocketPacket packet) {
        CompletableFuture<JsonNode> waiting = packet.id() == null ? null : acknowledging.get(packet.id());
        if (waiting != null) {
            waiting.complete(packet.data());
        }
    }

    /** Who is woken by the closure finds the cut-off told already. */
    private void end(SessionEnd how) {
        if (how.byServer()) {
            cutOff.complete(how);
        }
        closure.complete(how);
        endIfOver();
    }

    /** Nothing comes any more once the session is closed: asked also behind each request, which may have come too late. */
    private void endIfOver() {
        SessionEnd how = closure.getNow(null);
        if (how != null) {
            connecting.values().forEach(waiting -> waiting.complete(new ConnectResult.SessionClosed(how)));
            disconnected.values().forEach(waiting -> waiting.complete(new ConnectResult.Disconnected(how.how(), "")));
            acknowledging.values().forEach(waiting -> waiting.completeExceptionally(new IOException(how.how())));
        }
    }
}
