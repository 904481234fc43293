package siodiag.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import siodiag.core.Deadline;
import siodiag.core.Text;

/** WebSocket frames (RFC 6455, section 5) over a connection, from the client's side, without extensions. */
public final class WebSocketFrames {
    public static final int TEXT = 1;
    static final int BINARY = 2;
    public static final int CLOSE = 8;
    static final int PING = 9;
    private static final int PONG = 10;
    /** A frame that is longer is read and not kept: no event under test is that long, but a dashboard's may be. */
    private static final int MAX_KEPT = 4 * 1024 * 1024;

    private static final int MAX_FRAME = 64 * 1024 * 1024;
    private static final int PASSED_OVER = 16 * 1024;

    private final Connection connection;
    private volatile Runnable onPong = () -> {};

    /** A whole message, or a close frame. */
    public record Message(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code and reason of a close frame; 1005 stands for a frame without a code. */
        public String closing() {
            if (payload.length < 2) {
                return "WebSocket close frame without a code (1005)";
            }
            int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
            String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
            return "WebSocket close code " + code + (reason.isEmpty() ? "" : " " + Text.quote(reason, 80));
        }
    }

    /** @param kept whether the payload was short enough to be kept; else it is empty */
    private record Frame(boolean last, int opcode, byte[] payload, boolean kept) {}

    public WebSocketFrames(Connection connection) {
        this.connection = connection;
    }

    /** @param listener run at each pong, on the thread that reads */
    void onPong(Runnable listener) {
        onPong = listener;
    }

    /** The next message, an empty text where it is too long to be kept; null at the end of the stream without a close frame. */
    public Message read(Deadline deadline) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int opcode = 0;
        boolean kept = true;
        while (true) {
            Frame frame = readFrame(deadline);
            if (frame == null) {
                return null;
            }
            if (frame.opcode == PING) {
                write(PONG, frame.payload, deadline);
            } else if (frame.opcode == CLOSE) {
                return new Message(CLOSE, frame.payload);
            } else if (frame.opcode == PONG) {
                onPong.run();
            } else {
                opcode = frame.opcode == 0 ? opcode : frame.opcode;
                if (whole.size() + frame.payload.length > MAX_KEPT) {
                    throw malformed("a fragmented message of more than " + MAX_KEPT + " bytes");
                }
                whole.writeBytes(frame.payload);
                kept &= frame.kept;
                if (frame.last) {
                    return kept ? new Message(opcode, whole.toByteArray()) : new Message(TEXT, new byte[0]);
                }
            }
        }
    }

    public synchronized void write(int opcode, byte[] payload, Deadline deadline) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 0x10000) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        frame.put(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ mask[i & 3]));
        }
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        connection.write(bytes, deadline);
    }

    private Frame readFrame(Deadline deadline) throws IOException {
        int start = connection.read(deadline);
        if (start < 0) {
            return null;
        }
        if ((start & 0x70) != 0) {
            throw malformed("bytes that are not a WebSocket frame (reserved bits set)");
        }
        int second = byteOrEnd(deadline);
        long length = second & 0x7f;
        if (length >= 126) {
            int octets = length == 126 ? 2 : 8;
            length = 0;
            for (int i = 0; i < octets; i++) {
                length = length << 8 | byteOrEnd(deadline);
            }
        }
        if ((second & 0x80) != 0 || length < 0 || length > MAX_FRAME) {
            throw malformed("a masked frame or one longer than " + MAX_FRAME + " bytes");
        }
        return new Frame((start & 0x80) != 0, start & 0x0f, readPayload((int) length, deadline), length <= MAX_KEPT);
    }

    private byte[] readPayload(int length, Deadline deadline) throws IOException {
        boolean kept = length <= MAX_KEPT;
        byte[] payload = new byte[kept ? length : PASSED_OVER];
        for (int at = 0; at < length; ) {
            int count = connection.read(payload, kept ? at : 0, Math.min(payload.length, length - at), deadline);
            if (count < 0) {
                throw malformed("the stream ended within a frame");
            }
            at += count;
        }
        return kept ? payload : new byte[0];
    }

    private int byteOrEnd(Deadline deadline) throws IOException {
        int octet = connection.read(deadline);
        if (octet < 0) {
            throw malformed("the stream ended within a frame");
        }
        return octet;
    }

    private static ExchangeException malformed(String what) {
        return new ExchangeException(ExchangeException.Kind.MALFORMED, what);
    }
}
