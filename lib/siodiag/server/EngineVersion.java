package siodiag.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import siodiag.core.MalformedInputException;

/**
 * What differs between Engine.IO 3 (Socket.IO 2 clients) and 4: how a polling body holds several packets, and how a
 * binary message is marked. Protocol: engine.io-protocol v3 and v4, "Payload encoding".
 */
public enum EngineVersion {
    /** {@code <characters>:<packet>…}, or for binary bodies: 0 or 1, the length's digits, 255, the packet. */
    EIO3 {
        @Override
        String encode(List<EnginePacket> packets) {
            StringBuilder body = new StringBuilder();
            for (EnginePacket packet : packets) {
                String text = packet.isBinary() ? "b4" + base64(packet.binary()) : packet.type() + packet.text();
                body.append(text.length()).append(':').append(text);
            }
            return body.toString();
        }

        @Override
        public List<EnginePacket> decode(String body) {
            List<EnginePacket> packets = new ArrayList<>();
            int at = 0;
            while (at < body.length()) {
                int colon = body.indexOf(':', at);
                int end = colon + 1 + length(body, at, colon);
                if (end > body.length() || end == colon + 1) {
                    throw new MalformedInputException("a packet is truncated");
                }
                packets.add(packet(body.substring(colon + 1, end)));
                at = end;
            }
            return packets;
        }

        private int length(String body, int at, int colon) {
            if (colon <= at || colon - at > 9) {
                throw new MalformedInputException("a packet has no length");
            }
            int length = 0;
            for (char digit : body.substring(at, colon).toCharArray()) {
                if (digit < '0' || digit > '9') {
                    throw new MalformedInputException("a packet's length is not a number");
                }
                length = length * 10 + digit - '0';
            }
            return length;
        }

        private EnginePacket packet(String text) {
            return text.startsWith("b") && text.length() > 1
                    ? EnginePacket.binary(fromBase64(text.substring(2)))
                    : EnginePacket.text(text);
        }
    },

    /** Packets separated by the record separator; a binary message is {@code b} and base64. */
    EIO4 {
        @Override
        String encode(List<EnginePacket> packets) {
            StringBuilder body = new StringBuilder();
            for (EnginePacket packet : packets) {
                body.append(body.isEmpty() ? "" : SEPARATOR)
                        .append(packet.isBinary() ? "b" + base64(packet.binary()) : packet.type() + packet.text());
            }
            return body.toString();
        }

        @Override
        public List<EnginePacket> decode(String body) {
            List<EnginePacket> packets = new ArrayList<>();
            for (String text : body.split(SEPARATOR, -1)) {
                packets.add(
                        text.startsWith("b")
                                ? EnginePacket.binary(fromBase64(text.substring(1)))
                                : EnginePacket.text(text));
            }
            return packets;
        }
    };

    private static final String SEPARATOR = "\u001e";
    private static final byte BINARY_MESSAGE = 4;

    /** The version a handshake asked for, or null if this server speaks no such version. */
    public static EngineVersion of(String parameter) {
        return "4".equals(parameter) ? EIO4 : "3".equals(parameter) ? EIO3 : null;
    }

    abstract String encode(List<EnginePacket> packets);

    /** @throws MalformedInputException if the body can't be parsed */
    public abstract List<EnginePacket> decode(String body);

    /** What a WebSocket binary frame holds: in version 3 the packet type comes before the bytes. */
    byte[] frame(byte[] attachment) {
        if (this == EIO4) {
            return attachment;
        }
        byte[] frame = new byte[attachment.length + 1];
        frame[0] = BINARY_MESSAGE;
        System.arraycopy(attachment, 0, frame, 1, attachment.length);
        return frame;
    }

    /** The reverse of {@link #frame}. */
    public byte[] unframe(byte[] frame) {
        if (this == EIO4) {
            return frame;
        }
        if (frame.length == 0 || frame[0] != BINARY_MESSAGE) {
            throw new MalformedInputException("a binary frame without packet type");
        }
        return Arrays.copyOfRange(frame, 1, frame.length);
    }

    /** The body of an {@code application/octet-stream} request of a version 3 client. */
    public static List<EnginePacket> decodeBinary3(byte[] body) {
        List<EnginePacket> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length) {
            boolean binary = body[at++] == 1;
            int length = 0;
            while (at < body.length && body[at] >= 0 && body[at] <= 9 && length < 100_000_000) {
                length = length * 10 + body[at++];
            }
            if (at >= body.length || body[at++] != (byte) 255 || length == 0 || length > body.length - at) {
                throw new MalformedInputException("a packet is truncated");
            }
            packets.add(
                    binary
                            ? EnginePacket.binary(Arrays.copyOfRange(body, at + 1, at + length))
                            : EnginePacket.text(new String(body, at, length, StandardCharsets.UTF_8)));
            at += length;
        }
        return packets;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The official Java client breaks its base64 into lines and ends it with one, as MIME does. */
    private static byte[] fromBase64(String text) {
        try {
            return Base64.getDecoder().decode(text.replace("\r", "").replace("\n", ""));
        } catch (IllegalArgumentException e) {
            throw new MalformedInputException("binary data is not base64");
        }
    }
}
