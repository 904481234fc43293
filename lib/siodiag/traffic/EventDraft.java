package siodiag.traffic;

import java.util.List;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** An event that is being put together. */
final class EventDraft {
    private final long at;
    private final RecordedEvent.Kind kind;
    private final RecordedEvent.Direction direction;
    private String client;
    private String socket;
    private String transport;
    private String namespace;
    private String event;
    private String args;
    private long ack = -1;
    private int bytes;
    private List<byte[]> binary = List.of();
    private List<String> to = List.of();
    private int status;
    private String detail;

    private EventDraft(long at, RecordedEvent.Kind kind, RecordedEvent.Direction direction) {
        this.at = at;
        this.kind = kind;
        this.direction = direction;
    }

    /** About a session, null for none. */
    static EventDraft of(TrafficSession session, long at, RecordedEvent.Kind kind, RecordedEvent.Direction direction) {
        EventDraft draft = new EventDraft(at, kind, direction);
        return session == null ? draft : draft.client(session.name).transport(session.transport);
    }

    EventDraft client(String name) {
        client = name;
        return this;
    }

    EventDraft socket(String id) {
        socket = id;
        return this;
    }

    EventDraft transport(String name) {
        transport = name;
        return this;
    }

    EventDraft namespace(String name) {
        namespace = name;
        return this;
    }

    EventDraft named(String name) {
        event = name;
        return this;
    }

    EventDraft args(String array) {
        args = array;
        return this;
    }

    EventDraft ack(long id) {
        ack = id;
        return this;
    }

    EventDraft bytes(int count) {
        bytes = count;
        return this;
    }

    EventDraft binary(List<byte[]> attachments) {
        binary = attachments;
        return this;
    }

    EventDraft to(List<String> sockets) {
        to = sockets;
        return this;
    }

    EventDraft status(int code) {
        status = code;
        return this;
    }

    EventDraft detail(String text) {
        detail = text;
        return this;
    }

    ServerEvent build() {
        return new ServerEvent(
                at, kind, direction, client, socket, transport, namespace, event, args, ack, bytes, binary, to, status,
                detail);
    }
}
