package siodiag;

import java.util.List;
import java.util.Locale;

/**
 * One thing that happened at the monitor: the one model that console, record, statistics and admin interface read.
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
 * @param detail    what else there is to say: a reason, a close code, quoted bytes; null for nothing
 */
record MonitorEvent(long at, Kind kind, Direction direction, String client, String socket, String transport,
                    String namespace, String event, String args, long ack, int bytes, List<byte[]> binary,
                    List<String> to, String detail) {
    /** Which way something travels, seen from the server. */
    enum Direction {
        IN("in"), OUT("out"), NONE("-");

        private final String label;

        Direction(String label) {
            this.label = label;
        }

        /** How it is written in the record. */
        String label() {
            return label;
        }
    }

    enum Kind {
        START, HANDSHAKE, UPGRADE, CONNECT, REFUSED, DISCONNECT, EVENT, ACK, PING, PONG, JOIN, LEAVE, MALFORMED, CLOSE,
        HTTP, ERROR, STOP;

        /** How it is written in the record and on the console. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Receives every event, on the server's one thread: must not block for long. */
    interface Listener {
        void on(MonitorEvent event);
    }

    /** Something about the server, or a request outside of any session. */
    static MonitorEvent note(Kind kind, Direction direction, String detail) {
        return new MonitorEvent(System.currentTimeMillis(), kind, direction, null, null, null, null, null, null, -1, 0,
                List.of(), List.of(), detail);
    }

    /** Something about a session: its life, its heartbeat. */
    static MonitorEvent of(MonitorSession session, Kind kind, Direction direction, int bytes, String detail) {
        return new MonitorEvent(System.currentTimeMillis(), kind, direction, session.name(), null,
                session.transportName(), null, null, null, -1, bytes, List.of(), List.of(), detail);
    }

    /** Something about a session and a namespace; {@code args} is a JSON array or null. */
    static MonitorEvent of(MonitorSession session, Kind kind, Direction direction, String namespace, String socket,
                           String args, String detail) {
        return new MonitorEvent(System.currentTimeMillis(), kind, direction, session.name(), socket,
                session.transportName(), namespace, null, args, -1, args == null ? 0 : args.length(), List.of(),
                List.of(), detail);
    }

    /** An event or an acknowledgement that a client sent. */
    static MonitorEvent received(MonitorSocket from, MonitorPacket packet, List<byte[]> binary) {
        int bytes = packet.payload().length() + sizeOf(binary);
        return new MonitorEvent(System.currentTimeMillis(), packet.isEvent() ? Kind.EVENT : Kind.ACK, Direction.IN,
                from.session().name(), from.id(), from.session().transportName(), from.namespace().name(),
                packet.isEvent() ? packet.event() : null, array(packet.arguments()), packet.ackId(), bytes, binary,
                List.of(), null);
    }

    /** An event that a hook posted; {@code body} is its JSON as it came. */
    static MonitorEvent posted(String event, String body, String from) {
        return new MonitorEvent(System.currentTimeMillis(), Kind.HTTP, Direction.IN, null, null, "http", "/", event,
                "[" + body + "]", -1, body.length(), List.of(), List.of(), "POST /api/events from " + from);
    }

    /** An event the server sends, to one client or to many. */
    static MonitorEvent sent(MonitorNamespace namespace, List<MonitorSocket> to, String event, List<String> arguments,
                             int bytes, List<byte[]> binary) {
        MonitorSession only = to.size() == 1 ? to.get(0).session() : null;
        return new MonitorEvent(System.currentTimeMillis(), Kind.EVENT, Direction.OUT,
                only == null ? null : only.name(), null, only == null ? null : only.transportName(), namespace.name(), event, array(arguments), -1, bytes,
                binary, ids(to), null);
    }

    /** An acknowledgement the server sends. */
    static MonitorEvent acknowledged(MonitorSocket to, long ack, List<String> arguments, int bytes,
                                     List<byte[]> binary) {
        return new MonitorEvent(System.currentTimeMillis(), Kind.ACK, Direction.OUT, to.session().name(), to.id(),
                to.session().transportName(), to.namespace().name(), null, array(arguments), ack, bytes, binary,
                List.of(to.id()), null);
    }

    boolean isIn() {
        return direction == Direction.IN;
    }

    boolean isOut() {
        return direction == Direction.OUT;
    }

    /** Whether something went wrong. */
    boolean isError() {
        return kind == Kind.REFUSED || kind == Kind.MALFORMED || kind == Kind.ERROR;
    }

    int binaryBytes() {
        return sizeOf(binary);
    }

    static String array(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    private static int sizeOf(List<byte[]> binary) {
        int size = 0;
        for (byte[] bytes : binary) {
            size += bytes.length;
        }
        return size;
    }

    private static List<String> ids(List<MonitorSocket> sockets) {
        String[] ids = new String[sockets.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = sockets.get(i).id();
        }
        return List.of(ids);
    }
}
