package siodiag;

import java.util.Optional;

/**
 * A Socket.IO packet (protocol 5), as it travels in an Engine.IO message. The client's reading: it takes whatever can be
 * understood, for a server's faults are to be seen. {@link MonitorPacket} is the server's: strict, and with version 4.
 * That they share no code is meant: each is tested against the other.
 *
 * @param type        0 CONNECT, 1 DISCONNECT, 2 EVENT, 3 ACK, 4 CONNECT_ERROR, 5 BINARY_EVENT, 6 BINARY_ACK
 * @param attachments how many binary messages follow
 * @param id          the acknowledgement id; null where there is none
 * @param json        the payload, possibly empty
 */
record SocketPacket(int type, int attachments, String namespace, Long id, String json) {
    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int CONNECT_ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;
    private static final int LONGEST_ID = 18;

    /** The packet in an Engine.IO message ({@code 4…}), or nothing where it is none. */
    static Optional<SocketPacket> parse(String message) {
        if (message.length() < 2 || message.charAt(0) != '4' || message.charAt(1) < '0' || message.charAt(1) > '6') {
            return Optional.empty();
        }
        int type = message.charAt(1) - '0';
        int at = 2;
        int attachments = 0;
        if (type >= BINARY_EVENT) {
            int dash = digitsEnd(message, at);
            if (dash == at || dash - at > 4 || dash == message.length() || message.charAt(dash) != '-') {
                return Optional.empty();
            }
            attachments = Integer.parseInt(message.substring(at, dash));
            at = dash + 1;
        }
        String namespace = "/";
        if (at < message.length() && message.charAt(at) == '/') {
            int comma = message.indexOf(',', at);
            int end = comma < 0 ? message.length() : comma;
            namespace = message.substring(at, end);
            at = Math.min(message.length(), end + 1);
        }
        int idEnd = digitsEnd(message, at);
        if (idEnd - at > LONGEST_ID) {
            return Optional.empty();
        }
        Long id = idEnd > at ? Long.valueOf(message.substring(at, idEnd)) : null;
        return Optional.of(new SocketPacket(type, attachments, namespace, id, message.substring(idEnd)));
    }

    /** The packet as an Engine.IO message. */
    String encode() {
        return "4" + type + (attachments > 0 ? attachments + "-" : "") + ("/".equals(namespace) ? "" : namespace + ",")
                + (id == null ? "" : id) + json;
    }

    private static int digitsEnd(String message, int from) {
        int end = from;
        while (end < message.length() && message.charAt(end) >= '0' && message.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
