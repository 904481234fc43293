package siodiag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.ScheduledFuture;

/**
 * The Socket.IO side of one session: which namespaces it joined, and what it says in them. Protocol: socket.io-protocol
 * v5, and v4 for Engine.IO 3 clients, who are in {@code /} without asking and present their token in the URL.
 */
final class MonitorConversation {
    private final MonitorSession session;
    private final MonitorHub hub;
    private final Map<String, MonitorSocket> sockets = new LinkedHashMap<>();
    private final List<byte[]> attachments = new ArrayList<>();
    private MonitorPacket incomplete;
    private ScheduledFuture<?> joinDeadline;

    MonitorConversation(MonitorSession session, MonitorHub hub) {
        this.session = session;
        this.hub = hub;
    }

    Collection<MonitorSocket> sockets() {
        return sockets.values();
    }

    void opened() {
        joinDeadline = hub.loop().schedule(this::requireJoined, hub.config().limits().connectTimeoutMs(),
                TimeUnit.MILLISECONDS);
        if (session.version() == MonitorEngineVersion.EIO3) {
            connectOld("/", "");
        }
    }

    void closed(String reason) {
        joinDeadline.cancel(false);
        List.copyOf(sockets.values()).forEach(socket -> remove(socket, reason));
    }

    /** @throws MonitorProtocolException for what no client may send, now or ever */
    void receive(MonitorEnginePacket packet) {
        if (packet.isBinary()) {
            attach(packet.binary());
            return;
        }
        if (incomplete != null) {
            throw new MonitorProtocolException("text in place of a binary attachment");
        }
        MonitorPacket parsed = MonitorPacket.parse(packet.text());
        if (parsed.attachments() > 0) {
            incomplete = parsed;
        } else {
            complete(parsed, List.of());
        }
    }

    private void attach(byte[] bytes) {
        if (incomplete == null) {
            throw new MonitorProtocolException("a binary attachment nobody announced");
        }
        attachments.add(bytes);
        int limit = hub.config().limits().maxPayload();
        if (attachments.stream().mapToLong(attachment -> attachment.length).sum() > limit) {
            throw new MonitorProtocolException("attachments of more than " + limit + " bytes");
        }
        if (attachments.size() == incomplete.attachments()) {
            MonitorPacket packet = incomplete;
            List<byte[]> all = List.copyOf(attachments);
            incomplete = null;
            attachments.clear();
            complete(packet, all);
        }
    }

    private void complete(MonitorPacket packet, List<byte[]> binary) {
        if (packet.type() == MonitorPacket.Type.CONNECT) {
            connect(packet);
            return;
        }
        MonitorSocket socket = sockets.get(packet.namespace());
        if (socket == null) {
            stray(packet);
        } else if (packet.type() == MonitorPacket.Type.DISCONNECT) {
            remove(socket, "client namespace disconnect");
        } else {
            hub.observe(MonitorEvent.received(socket, packet, binary));
            if (packet.isEvent()) {
                dispatch(socket, new MonitorMessage(packet.event(), packet.elements().get(0), packet.arguments(),
                        binary, packet.ackId()));
                hub.pressure().sent(session.transport());
            }
        }
    }

    private void dispatch(MonitorSocket socket, MonitorMessage message) {
        if (isAdmin(socket.namespace().name())) {
            hub.admin().command(message);
        } else {
            hub.application().received(socket, message);
        }
    }

    /** A refused client is out: what it sends nevertheless ends its connection, seen and not acted upon. */
    private void stray(MonitorPacket packet) {
        if (packet.type() != MonitorPacket.Type.DISCONNECT) {
            throw new MonitorProtocolException("a packet for " + Text.quote(packet.namespace(), 60)
                    + ", which this client is not in");
        }
    }

    private void connect(MonitorPacket packet) {
        if (session.version() == MonitorEngineVersion.EIO3) {
            connectOld(packet.namespace(), packet.query());
            return;
        }
        String auth = packet.payload().isEmpty() ? null : packet.payload();
        if (sockets.containsKey(packet.namespace())) {
            throw new MonitorProtocolException("a second CONNECT to " + Text.quote(packet.namespace(), 60));
        }
        String refusal = isAdmin(packet.namespace()) ? hub.admin().refusal(auth)
                : refusal(packet.namespace(), MonitorJson.field(auth, "token"));
        if (refusal != null) {
            refuse(packet.namespace(), auth, refusal, "{\"message\":" + MonitorJson.quote(refusal) + "}");
        } else {
            join(packet.namespace(), auth, true);
        }
    }

    /** Version 4 of the protocol: the token is a parameter of the URL or of the namespace, an error is a string. */
    private void connectOld(String namespace, String query) {
        if (sockets.containsKey(namespace)) {
            return;
        }
        String own = MonitorExchange.parameters("?" + query).get("token");
        String token = own != null ? own : session.handshake().query().get("token");
        String refusal = isAdmin(namespace) ? "Invalid namespace" : refusal(namespace, token);
        if (refusal == null) {
            join(namespace, null, false);
        } else {
            refuse(namespace, null, refusal, MonitorJson.quote(refusal));
        }
    }

    private boolean isAdmin(String namespace) {
        return hub.admin() != null && namespace.equals(MonitorAdmin.NAMESPACE);
    }

    private String refusal(String namespace, String token) {
        if (hub.namespace(namespace) == null) {
            return "Invalid namespace";
        }
        return hub.accepts(token) ? null
                : token == null ? "Authentication failed: no token" : "Authentication failed: invalid token";
    }

    private void refuse(String namespace, String auth, String reason, String payload) {
        session.observe(MonitorEvent.Kind.REFUSED, namespace, null, isAdmin(namespace) ? null : auth, reason);
        send(MonitorPacket.Type.CONNECT_ERROR, namespace, payload);
    }

    private void join(String name, String auth, boolean tellId) {
        joinDeadline.cancel(false);
        MonitorNamespace namespace = hub.namespace(name);
        MonitorSocket socket = new MonitorSocket(hub.newId(), namespace, session, hub);
        sockets.put(name, socket);
        namespace.add(socket);
        send(MonitorPacket.Type.CONNECT, name, tellId ? "{\"sid\":\"" + socket.id() + "\"}" : "");
        session.observe(MonitorEvent.Kind.CONNECT, name, socket.id(), isAdmin(name) ? null : auth, null);
        if (isAdmin(name)) {
            hub.admin().connected(socket, auth);
        } else {
            hub.application().connected(socket, auth);
        }
    }

    /** The server asks a client to leave a namespace. */
    void disconnect(MonitorSocket socket) {
        send(MonitorPacket.Type.DISCONNECT, socket.namespace().name(), "");
        remove(socket, "server namespace disconnect");
    }

    private void remove(MonitorSocket socket, String reason) {
        sockets.remove(socket.namespace().name());
        session.observe(MonitorEvent.Kind.DISCONNECT, socket.namespace().name(), socket.id(), null, reason);
        hub.application().disconnected(socket, reason);
        socket.namespace().remove(socket);
    }

    private void requireJoined() {
        if (sockets.isEmpty()) {
            session.close("no namespace joined in time", MonitorSession.POLICY_VIOLATION);
        }
    }

    private void send(MonitorPacket.Type type, String namespace, String payload) {
        session.send(MonitorFrame.of(MonitorPacket.encode(type, 0, namespace, -1, payload)));
    }
}
