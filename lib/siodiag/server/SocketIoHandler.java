package siodiag.server;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;

/**
 * The Socket.IO side of one session: which namespaces it joined, and what it sends in them. Protocol: socket.io-protocol
 * v5, and v4 for Engine.IO 3 clients, who are in {@code /} without asking and present their token in the URL.
 */
public final class SocketIoHandler {
    private static final String INVALID_NAMESPACE = "Invalid namespace";

    private final ServerSession session;
    private final Hub hub;
    private final Map<String, NamespaceMember> sockets = new LinkedHashMap<>();
    private final List<byte[]> attachments = new ArrayList<>();
    private ServerPacket incomplete;
    private ScheduledFuture<?> joinDeadline;

    SocketIoHandler(ServerSession session, Hub hub) {
        this.session = session;
        this.hub = hub;
    }

    public Collection<NamespaceMember> sockets() {
        return sockets.values();
    }

    void opened() {
        joinDeadline = hub.loop()
                .schedule(this::requireJoined, hub.config().limits().connectTimeoutMs(), TimeUnit.MILLISECONDS);
        if (session.version() == EngineVersion.EIO3) {
            connectOld("/", "");
        }
    }

    void closed(String reason) {
        joinDeadline.cancel(false);
        List.copyOf(sockets.values()).forEach(socket -> remove(socket, reason));
    }

    /** @throws MalformedInputException for what no client may send, now or ever */
    void receive(EnginePacket packet) {
        if (packet.isBinary()) {
            attach(packet.binary());
            return;
        }
        if (incomplete != null) {
            throw new MalformedInputException("expected a binary attachment, got text");
        }
        ServerPacket parsed = ServerPacket.parse(packet.text());
        if (parsed.attachments() > 0) {
            incomplete = parsed;
        } else {
            complete(parsed, List.of());
        }
    }

    private void attach(byte[] bytes) {
        if (incomplete == null) {
            throw new MalformedInputException("an unannounced binary attachment");
        }
        attachments.add(bytes);
        int limit = hub.config().limits().maxPayload();
        if (attachments.stream().mapToLong(attachment -> attachment.length).sum() > limit) {
            throw new MalformedInputException("attachments larger than " + limit + " bytes");
        }
        if (attachments.size() == incomplete.attachments()) {
            ServerPacket packet = incomplete;
            List<byte[]> all = List.copyOf(attachments);
            incomplete = null;
            attachments.clear();
            complete(packet, all);
        }
    }

    private void complete(ServerPacket packet, List<byte[]> binary) {
        if (packet.type() == ServerPacket.Type.CONNECT) {
            connect(packet);
            return;
        }
        NamespaceMember socket = sockets.get(packet.namespace());
        if (socket == null) {
            stray(packet);
        } else if (packet.type() == ServerPacket.Type.DISCONNECT) {
            remove(socket, "client namespace disconnect");
        } else {
            hub.observe(ServerEvent.received(socket, packet, binary));
            if (packet.isEvent()) {
                dispatch(
                        socket,
                        new EventMessage(
                                packet.event(), packet.elements().get(0), packet.arguments(), binary, packet.ackId()));
                hub.pressure().sent(session.transport());
            }
        }
    }

    private void dispatch(NamespaceMember socket, EventMessage message) {
        if (isAdmin(socket.namespace().name())) {
            hub.admin().command(message);
        } else {
            hub.application().received(socket, message);
        }
    }

    /** A rejected client that sends events all the same is disconnected; they are recorded, not handled. */
    private void stray(ServerPacket packet) {
        if (packet.type() != ServerPacket.Type.DISCONNECT) {
            throw new MalformedInputException(
                    "a packet for " + Text.quote(packet.namespace(), 60) + ", which this client is not in");
        }
    }

    private void connect(ServerPacket packet) {
        if (session.version() == EngineVersion.EIO3) {
            connectOld(packet.namespace(), packet.query());
            return;
        }
        String auth = packet.payload().isEmpty() ? null : packet.payload();
        if (sockets.containsKey(packet.namespace())) {
            throw new MalformedInputException("a second CONNECT to " + Text.quote(packet.namespace(), 60));
        }
        if (!isAdmin(packet.namespace()) && hub.namespace(packet.namespace()) == null) {
            refuse(
                    packet.namespace(),
                    auth,
                    INVALID_NAMESPACE,
                    hub.config().like().unknownNamespace());
            return;
        }
        String refusal =
                isAdmin(packet.namespace()) ? hub.admin().refusal(auth) : refusal(JsonText.field(auth, "token"));
        if (refusal != null) {
            refuse(
                    packet.namespace(),
                    auth,
                    refusal,
                    JsonText.object().put("message", refusal).toString());
        } else if (!isAdmin(packet.namespace()) && hub.config().like().knowsNoAnswerTo(auth)) {
            connectUnanswerable(packet.namespace(), auth);
        } else {
            join(packet.namespace(), auth, true);
        }
    }

    /** What the server that is played would leave unanswered: said, and served unless its silence was asked for. */
    private void connectUnanswerable(String namespace, String auth) {
        boolean silent = hub.config().like() == ServerBehaviour.CLAUDE_MPM_STRICT;
        session.observe(
                silent ? RecordedEvent.Kind.REFUSED : RecordedEvent.Kind.NOTE,
                namespace,
                null,
                auth,
                "claude-mpm never answers a CONNECT with an auth object" + (silent ? "" : "; served here"));
        if (!silent) {
            join(namespace, auth, true);
        }
    }

    /** Version 4 of the protocol: the token is a parameter of the URL or of the namespace, an error is a string. */
    private void connectOld(String namespace, String query) {
        if (sockets.containsKey(namespace)) {
            return;
        }
        String own = ServerExchange.parameters("?" + query).get("token");
        String token = own != null ? own : session.handshake().query().get("token");
        String refusal = isAdmin(namespace) || hub.namespace(namespace) == null ? INVALID_NAMESPACE : refusal(token);
        if (refusal == null) {
            join(namespace, null, false);
        } else {
            refuse(namespace, null, refusal, JsonText.quote(refusal));
        }
    }

    private boolean isAdmin(String namespace) {
        return hub.admin() != null && namespace.equals(AdminNamespace.NAMESPACE);
    }

    private String refusal(String token) {
        return hub.accepts(token)
                ? null
                : token == null ? "Authentication failed: no token" : "Authentication failed: invalid token";
    }

    private void refuse(String namespace, String auth, String reason, String payload) {
        session.observe(RecordedEvent.Kind.REFUSED, namespace, null, isAdmin(namespace) ? null : auth, reason);
        send(ServerPacket.Type.CONNECT_ERROR, namespace, payload);
    }

    private void join(String name, String auth, boolean tellId) {
        joinDeadline.cancel(false);
        ServerNamespace namespace = hub.namespace(name);
        NamespaceMember socket = new NamespaceMember(hub.newId(), namespace, session, hub);
        sockets.put(name, socket);
        namespace.add(socket);
        send(
                ServerPacket.Type.CONNECT,
                name,
                tellId ? JsonText.object().put("sid", socket.id()).toString() : "");
        session.observe(RecordedEvent.Kind.CONNECT, name, socket.id(), isAdmin(name) ? null : auth, null);
        if (isAdmin(name)) {
            hub.admin().connected(socket, auth);
        } else {
            hub.application().connected(socket, auth);
        }
    }

    /** The server asks a client to leave a namespace. */
    void disconnect(NamespaceMember socket) {
        send(ServerPacket.Type.DISCONNECT, socket.namespace().name(), "");
        remove(socket, "server namespace disconnect");
    }

    private void remove(NamespaceMember socket, String reason) {
        sockets.remove(socket.namespace().name());
        session.observe(RecordedEvent.Kind.DISCONNECT, socket.namespace().name(), socket.id(), null, reason);
        hub.application().disconnected(socket, reason);
        socket.namespace().remove(socket);
    }

    private void requireJoined() {
        if (sockets.isEmpty()) {
            session.close("no namespace joined before the timeout", ServerSession.POLICY_VIOLATION);
        }
    }

    private void send(ServerPacket.Type type, String namespace, String payload) {
        session.send(OutboundPacket.of(ServerPacket.encode(type, 0, namespace, -1, payload)));
    }
}
