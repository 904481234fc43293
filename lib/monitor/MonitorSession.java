package siodiag;

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.ScheduledFuture;

/**
 * One Engine.IO session: the transport it is on, its heartbeat, its end. Protocol: engine.io-protocol v4 (the server
 * pings) and v3 (the client pings).
 */
final class MonitorSession {
    static final int NORMAL = 1000;
    static final int GOING_AWAY = 1001;
    static final int PROTOCOL_ERROR = 1002;
    static final int POLICY_VIOLATION = 1008;
    private static final int QUOTED = 200;

    private final String sid;
    private final String name;
    private final MonitorEngineVersion version;
    private final MonitorHandshake handshake;
    private final MonitorHub hub;
    private final MonitorConversation conversation;
    private MonitorTransport transport;
    private ScheduledFuture<?> heartbeat;
    private MonitorEnginePacket lastPacket;
    private boolean closed;

    MonitorSession(String sid, String name, MonitorEngineVersion version, MonitorHandshake handshake, MonitorHub hub) {
        this.sid = sid;
        this.name = name;
        this.version = version;
        this.handshake = handshake;
        this.hub = hub;
        this.conversation = new MonitorConversation(this, hub);
    }

    String sid() {
        return sid;
    }

    /** How the session is called where people read: {@code c7}. */
    String name() {
        return name;
    }

    MonitorEngineVersion version() {
        return version;
    }

    MonitorHandshake handshake() {
        return handshake;
    }

    MonitorHub hub() {
        return hub;
    }

    MonitorTransport transport() {
        return transport;
    }

    String transportName() {
        return transport == null ? null : transport.name();
    }

    MonitorConversation conversation() {
        return conversation;
    }

    void open(MonitorTransport first) {
        transport = first;
        MonitorLimits limits = hub.config().limits();
        String upgrades = first instanceof MonitorPolling ? "[\"websocket\"]" : "[]";
        observe(MonitorEvent.Kind.HANDSHAKE, MonitorEvent.Direction.IN, 0, version + " from " + handshake.address());
        send(MonitorFrame.of(new MonitorEnginePacket('0', "{\"sid\":\"" + sid + "\",\"upgrades\":" + upgrades
                + ",\"pingInterval\":" + limits.pingIntervalMs() + ",\"pingTimeout\":" + limits.pingTimeoutMs()
                + ",\"maxPayload\":" + limits.maxPayload() + "}", null)));
        if (version == MonitorEngineVersion.EIO4) {
            after(limits.pingIntervalMs(), this::ping);
        } else {
            awaitPing();
        }
        conversation.opened();
    }

    /** The client proved that its WebSocket works and asked to go on there. */
    void upgrade(MonitorTransport next) {
        MonitorPolling polling = (MonitorPolling) transport;
        transport = next;
        observe(MonitorEvent.Kind.UPGRADE, MonitorEvent.Direction.IN, 0, "polling to websocket");
        polling.moveTo(next);
    }

    /** A packet arrived. Whatever is wrong with it is seen, and ends the session. */
    void receive(MonitorEnginePacket packet) {
        if (closed) {
            return;
        }
        try {
            take(packet);
            lastPacket = packet.beginning(QUOTED);
        } catch (MonitorProtocolException e) {
            malformed(packet, e.getMessage());
        }
    }

    void malformed(MonitorEnginePacket packet, String what) {
        observe(MonitorEvent.Kind.MALFORMED, MonitorEvent.Direction.IN, packet.size(), what + ": " + packet.quote(QUOTED));
        close("parse error", PROTOCOL_ERROR);
    }

    void send(MonitorFrame frame) {
        if (closed) {
            return;
        }
        if (transport.backlog() > MonitorPressure.BACKLOG) {
            observe(MonitorEvent.Kind.ERROR, MonitorEvent.Direction.OUT, 0, "does not read: "
                    + Text.count(transport.backlog(), "byte") + " wait for it");
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
        observe(MonitorEvent.Kind.CLOSE, MonitorEvent.Direction.NONE, 0, reason + " (" + code + ") after "
                + (System.currentTimeMillis() - handshake.issued()) + " ms; last packet "
                + (lastPacket == null ? "none" : lastPacket.quote(QUOTED)));
        transport.close(code);
    }

    boolean isClosed() {
        return closed;
    }

    void observe(MonitorEvent.Kind kind, MonitorEvent.Direction direction, int bytes, String detail) {
        hub.observe(MonitorEvent.of(this, kind, direction, bytes, detail));
    }

    /** Something about a namespace; {@code auth} is the CONNECT packet's payload. */
    void observe(MonitorEvent.Kind kind, String namespace, String socket, String auth, String detail) {
        hub.observe(MonitorEvent.of(this, kind, MonitorEvent.Direction.IN, namespace, socket,
                auth == null ? null : "[" + auth + "]", detail));
    }

    private void take(MonitorEnginePacket packet) {
        switch (packet.type()) {
            case '1' -> close("client closed the transport", NORMAL);
            case '2' -> pinged(packet);
            case '3' -> ponged();
            case '4' -> conversation.receive(packet);
            case '6' -> { }
            default -> throw new MonitorProtocolException("an Engine.IO packet that does not belong here");
        }
    }

    private void ping() {
        observe(MonitorEvent.Kind.PING, MonitorEvent.Direction.OUT, 1, null);
        send(MonitorFrame.of(MonitorEnginePacket.PING));
        after(hub.config().limits().pingTimeoutMs(), () -> close("ping timeout", NORMAL));
    }

    private void ponged() {
        if (version == MonitorEngineVersion.EIO3) {
            throw new MonitorProtocolException("a pong nobody asked for");
        }
        observe(MonitorEvent.Kind.PONG, MonitorEvent.Direction.IN, 1, null);
        after(hub.config().limits().pingIntervalMs(), this::ping);
    }

    private void pinged(MonitorEnginePacket packet) {
        if (version == MonitorEngineVersion.EIO4) {
            throw new MonitorProtocolException("a ping, which is the server's part");
        }
        observe(MonitorEvent.Kind.PING, MonitorEvent.Direction.IN, packet.size(), null);
        send(MonitorFrame.of(new MonitorEnginePacket('3', packet.text(), null)));
        awaitPing();
    }

    private void awaitPing() {
        MonitorLimits limits = hub.config().limits();
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
