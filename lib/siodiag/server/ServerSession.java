package siodiag.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;

/**
 * One Engine.IO session: the transport it is on, its heartbeat, its end. Protocol: engine.io-protocol v4 (the server
 * pings) and v3 (the client pings).
 */
public final class ServerSession {
    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    static final int POLICY_VIOLATION = 1008;
    private static final int QUOTED = 200;

    private final String sid;
    private final String name;
    private final EngineVersion version;
    private final ConnectionRequest handshake;
    private final Hub hub;
    private final SocketIoHandler conversation;
    private ServerTransport transport;
    private ScheduledFuture<?> heartbeat;
    private EnginePacket lastPacket;
    private boolean closed;

    ServerSession(String sid, String name, EngineVersion version, ConnectionRequest handshake, Hub hub) {
        this.sid = sid;
        this.name = name;
        this.version = version;
        this.handshake = handshake;
        this.hub = hub;
        this.conversation = new SocketIoHandler(this, hub);
    }

    String sid() {
        return sid;
    }

    /** How the session is called where people read: {@code c7}. */
    public String name() {
        return name;
    }

    public EngineVersion version() {
        return version;
    }

    public ConnectionRequest handshake() {
        return handshake;
    }

    Hub hub() {
        return hub;
    }

    ServerTransport transport() {
        return transport;
    }

    public String transportName() {
        return transport == null ? null : transport.name();
    }

    public SocketIoHandler conversation() {
        return conversation;
    }

    void open(ServerTransport first) {
        transport = first;
        ServerLimits limits = hub.config().limits();
        observe(RecordedEvent.Kind.HANDSHAKE, RecordedEvent.Direction.IN, 0, version + " from " + handshake.address());
        ObjectNode handshaken = JsonText.object().put("sid", sid);
        ArrayNode upgrades = handshaken.putArray("upgrades");
        if (first instanceof PollingTransport) {
            upgrades.add("websocket");
        }
        handshaken
                .put("pingInterval", limits.pingIntervalMs())
                .put("pingTimeout", limits.pingTimeoutMs())
                .put("maxPayload", limits.maxPayload());
        send(OutboundPacket.of(new EnginePacket('0', handshaken.toString(), null)));
        if (version == EngineVersion.EIO4) {
            after(limits.pingIntervalMs(), this::ping);
        } else {
            awaitPing();
        }
        conversation.opened();
    }

    /** The client proved that its WebSocket works and asked to go on there. */
    void upgrade(ServerTransport next) {
        PollingTransport polling = (PollingTransport) transport;
        transport = next;
        observe(RecordedEvent.Kind.UPGRADE, RecordedEvent.Direction.IN, 0, "polling to websocket");
        polling.moveTo(next);
    }

    /** A packet arrived. A malformed one is observed and ends the session. */
    void receive(EnginePacket packet) {
        if (closed) {
            return;
        }
        try {
            take(packet);
            lastPacket = packet.beginning(QUOTED);
        } catch (MalformedInputException e) {
            malformed(packet, e.getMessage());
        }
    }

    void malformed(EnginePacket packet, String what) {
        observe(
                RecordedEvent.Kind.MALFORMED,
                RecordedEvent.Direction.IN,
                packet.size(),
                what + ": " + packet.quote(QUOTED));
        close("parse error", PROTOCOL_ERROR);
    }

    void send(OutboundPacket frame) {
        if (closed) {
            return;
        }
        if (transport.backlog() > Backpressure.BACKLOG) {
            observe(
                    RecordedEvent.Kind.ERROR,
                    RecordedEvent.Direction.OUT,
                    0,
                    "slow client: " + Text.count(transport.backlog(), "byte") + " queued");
            close("slow reader", POLICY_VIOLATION);
            return;
        }
        transport.send(frame);
        hub.flushSoon(transport);
    }

    /** Ends the session: what is queued is still sent, every namespace is told, the record says how it was. */
    void close(String reason, int code) {
        if (closed) {
            return;
        }
        closed = true;
        hub.forget(this);
        cancelHeartbeat();
        conversation.closed(reason);
        observe(
                RecordedEvent.Kind.CLOSE,
                RecordedEvent.Direction.NONE,
                0,
                reason + " (" + code + ") after "
                        + (System.currentTimeMillis() - handshake.issued()) + " ms; last packet "
                        + (lastPacket == null ? "none" : lastPacket.quote(QUOTED)));
        transport.close(code);
    }

    boolean isClosed() {
        return closed;
    }

    void observe(RecordedEvent.Kind kind, RecordedEvent.Direction direction, int bytes, String detail) {
        hub.observe(ServerEvent.of(this, kind, direction, bytes, detail));
    }

    /** Something about a namespace; {@code auth} is the CONNECT packet's payload. */
    void observe(RecordedEvent.Kind kind, String namespace, String socket, String auth, String detail) {
        hub.observe(ServerEvent.of(
                this,
                kind,
                RecordedEvent.Direction.IN,
                namespace,
                socket,
                auth == null ? null : JsonText.array(List.of(auth)),
                detail));
    }

    private void take(EnginePacket packet) {
        switch (packet.type()) {
            case '1' -> close("client closed the transport", NORMAL);
            case '2' -> pinged(packet);
            case '3' -> ponged();
            case '4' -> conversation.receive(packet);
            case '6' -> {}
            default -> throw new MalformedInputException("an unexpected Engine.IO packet type");
        }
    }

    private void ping() {
        observe(RecordedEvent.Kind.PING, RecordedEvent.Direction.OUT, 1, null);
        send(OutboundPacket.of(EnginePacket.PING));
        after(hub.config().limits().pingTimeoutMs(), () -> close("ping timeout", NORMAL));
    }

    private void ponged() {
        if (version == EngineVersion.EIO3) {
            throw new MalformedInputException("an unexpected pong");
        }
        observe(RecordedEvent.Kind.PONG, RecordedEvent.Direction.IN, 1, null);
        after(hub.config().limits().pingIntervalMs(), this::ping);
    }

    private void pinged(EnginePacket packet) {
        if (version == EngineVersion.EIO4) {
            throw new MalformedInputException("a ping from the client: in Engine.IO 4 the server pings");
        }
        observe(RecordedEvent.Kind.PING, RecordedEvent.Direction.IN, packet.size(), null);
        send(OutboundPacket.of(new EnginePacket('3', packet.text(), null)));
        awaitPing();
    }

    private void awaitPing() {
        ServerLimits limits = hub.config().limits();
        after(limits.pingIntervalMs() + limits.pingTimeoutMs(), () -> close("ping timeout", NORMAL));
    }

    private void after(int milliseconds, Runnable action) {
        cancelHeartbeat();
        heartbeat = hub.loop().schedule(action, milliseconds, TimeUnit.MILLISECONDS);
    }

    private void cancelHeartbeat() {
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
    }
}
