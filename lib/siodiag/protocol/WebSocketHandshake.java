package siodiag.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import siodiag.core.Deadline;

/** The WebSocket opening handshake (RFC 6455, section 4). */
public final class WebSocketHandshake {
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MAX_REFUSAL = 16 * 1024;

    private WebSocketHandshake() {}

    /**
     * The connection, on which frames may follow.
     *
     * @param target path and query
     * @throws ExchangeException MALFORMED with the answer where it is no 101 that fits, or another kind
     */
    public static Connection open(Site site, String target, Map<String, String> headers, Deadline deadline)
            throws ExchangeException {
        byte[] nonce = new byte[16];
        ThreadLocalRandom.current().nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        HttpRequest request = HttpRequest.get(target, headers)
                .with("Upgrade", "websocket")
                .with("Connection", "Upgrade")
                .with("Sec-WebSocket-Version", "13")
                .with("Sec-WebSocket-Key", key);
        Connection connection = site.connect(deadline);
        try {
            Http.write(connection, site, request, deadline);
            HttpReply reply = site.limit().checked(Http.read(connection, MAX_REFUSAL, deadline));
            if (reply.status() != 101 || !accept(key).equals(reply.header("sec-websocket-accept"))) {
                throw new ExchangeException(ExchangeException.Kind.MALFORMED, reply.evidence());
            }
            connection.forget();
            return connection;
        } catch (ExchangeException failure) {
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
