package siodiag.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import siodiag.core.Deadline;

/** Tells a server that speaks HTTP/2 (RFC 9113) and refuses HTTP/1.1. */
public final class Http2 {
    /** The connection preface and an empty SETTINGS frame (RFC 9113, section 3.4). */
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    private static final int FRAME_HEAD = 9;
    private static final int SETTINGS = 4;
    /** What Node (unknownProtocol), and gateways, answer to a request in HTTP/1.1. */
    private static final Pattern MESSAGE =
            Pattern.compile("unknown ALPN|allowHTTP1|HTTP/?2\\b|\\bh2c?\\b", Pattern.CASE_INSENSITIVE);

    private Http2() {}

    /**
     * Whether the words or the status of an answer to HTTP/1.1 ask for HTTP/2: to be confirmed by {@link #settings}. 505:
     * version not supported; 426: the Upgrade header names the version.
     */
    public static boolean isAskedFor(HttpReply reply) {
        boolean refused = reply.status() == 403 || reply.status() == 400 || reply.status() == 421;
        return reply.status() == 505
                || refused && MESSAGE.matcher(reply.body()).find()
                || reply.status() == 426
                        && MESSAGE.matcher(reply.header("upgrade")).find();
    }

    /** What a server that is greeted in HTTP/2 says, where that is HTTP/2. */
    public static Optional<String> settings(Site site, Deadline deadline) {
        try (Connection connection = site.connect(deadline, "h2")) {
            String chosen = connection.socket() instanceof SSLSocket secure ? secure.getApplicationProtocol() : "";
            connection.write(PREFACE, deadline);
            byte[] head = connection.read(FRAME_HEAD, deadline);
            return isSettings(head)
                    ? Optional.of((chosen.isEmpty() ? "" : "offered h2 in TLS (ALPN), the server accepts it; ")
                            + "the HTTP/2 preface is answered with a SETTINGS frame")
                    : Optional.empty();
        } catch (IOException notSpoken) {
            return Optional.empty();
        }
    }

    /** Whether bytes begin with a SETTINGS frame of stream 0: a server's first words in HTTP/2. */
    public static boolean isSettings(byte[] bytes) {
        return bytes.length >= FRAME_HEAD
                && bytes[0] == 0
                && bytes[3] == SETTINGS
                && bytes[5] == 0
                && bytes[6] == 0
                && bytes[7] == 0
                && bytes[8] == 0;
    }
}
