package siodiag.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import siodiag.core.Json;

/**
 * A Socket.IO packet (protocol 5), whatever parser packs it. The client's reading: it takes what can be understood, for
 * a server's faults are to be seen. {@code ServerPacket} is the server's: strict, and with version 4. That they share no
 * code is meant: each is tested against the other.
 *
 * @param type 0 CONNECT, 1 DISCONNECT, 2 EVENT, 3 ACK, 4 CONNECT_ERROR; what binary variants the wire has is the codec's
 * @param id   the acknowledgement id; null where there is none
 * @param data the payload, bytes in it as binary nodes; missing where there is none
 */
public record SocketPacket(int type, String namespace, Long id, JsonNode data) {
    public static final int CONNECT = 0;
    public static final int DISCONNECT = 1;
    public static final int EVENT = 2;
    static final int ACK = 3;
    public static final int CONNECT_ERROR = 4;

    /** A CONNECT. @param auth the auth object as JSON; empty for none */
    public static SocketPacket connect(String namespace, String auth) {
        return new SocketPacket(
                CONNECT, namespace, null, auth.isEmpty() ? MissingNode.getInstance() : Json.parse(auth));
    }

    /** The payload as JSON, bytes as Base64; empty where there is none. */
    public String json() {
        return data.isMissingNode() ? "" : data.toString();
    }
}
