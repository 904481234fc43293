package siodiag;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A Socket.IO 5 client over one session: any number of namespaces, events, acknowledgements. It hides nothing that the
 * official clients hide: refusals come with their payload, ends with their code.
 */
final class SocketClient implements Closeable {

    /** Hears events, on the session's thread, in order. */
    interface EventListener {
        /**
         * @param packet the event's name, then its arguments
         * @param nanos  {@link System#nanoTime} at its arrival
         */
        void event(String namespace, String event, JsonNode packet, long nanos);
    }

    private final EngineSession session;
    private final EventListener listener;
    private final Map<String, CompletableFuture<Admission>> connecting = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<JsonNode>> acknowledging = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Admission.PutOut>> disconnected = new ConcurrentHashMap<>();
    private final CompletableFuture<Closure> closure = new CompletableFuture<>();
    private final CompletableFuture<Closure> cutOff = new CompletableFuture<>();
    private final Heartbeat heartbeat;
    private final AtomicLong ids = new AtomicLong();

    SocketClient(EngineSession session, EventListener listener) {
        this.session = session;
        this.listener = listener;
        this.heartbeat = new Heartbeat(session.handshake());
        session.listen(new EngineListener() {
            @Override
            public void packet(String packet, long nanos) {
                receive(packet, nanos);
            }

            @Override
            public void closed(Closure how) {
                end(how);
            }
        });
    }

    EngineSession session() {
        return session;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Whether the server has let it into the namespace. */
    boolean isIn(String namespace) {
        CompletableFuture<Admission> answer = connecting.get(namespace);
        return answer != null && answer.getNow(null) instanceof Admission.Joined;
    }

    /** Completes when the session ends, from either side. */
    CompletableFuture<Closure> closure() {
        return closure;
    }

    /** Completes when the server ends the session, or the client's stay in any of its namespaces. */
    CompletableFuture<Closure> cutOff() {
        return cutOff;
    }

    /** Completes when the server disconnects the client from the namespace ({@code 41}), or the session ends. */
    CompletableFuture<Admission.PutOut> disconnected(String namespace) {
        CompletableFuture<Admission.PutOut> out =
                disconnected.computeIfAbsent(namespace, name -> new CompletableFuture<>());
        closure.thenAccept(how -> out.complete(new Admission.PutOut(how.how(), "")));
        return out;
    }

    /**
     * Asks to join a namespace.
     *
     * @param auth the auth object as JSON; empty for a CONNECT without one
     */
    CompletableFuture<Admission> connect(String namespace, String auth, Duration timeout) {
        CompletableFuture<Admission> answer = new CompletableFuture<>();
        connecting.put(namespace, answer);
        closure.thenAccept(how -> answer.complete(new Admission.Closed(how)));
        send(new SocketPacket(SocketPacket.CONNECT, 0, namespace, null, auth), timeout);
        Threads.after(timeout, () -> answer.complete(new Admission.Silent()));
        return answer;
    }

    /** Emits an event and asks for an acknowledgement; the future fails when none comes in time. */
    CompletableFuture<JsonNode> emit(String namespace, String event, JsonNode data, Duration timeout) {
        long id = ids.incrementAndGet();
        CompletableFuture<JsonNode> acknowledgement = new CompletableFuture<>();
        acknowledging.put(id, acknowledgement);
        JsonNode array = Json.MAPPER.createArrayNode().add(event).add(data);
        send(new SocketPacket(SocketPacket.EVENT, 0, namespace, id, array.toString()), timeout);
        Threads.after(timeout, () -> {
            acknowledging.remove(id);
            acknowledgement.completeExceptionally(new IOException("no acknowledgement"));
        });
        return acknowledgement;
    }

    /** Sends a packet; a failure ends the session, which is how it is told. */
    void send(SocketPacket packet, Duration timeout) {
        try {
            session.send(packet.encode(), Deadline.in(timeout));
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
        SocketPacket.parse(message).ifPresent(packet -> dispatch(packet, nanos));
    }

    private void dispatch(SocketPacket packet, long nanos) {
        switch (packet.type()) {
            case SocketPacket.CONNECT -> answer(packet.namespace(),
                    new Admission.Joined(Json.parse(packet.json()).path("sid").asText("")));
            case SocketPacket.CONNECT_ERROR -> answer(packet.namespace(), new Admission.Refused(packet.json()));
            case SocketPacket.DISCONNECT -> {
                Admission.PutOut out = new Admission.PutOut("packet 41", packet.json());
                answer(packet.namespace(), out);
                disconnected(packet.namespace()).complete(out);
                cutOff.complete(session.closure(true, "the server disconnected the client from " + packet.namespace()
                        + " (packet 41)", false));
            }
            case SocketPacket.EVENT, SocketPacket.BINARY_EVENT -> event(packet, nanos);
            case SocketPacket.ACK, SocketPacket.BINARY_ACK -> acknowledge(packet);
            default -> { }
        }
    }

    private void answer(String namespace, Admission admission) {
        CompletableFuture<Admission> waiting = connecting.get(namespace);
        if (waiting != null) {
            waiting.complete(admission);
        }
    }

    private void event(SocketPacket packet, long nanos) {
        JsonNode array = Json.parse(packet.json());
        if (array.isArray() && array.size() > 0) {
            listener.event(packet.namespace(), array.get(0).asText(), array, nanos);
        }
    }

    private void acknowledge(SocketPacket packet) {
        CompletableFuture<JsonNode> waiting = packet.id() == null ? null : acknowledging.remove(packet.id());
        if (waiting != null) {
            waiting.complete(Json.parse(packet.json()));
        }
    }

    /** Who is woken by the closure finds the cut-off told already. */
    private void end(Closure how) {
        if (how.byServer()) {
            cutOff.complete(how);
        }
        closure.complete(how);
        acknowledging.values().forEach(waiting -> waiting.completeExceptionally(new IOException(how.how())));
    }
}
