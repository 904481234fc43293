package siodiag;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.channel.EventLoop;

/**
 * Everything the server knows: sessions, namespaces, who listens to what happens. All of it belongs to one thread, the
 * event loop, so that the order in which things are seen is the order in which they happened, and nothing is locked.
 */
final class MonitorHub {
    private static final int ID_BYTES = 15;

    private final MonitorConfig config;
    private final EventLoop loop;
    private final MonitorApplication application;
    private final List<MonitorEvent.Listener> listeners = new ArrayList<>();
    private final Map<String, MonitorNamespace> namespaces = new LinkedHashMap<>();
    private final Map<String, MonitorSession> sessions = new LinkedHashMap<>();
    private final Set<MonitorTransport> unflushed = new LinkedHashSet<>();
    private final MonitorPressure pressure;
    private final MonitorAdmin admin;
    private final SecureRandom random = new SecureRandom();
    private MonitorCluster cluster;
    private long opened;

    MonitorHub(MonitorConfig config, EventLoop loop, Function<MonitorHub, MonitorApplication> application) {
        this.config = config;
        this.loop = loop;
        this.pressure = new MonitorPressure(loop);
        this.application = application.apply(this);
        if (config.admin() != null) {
            namespaces.put(MonitorAdmin.NAMESPACE, new MonitorNamespace(MonitorAdmin.NAMESPACE));
            admin = new MonitorAdmin(this, config.admin());
            listen(admin);
        } else {
            admin = null;
        }
        namespaces.put("/", new MonitorNamespace("/"));
        config.namespaces().forEach(name -> namespaces.putIfAbsent(name, new MonitorNamespace(name)));
    }

    MonitorConfig config() {
        return config;
    }

    EventLoop loop() {
        return loop;
    }

    MonitorApplication application() {
        return application;
    }

    MonitorPressure pressure() {
        return pressure;
    }

    /** The Admin UI's counterpart, or null if it was not asked for. */
    MonitorAdmin admin() {
        return admin;
    }

    MonitorNamespace namespace(String name) {
        return namespaces.get(name);
    }

    Collection<MonitorNamespace> namespaces() {
        return namespaces.values();
    }

    MonitorSession session(String sid) {
        return sessions.get(sid);
    }

    Collection<MonitorSession> sessions() {
        return sessions.values();
    }

    boolean isFull() {
        return sessions.size() >= config.limits().maxClients();
    }

    MonitorSession newSession(MonitorEngineVersion version, MonitorHandshake handshake) {
        MonitorSession session = new MonitorSession(newId(), "c" + ++opened, version, handshake, this);
        sessions.put(session.sid(), session);
        return session;
    }

    void forget(MonitorSession session) {
        sessions.remove(session.sid());
    }

    /** Twenty characters nobody can guess. */
    String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Whether a client may come in; a server without a token lets everybody in. */
    boolean accepts(String token) {
        String expected = config.token();
        return expected == null || expected.isEmpty() || same(expected, token);
    }

    /** Compares in constant time. @param given null is like nothing */
    static boolean same(String expected, String given) {
        return given != null && MessageDigest.isEqual(bytes(expected), bytes(given));
    }

    void listen(MonitorEvent.Listener listener) {
        listeners.add(listener);
    }

    void observe(MonitorEvent event) {
        for (MonitorEvent.Listener listener : listeners) {
            listener.on(event);
        }
    }

    /** One event to several clients of a namespace, encoded once. @param arguments each as JSON text */
    void emit(MonitorNamespace namespace, List<MonitorSocket> receivers, String nameLiteral, List<String> arguments,
              List<byte[]> attachments) {
        String payload = "[" + nameLiteral + (arguments.isEmpty() ? "" : ",") + String.join(",", arguments) + "]";
        MonitorPacket.Type type = attachments.isEmpty() ? MonitorPacket.Type.EVENT : MonitorPacket.Type.BINARY_EVENT;
        MonitorFrame frame = MonitorFrame.of(
                MonitorPacket.encode(type, attachments.size(), namespace.name(), -1, payload), attachments);
        receivers.forEach(receiver -> receiver.session().send(frame));
        observe(MonitorEvent.sent(namespace, receivers, MonitorJson.string(nameLiteral), arguments, frame.size(),
                attachments));
    }

    /**
     * One event to everybody in a room, on this monitor and those it is joined with.
     *
     * @param room   null for everybody in the namespace
     * @param except who does not get it, or null
     */
    void broadcast(MonitorNamespace namespace, String room, MonitorSocket except, String nameLiteral,
                   List<String> arguments, List<byte[]> attachments) {
        List<MonitorSocket> receivers = room == null ? new ArrayList<>(namespace.sockets()) : namespace.in(room);
        if (except != null) {
            receivers.remove(except);
        }
        emit(namespace, receivers, nameLiteral, arguments, attachments);
        if (cluster != null) {
            cluster.publish(namespace.name(), room, nameLiteral, arguments, attachments);
        }
    }

    /** What another monitor broadcast, to the clients of this one. */
    void relay(MonitorCluster.Broadcast broadcast) {
        MonitorNamespace namespace = namespaces.get(broadcast.namespace());
        if (namespace != null) {
            emit(namespace, broadcast.room() == null ? new ArrayList<>(namespace.sockets())
                    : namespace.in(broadcast.room()), broadcast.event(), broadcast.arguments(),
                    broadcast.attachments());
        }
    }

    void join(MonitorCluster others) {
        cluster = others;
    }

    void acknowledge(MonitorSocket socket, long ackId, List<String> arguments, List<byte[]> attachments) {
        String payload = MonitorEvent.array(arguments);
        MonitorPacket.Type type = attachments.isEmpty() ? MonitorPacket.Type.ACK : MonitorPacket.Type.BINARY_ACK;
        MonitorFrame frame = MonitorFrame.of(MonitorPacket.encode(type, attachments.size(), socket.namespace().name(),
                ackId, payload), attachments);
        socket.session().send(frame);
        observe(MonitorEvent.acknowledged(socket, ackId, arguments, frame.size(), attachments));
    }

    /** Flushes once for all that is written in this turn of the loop: one system call a client, not one a packet. */
    void flushSoon(MonitorTransport transport) {
        if (unflushed.isEmpty()) {
            loop.execute(this::flush);
        }
        unflushed.add(transport);
    }

    void closeAll(String reason) {
        List.copyOf(sessions.values()).forEach(session -> session.close(reason, MonitorSession.GOING_AWAY));
    }

    /** Runs on the server's thread. */
    void run(Consumer<MonitorHub> action) {
        loop.execute(() -> action.accept(this));
    }

    private void flush() {
        List<MonitorTransport> written = List.copyOf(unflushed);
        unflushed.clear();
        written.forEach(MonitorTransport::flush);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
