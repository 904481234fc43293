package siodiag;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The WebSocket opening handshake (RFC 6455, section 4).
 *
 * @param reply      the server's answer
 * @param connection open after a 101, else null
 */
record WebSocketUpgrade(HttpReply reply, Connection connection) {
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LONGEST_REFUSAL = 16 * 1024;

    boolean isOpen() {
        return connection != null;
    }

    static WebSocketUpgrade attempt(Site site, String target, Map<String, String> headers, Deadline deadline)
            throws WireFailure {
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Upgrade", "websocket");
        all.put("Connection", "Upgrade");
        all.put("Sec-WebSocket-Version", "13");
        all.put("Sec-WebSocket-Key", key);
        Connection connection = Connection.open(site.endpoint(), site.address(), deadline);
        try {
            Http.write(connection, site.endpoint(), "GET", target, all, new byte[0], deadline);
            HttpReply reply = Http.read(connection, LONGEST_REFUSAL, deadline);
            if (reply.status() == 101 && accept(key).equals(reply.header("sec-websocket-accept"))) {
                return new WebSocketUpgrade(reply, connection);
            }
            connection.close();
            return new WebSocketUpgrade(reply, null);
        } catch (WireFailure failure) {
            connection.close();
            throw failure;
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
