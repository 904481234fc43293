package siodiag;

import java.util.List;

/**
 * One thing that happened at the monitor: the one model that console, record, statistics and admin interface read.
 *
 * @param at        milliseconds since 1970
 * @param kind      what happened
 * @param direction {@code in}, {@code out}, or {@code -} where nothing travelled
 * @param client    the connection's short name ({@code c7}), null outside of one; never the session id, which is a
 *                  secret
 * @param socket    the Socket.IO id of the client in the namespace, null where there is none
 * @param transport {@code polling}, {@code websocket} or {@code http}
 * @param namespace the namespace, null where none is concerned
 * @param event     the event's name, null where there is none
 * @param args      the arguments as a JSON array, or null
 * @param ack       the acknowledgement's number, -1 for none
 * @param bytes     size on the Engine.IO level, attachments included
 * @param to        of a broadcast: the sockets it was sent to; else empty
 * @param detail    what else there is to say: a reason, a close code, quoted bytes; null for nothing
 */
record MonitorEvent(long at, Kind kind, String direction, String client, String socket, String transport,
                    String namespace, String event, String args, long ack, int bytes, List<String> to, String detail) {
    static final String IN = "in";
    static final String OUT = "out";
    static final String NONE = "-";

    enum Kind {
        HANDSHAKE, UPGRADE, CONNECT, REFUSED, DISCONNECT, EVENT, ACK, PING, PONG, MALFORMED, CLOSE, HTTP, ERROR;

        /** Whether something went wrong. */
        boolean isError() {
            return this == REFUSED || this == MALFORMED || this == ERROR;
        }
    }

    /** Receives every event, on the server's one thread: must not block. */
    interface Listener {
        void on(MonitorEvent event);
    }
}
