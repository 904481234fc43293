package siodiag;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One client in one namespace. */
final class MonitorSocket {
    private final String id;
    private final MonitorNamespace namespace;
    private final MonitorSession session;
    private final MonitorHub hub;
    private final Set<String> rooms = new LinkedHashSet<>();

    MonitorSocket(String id, MonitorNamespace namespace, MonitorSession session, MonitorHub hub) {
        this.id = id;
        this.namespace = namespace;
        this.session = session;
        this.hub = hub;
    }

    String id() {
        return id;
    }

    MonitorNamespace namespace() {
        return namespace;
    }

    MonitorSession session() {
        return session;
    }

    /** The rooms this socket is in, as the namespace keeps them; its own id is not among them. */
    Set<String> rooms() {
        return rooms;
    }

    void join(String room) {
        if (namespace.join(this, room)) {
            observe(MonitorEvent.Kind.JOIN, room);
        }
    }

    void leave(String room) {
        if (namespace.leave(this, room)) {
            observe(MonitorEvent.Kind.LEAVE, room);
        }
    }

    private void observe(MonitorEvent.Kind kind, String room) {
        hub.observe(MonitorEvent.of(session, kind, MonitorEvent.Direction.NONE, namespace.name(), id, null, room));
    }

    /** Sends an event to this client. @param arguments each as JSON text */
    void emit(String event, String... arguments) {
        hub.emit(namespace, Collections.singletonList(this), MonitorJson.quote(event), List.of(arguments), List.of());
    }

    /** Answers a message that asked for it; does nothing for one that did not. @param arguments each as JSON text */
    void acknowledge(MonitorMessage message, List<String> arguments, List<byte[]> attachments) {
        if (message.wantsAck()) {
            hub.acknowledge(this, message.ackId(), arguments, attachments);
        }
    }
}
