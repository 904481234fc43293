package siodiag;

import java.net.InetAddress;
import java.util.Map;

/**
 * Where Engine.IO is to be found: the endpoint, one of its addresses, and the request path with its slash at the end.
 */
record Site(Endpoint endpoint, InetAddress address, String path) {
    /** The longest answer to a handshake that is read, in bytes; a real one has about a hundred. */
    static final int LONGEST_HANDSHAKE = 64 * 1024;

    /** The query that starts a session: the protocol version and the transport. */
    static String query(int version, String transport) {
        return "?EIO=" + version + "&transport=" + transport;
    }

    /** The answer to a polling handshake, whatever it is. */
    HttpReply greet(int version, Map<String, String> headers, Deadline deadline) throws WireFailure {
        return get(path + query(version, "polling"), headers, deadline);
    }

    HttpReply get(String target, Map<String, String> headers, Deadline deadline) throws WireFailure {
        return Http.exchange(endpoint, address, "GET", target, headers, new byte[0], LONGEST_HANDSHAKE, deadline);
    }

    Site at(String otherPath) {
        return new Site(endpoint, address, otherPath);
    }
}
