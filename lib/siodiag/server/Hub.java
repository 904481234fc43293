package siodiag.server;

import io.netty.channel.EventLoop;
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
import siodiag.core.JsonText;

/**
 * Everything the server knows: sessions, namespaces, who listens to what happens. All of it belongs to one thread, the
 * event loop, so that events are observed in the order in which they happen, without locks.
 */
public final class Hub {
    private static final int ID_BYTES = 15;

    private final ServerConfig config;
    private final EventLoop loop;
    private final ServerApplication application;
    private final ServerObservers observers = new ServerObservers();
    private final Map<String, ServerNamespace> namespaces = new LinkedHashMap<>();
    private final Map<String, ServerSession> sessions = new LinkedHashMap<>();
    private final Set<ServerTransport> unflushed = new LinkedHashSet<>();
    private final Backpressure pressure;
    private final AdminNamespace admin;
    private final SecureRandom random = new SecureRandom();
    private ServerPeers peers;
    private long opened;
    private volatile int port;

    public Hub(ServerConfig config, EventLoop loop, Function<Hub, ServerApplication> application) {
        this.config = config;
        this.loop = loop;
        this.pressure = new Backpressure(loop);
        this.application = application.apply(this);
        if (config.admin() != null) {
            namespaces.put(AdminNamespace.NAMESPACE, new ServerNamespace(AdminNamespace.NAMESPACE));
            admin = new AdminNamespace(this, config.admin());
            observers.add(admin);
        } else {
            admin = null;
        }
        namespaces.put("/", new ServerNamespace("/"));
        config.namespaces().forEach(name -> namespaces.putIfAbsent(name, new ServerNamespace(name)));
    }

    public ServerConfig config() {
        return config;
    }

    /** The port that is bound; 0 until it is. */
    public int port() {
        return port;
    }

    public void bound(int number) {
        port = number;
    }

    public EventLoop loop() {
        return loop;
    }

    public ServerApplication application() {
        return application;
    }

    public Backpressure pressure() {
        return pressure;
    }

    /** The Admin UI's counterpart, or null if it was not asked for. */
    AdminNamespace admin() {
        return admin;
    }

    public ServerNamespace namespace(String name) {
        return namespaces.get(name);
    }

    public Collection<ServerNamespace> namespaces() {
        return namespaces.values();
    }

    ServerSession session(String sid) {
        return sessions.get(sid);
    }

    public Collection<ServerSession> sessions() {
        return sessions.values();
    }

    boolean isFull() {
        return sessions.size() >= config.limits().maxClients();
    }

    ServerSession newSession(EngineVersion version, ConnectionRequest handshake) {
        ServerSession session = new ServerSession(newId(), "c" + ++opened, version, handshake, this);
        sessions.put(session.sid(), session);
        return session;
    }

    void forget(ServerSession session) {
        sessions.remove(session.sid());
    }

    /** Twenty random characters that cannot be guessed. */
    String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Whether a client is accepted; a server without a token accepts everybody. */
    boolean accepts(String token) {
        String expected = config.token();
        return expected == null || expected.isEmpty() || same(expected, token);
    }

    /** Compares in constant time. @param given null is like nothing */
    static boolean same(String expected, String given) {
        return given != null && MessageDigest.isEqual(bytes(expected), bytes(given));
    }

    public ServerObservers observers() {
        return observers;
    }

    /** Parts that no longer work, and why; empty if all is well. */
    public Map<String, String> failures() {
        Map<String, String> failures = observers.failures();
        if (peers != null && peers.failure() != null) {
            failures.put("Redis", peers.failure());
        }
        return failures;
    }

    public void observe(ServerEvent event) {
        observers.notify(event);
    }

    /** One event to several clients of a namespace, encoded once. @param arguments each as JSON text */
    public void emit(
            ServerNamespace namespace,
            List<NamespaceMember> receivers,
            String nameLiteral,
            List<String> arguments,
            List<byte[]> attachments) {
        List<String> elements = new ArrayList<>(arguments.size() + 1);
        elements.add(nameLiteral);
        elements.addAll(arguments);
        String payload = JsonText.array(elements);
        ServerPacket.Type type = attachments.isEmpty() ? ServerPacket.Type.EVENT : ServerPacket.Type.BINARY_EVENT;
        OutboundPacket frame = OutboundPacket.of(
                ServerPacket.encode(type, attachments.size(), namespace.name(), -1, payload), attachments);
        receivers.forEach(receiver -> receiver.session().send(frame));
        observe(ServerEvent.sent(
                namespace, receivers, JsonText.string(nameLiteral), arguments, frame.size(), attachments));
    }

    /**
     * One event to everybody in a room, on this monitor and those it is joined with.
     *
     * @param room   null for everybody in the namespace
     * @param except who does not get it, or null
     */
    public void broadcast(
            ServerNamespace namespace,
            String room,
            NamespaceMember except,
            String nameLiteral,
            List<String> arguments,
            List<byte[]> attachments) {
        List<NamespaceMember> receivers = room == null ? new ArrayList<>(namespace.sockets()) : namespace.in(room);
        if (except != null) {
            receivers.remove(except);
        }
        emit(namespace, receivers, nameLiteral, arguments, attachments);
        if (peers != null) {
            peers.publish(namespace.name(), room, nameLiteral, arguments, attachments);
        }
    }

    /** What another monitor broadcast, to the clients of this one. */
    public void relay(ServerPeers.Broadcast broadcast) {
        ServerNamespace namespace = namespaces.get(broadcast.namespace());
        if (namespace != null) {
            emit(
                    namespace,
                    broadcast.room() == null ? new ArrayList<>(namespace.sockets()) : namespace.in(broadcast.room()),
                    broadcast.event(),
                    broadcast.arguments(),
                    broadcast.attachments());
        }
    }

    public void join(ServerPeers others) {
        peers = others;
    }

    void acknowledge(NamespaceMember socket, long ackId, List<String> arguments, List<byte[]> attachments) {
        String payload = JsonText.array(arguments);
        ServerPacket.Type type = attachments.isEmpty() ? ServerPacket.Type.ACK : ServerPacket.Type.BINARY_ACK;
        OutboundPacket frame = OutboundPacket.of(
                ServerPacket.encode(type, attachments.size(), socket.namespace().name(), ackId, payload), attachments);
        socket.session().send(frame);
        observe(ServerEvent.acknowledged(socket, ackId, arguments, frame.size(), attachments));
    }

    /** Flushes once for all that is written in this turn of the loop: one system call a client, not one a packet. */
    void flushSoon(ServerTransport transport) {
        if (unflushed.isEmpty()) {
            loop.execute(this::flush);
        }
        unflushed.add(transport);
    }

    public void closeAll(String reason) {
        List.copyOf(sessions.values()).forEach(session -> session.close(reason, ServerSession.GOING_AWAY));
    }

    /** Runs on the server's thread. */
    public void run(Consumer<Hub> action) {
        loop.execute(() -> action.accept(this));
    }

    private void flush() {
        List<ServerTransport> written = List.copyOf(unflushed);
        unflushed.clear();
        written.forEach(ServerTransport::flush);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
