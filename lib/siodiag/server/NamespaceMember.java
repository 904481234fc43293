package siodiag.server;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import siodiag.core.JsonText;
import siodiag.recording.RecordedEvent;

/** One client in one namespace. */
public final class NamespaceMember {
    private final String id;
    private final ServerNamespace namespace;
    private final ServerSession session;
    private final Hub hub;
    private final Set<String> rooms = new LinkedHashSet<>();

    NamespaceMember(String id, ServerNamespace namespace, ServerSession session, Hub hub) {
        this.id = id;
        this.namespace = namespace;
        this.session = session;
        this.hub = hub;
    }

    public String id() {
        return id;
    }

    public ServerNamespace namespace() {
        return namespace;
    }

    ServerSession session() {
        return session;
    }

    /** The rooms this socket is in, as the namespace keeps them; its own id is not among them. */
    public Set<String> rooms() {
        return rooms;
    }

    void join(String room) {
        if (namespace.join(this, room)) {
            observe(RecordedEvent.Kind.JOIN, room);
        }
    }

    void leave(String room) {
        if (namespace.leave(this, room)) {
            observe(RecordedEvent.Kind.LEAVE, room);
        }
    }

    private void observe(RecordedEvent.Kind kind, String room) {
        hub.observe(ServerEvent.of(session, kind, RecordedEvent.Direction.NONE, namespace.name(), id, null, room));
    }

    /** Sends an event to this client. @param arguments each as JSON text */
    public void emit(String event, String... arguments) {
        hub.emit(namespace, Collections.singletonList(this), JsonText.quote(event), List.of(arguments), List.of());
    }

    /** Answers a message that asked for it; does nothing for one that did not. @param arguments each as JSON text */
    public void acknowledge(EventMessage message, List<String> arguments, List<byte[]> attachments) {
        if (message.wantsAck()) {
            hub.acknowledge(this, message.ackId(), arguments, attachments);
        }
    }
}
