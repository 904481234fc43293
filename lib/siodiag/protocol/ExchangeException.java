package siodiag.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import siodiag.core.Text;

/** Why an exchange on the wire came to nothing, with the bytes that did arrive. */
public final class ExchangeException extends IOException {
    private static final long serialVersionUID = 1;
    private static final int QUOTED_BYTES = 160;

    /** What happened, from nearest the wire upwards. */
    public enum Kind {
        /** The name has no address. */
        UNRESOLVED,
        /** A RST answered the SYN. */
        REFUSED,
        /** Nothing answered the SYN, or the network has no way there. */
        UNREACHABLE,
        /** The peer does not speak TLS. */
        NOT_TLS,
        /** The TLS handshake failed for another reason. */
        TLS_FAILED,
        /** The server wants a client certificate, or refuses the one it got. */
        CLIENT_CERTIFICATE_REQUIRED,
        /** Closed before the first byte of an answer. */
        CLOSED,
        /** No byte of an answer before the deadline. */
        SILENT,
        /** The first bytes are not HTTP. */
        NOT_HTTP,
        /** The answer began and did not end before the deadline or the size limit. */
        UNFINISHED,
        /** The answer began and was cut by a close. */
        CUT,
        /** A WebSocket opened, and no Engine.IO handshake came over it. */
        NO_HANDSHAKE,
        /** Not asked, because the server limits the rate of requests. */
        LIMITED,
        /** The bytes break the protocol. */
        MALFORMED
    }

    private final Kind kind;
    private final transient byte[] received;

    public ExchangeException(Kind kind, String message, byte[] received) {
        super(message);
        this.kind = kind;
        this.received = received.clone();
    }

    public ExchangeException(Kind kind, String message) {
        this(kind, message, new byte[0]);
    }

    public Kind kind() {
        return kind;
    }

    public byte[] received() {
        return received == null ? new byte[0] : received.clone();
    }

    /** The message and what arrived, quoted. */
    public String evidence() {
        byte[] bytes = received();
        if (bytes.length == 0) {
            return Text.cut(getMessage(), QUOTED_BYTES);
        }
        return Text.cut(getMessage(), QUOTED_BYTES) + "; first bytes "
                + Text.quote(new String(bytes, StandardCharsets.ISO_8859_1), QUOTED_BYTES);
    }
}
