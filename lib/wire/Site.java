package siodiag;

import java.net.InetAddress;
import java.util.Map;

/**
 * Where Engine.IO is to be found: the endpoint, one of its addresses, and the request path with its slash at the end.
 */
record Site(Endpoint endpoint, InetAddress address, String path) {
    /** The longest answer to a handshake or a POST that is read, in bytes; a real one has about a hundred. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    /** The request target of a handshake: the protocol version and the transport are its query. */
    String handshakeTarget(int version, String transport) {
        return path + "?EIO=" + version + "&transport=" + transport;
    }

    /** The request target of a session that has begun (Engine.IO 4). */
    String sessionTarget(String transport, Handshake handshake) {
        return handshakeTarget(4, transport) + "&sid=" + Urls.encode(handshake.sid());
    }

    /** The answer to a polling handshake, whatever it is. */
    HttpReply handshake(int version, Map<String, String> headers, Deadline deadline) throws WireFailure {
        return exchange(HttpRequest.get(handshakeTarget(version, "polling"), headers), deadline);
    }

    /** One exchange on a connection of its own. @throws WireFailure of any kind */
    HttpReply exchange(HttpRequest request, Deadline deadline) throws WireFailure {
        return Http.exchange(this, request, LONGEST_ANSWER, deadline);
    }

    Site at(String otherPath) {
        return new Site(endpoint, address, otherPath);
    }
}
