package siodiag.server;

import java.util.List;
import siodiag.core.JsonText;
import siodiag.recording.RecordedEvent;

/**
 * One thing that happened at a server, seen by the server itself or by a proxy in front of it: the one model that console,
 * record, statistics and admin interface read.
 *
 * @param at        milliseconds since 1970
 * @param kind      what happened
 * @param direction none where nothing travelled
 * @param client    the connection's short name ({@code c7}), null outside of one; never the session id, which is a
 *                  secret
 * @param socket    the Socket.IO id of the client in the namespace, null where there is none
 * @param transport {@code polling}, {@code websocket} or {@code http}
 * @param namespace the namespace, null where none is concerned
 * @param event     the event's name, null where there is none
 * @param args      the arguments as a JSON array, or null; attachments are placeholders in it
 * @param ack       the acknowledgement's number, -1 for none
 * @param bytes     size on the Engine.IO level, attachments included
 * @param binary    the binary attachments in their order
 * @param to        of what the server sends to sockets: their ids; else empty
 * @param status    the HTTP status of a request, or the close code of a WebSocket; 0 where there is none
 * @param detail    what else there is to say: a reason, a close code, quoted bytes; null for nothing
 */
public record ServerEvent(
        long at,
        RecordedEvent.Kind kind,
        RecordedEvent.Direction direction,
        String client,
        String socket,
        String transport,
        String namespace,
        String event,
        String args,
        long ack,
        int bytes,
        List<byte[]> binary,
        List<String> to,
        int status,
        String detail) {
    /** Receives every event, on the server's one thread: must not block for long. */
    public interface Listener {
        void on(ServerEvent event);

        /** What it is called where its failure is reported. */
        default String part() {
            return getClass().getSimpleName();
        }

        /** Why it no longer works, or null; asked on the server's thread. */
        default String failure() {
            return null;
        }
    }

    /** Something about the server, or a request outside of any session. */
    public static ServerEvent note(RecordedEvent.Kind kind, RecordedEvent.Direction direction, String detail) {
        return new ServerEvent(
                System.currentTimeMillis(),
                kind,
                direction,
                null,
                null,
                null,
                null,
                null,
                null,
                -1,
                0,
                List.of(),
                List.of(),
                0,
                detail);
    }

    /** Something about a session: its life, its heartbeat. */
    static ServerEvent of(
            ServerSession session,
            RecordedEvent.Kind kind,
            RecordedEvent.Direction direction,
            int bytes,
            String detail) {
        return new ServerEvent(
                System.currentTimeMillis(),
                kind,
                direction,
                session.name(),
                null,
                session.transportName(),
                null,
                null,
                null,
                -1,
                bytes,
                List.of(),
                List.of(),
                0,
                detail);
    }

    /** Something about a session and a namespace; {@code args} is a JSON array or null. */
    static ServerEvent of(
            ServerSession session,
            RecordedEvent.Kind kind,
            RecordedEvent.Direction direction,
            String namespace,
            String socket,
            String args,
            String detail) {
        return new ServerEvent(
                System.currentTimeMillis(),
                kind,
                direction,
                session.name(),
                socket,
                session.transportName(),
                namespace,
                null,
                args,
                -1,
                args == null ? 0 : args.length(),
                List.of(),
                List.of(),
                0,
                detail);
    }

    /** An event or an acknowledgement that a client sent. */
    static ServerEvent received(NamespaceMember from, ServerPacket packet, List<byte[]> binary) {
        int bytes = packet.payload().length() + sizeOf(binary);
        return new ServerEvent(
                System.currentTimeMillis(),
                packet.isEvent() ? RecordedEvent.Kind.EVENT : RecordedEvent.Kind.ACK,
                RecordedEvent.Direction.IN,
                from.session().name(),
                from.id(),
                from.session().transportName(),
                from.namespace().name(),
                packet.isEvent() ? packet.event() : null,
                JsonText.array(packet.arguments()),
                packet.ackId(),
                bytes,
                binary,
                List.of(),
                0,
                null);
    }

    /** An event that a hook posted; {@code body} is its JSON as it came. */
    public static ServerEvent posted(String event, String body, String from) {
        return new ServerEvent(
                System.currentTimeMillis(),
                RecordedEvent.Kind.HTTP,
                RecordedEvent.Direction.IN,
                null,
                null,
                "http",
                "/",
                event,
                JsonText.array(List.of(body)),
                -1,
                body.length(),
                List.of(),
                List.of(),
                0,
                "POST /api/events from " + from);
    }

    /** An event the server sends, to one client or to many. */
    static ServerEvent sent(
            ServerNamespace namespace,
            List<NamespaceMember> to,
            String event,
            List<String> arguments,
            int bytes,
            List<byte[]> binary) {
        ServerSession only = to.size() == 1 ? to.get(0).session() : null;
        return new ServerEvent(
                System.currentTimeMillis(),
                RecordedEvent.Kind.EVENT,
                RecordedEvent.Direction.OUT,
                only == null ? null : only.name(),
                null,
                only == null ? null : only.transportName(),
                namespace.name(),
                event,
                JsonText.array(arguments),
                -1,
                bytes,
                binary,
                ids(to),
                0,
                null);
    }

    /** An acknowledgement the server sends. */
    static ServerEvent acknowledged(
            NamespaceMember to, long ack, List<String> arguments, int bytes, List<byte[]> binary) {
        return new ServerEvent(
                System.currentTimeMillis(),
                RecordedEvent.Kind.ACK,
                RecordedEvent.Direction.OUT,
                to.session().name(),
                to.id(),
                to.session().transportName(),
                to.namespace().name(),
                null,
                JsonText.array(arguments),
                ack,
                bytes,
                binary,
                List.of(to.id()),
                0,
                null);
    }

    public boolean isIn() {
        return direction == RecordedEvent.Direction.IN;
    }

    public boolean isOut() {
        return direction == RecordedEvent.Direction.OUT;
    }

    /** Whether something went wrong. */
    public boolean isError() {
        return kind == RecordedEvent.Kind.REFUSED
                || kind == RecordedEvent.Kind.MALFORMED
                || kind == RecordedEvent.Kind.ERROR;
    }

    public int binaryBytes() {
        return sizeOf(binary);
    }

    private static int sizeOf(List<byte[]> binary) {
        int size = 0;
        for (byte[] bytes : binary) {
            size += bytes.length;
        }
        return size;
    }

    private static List<String> ids(List<NamespaceMember> sockets) {
        String[] ids = new String[sockets.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = sockets.get(i).id();
        }
        return List.of(ids);
    }
}
