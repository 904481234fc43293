package siodiag.server;

import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;

/**
 * One Engine.IO packet.
 *
 * @param type   {@code 0} open, {@code 1} close, {@code 2} ping, {@code 3} pong, {@code 4} message, {@code 5} upgrade,
 *               {@code 6} noop
 * @param text   what follows the type; empty in a binary message
 * @param binary the bytes of a binary message, else null
 */
public record EnginePacket(char type, String text, byte[] binary) {
    static final EnginePacket PING = new EnginePacket('2', "", null);
    static final EnginePacket NOOP = new EnginePacket('6', "", null);
    static final EnginePacket CLOSE = new EnginePacket('1', "", null);

    /** @throws MalformedInputException if there is not even a type */
    public static EnginePacket text(String encoded) {
        if (encoded.isEmpty()) {
            throw new MalformedInputException("an empty packet");
        }
        return new EnginePacket(encoded.charAt(0), encoded.substring(1), null);
    }

    public static EnginePacket binary(byte[] bytes) {
        return new EnginePacket('4', "", bytes);
    }

    static EnginePacket message(String socketPacket) {
        return new EnginePacket('4', socketPacket, null);
    }

    public boolean isBinary() {
        return binary != null;
    }

    public int size() {
        return isBinary() ? binary.length : text.length() + 1;
    }

    /** The packet, but not more than so much of it, to remember it by; of a CONNECT not what authenticates. */
    EnginePacket beginning(int limit) {
        if (isBinary()) {
            return binary.length <= limit ? this : binary(Arrays.copyOf(binary, limit));
        }
        int credentials = type == '4' && text.startsWith("0") ? text.indexOf('{') : -1;
        int end = credentials >= 0 ? credentials : Math.min(limit, text.length());
        return end == text.length() ? this : new EnginePacket(type, text.substring(0, end) + "…", null);
    }

    /** How evidence quotes it: text in quotes, bytes in hex. */
    public String quote(int limit) {
        return isBinary()
                ? Text.count(binary.length, "byte") + " "
                        + ByteBufUtil.hexDump(binary, 0, Math.min(binary.length, limit / 4))
                : Text.quote(type + text, limit);
    }
}
