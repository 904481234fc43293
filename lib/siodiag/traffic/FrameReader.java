package siodiag.traffic;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * WebSocket frames (RFC 6455, section 5; RFC 7692 for compressed ones) out of the copied bytes of one direction, in pieces of
 * any size. Never throws: what can't be read ends the reading of this direction.
 */
final class FrameReader {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    /** A longer message is passed over. */
    static final int MAX_MESSAGE = 16 * 1024 * 1024;

    private static final int CONTROL = 8;
    private static final int MAX_CONTROL = 125;
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private final Listener listener;
    private final byte[] head = new byte[14];
    private int headSize;
    private long left;
    private int opcode;
    private int messageOpcode;
    private boolean last;
    private boolean compressed;
    private byte[] mask;
    private int maskAt;
    private boolean kept = true;
    private ByteArrayOutputStream message = new ByteArrayOutputStream(256);
    private ByteArrayOutputStream control;
    private Inflater inflater;
    private String failure;

    /** Hears whole messages and control frames in their order. */
    interface Listener {
        void message(int opcode, byte[] payload);

        /** A message that could not be kept; once for each, or the last thing that is heard where {@code failed}. */
        void unread(String why);
    }

    FrameReader(Listener listener) {
        this.listener = listener;
    }

    void read(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && failure == null) {
            at = left > 0 ? payload(bytes, at) : header(bytes, at);
        }
    }

    void end() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    /** Takes the bytes of a header one by one: it may be cut anywhere. */
    private int header(byte[] bytes, int from) {
        head[headSize++] = bytes[from];
        if (headSize >= 2 && headSize == headLength()) {
            begin();
            headSize = 0;
            if (left == 0) {
                frameEnds();
            }
        }
        return from + 1;
    }

    private int headLength() {
        int length = head[1] & 0x7f;
        return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + ((head[1] & 0x80) == 0 ? 0 : 4);
    }

    private void begin() {
        last = (head[0] & 0x80) != 0;
        opcode = head[0] & 0x0f;
        boolean reserved = (head[0] & 0x30) != 0;
        int length = head[1] & 0x7f;
        int octets = length == 126 ? 2 : length == 127 ? 8 : 0;
        left = length;
        if (octets > 0) {
            left = 0;
            for (int i = 0; i < octets; i++) {
                left = left << 8 | head[2 + i] & 0xff;
            }
        }
        mask = (head[1] & 0x80) == 0 ? null : Arrays.copyOfRange(head, 2 + octets, 6 + octets);
        maskAt = 0;
        boolean unknown = opcode > PONG || opcode > BINARY && opcode < CONTROL;
        boolean badControl = opcode >= CONTROL && (left > MAX_CONTROL || (head[0] & 0xc0) != 0x80);
        if (reserved || left < 0 || unknown || badControl) {
            fail("bytes that are not a WebSocket frame");
        } else if (opcode >= CONTROL) {
            control = new ByteArrayOutputStream((int) left);
        } else if (opcode > 0) {
            messageOpcode = opcode;
            compressed = (head[0] & 0x40) != 0;
            message.reset();
            kept = true;
        }
    }

    private int payload(byte[] bytes, int from) {
        int count = (int) Math.min(left, bytes.length - from);
        boolean isAtOnce =
                count == left && message.size() == 0 && last && opcode > 0 && opcode < CONTROL && count <= MAX_MESSAGE;
        if (isAtOnce && !compressed) { // as most messages are
            byte[] whole = Arrays.copyOfRange(bytes, from, from + count);
            unmask(whole);
            left = 0;
            listener.message(opcode, whole);
            return from + count;
        }
        ByteArrayOutputStream into = opcode >= CONTROL ? control : message;
        kept &= into == control || message.size() + count <= MAX_MESSAGE;
        if (mask == null && kept) {
            into.write(bytes, from, count);
        } else if (kept) {
            for (int i = 0; i < count; i++) {
                into.write(bytes[from + i] ^ mask[maskAt++ & 3]);
            }
        }
        left -= count;
        if (left == 0) {
            frameEnds();
        }
        return from + count;
    }

    private void unmask(byte[] payload) {
        if (mask != null) {
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i & 3];
            }
        }
    }

    private void frameEnds() {
        if (failure != null) {
            return;
        }
        if (opcode >= CONTROL) {
            listener.message(opcode, control.toByteArray());
        } else if (last) {
            messageEnds();
        }
    }

    private void messageEnds() {
        if (!kept) {
            message = new ByteArrayOutputStream(256);
            if (compressed) {
                fail("a compressed message of more than " + MAX_MESSAGE + " bytes; those behind it depend on it");
            } else {
                listener.unread("a message of more than " + MAX_MESSAGE + " bytes");
            }
            return;
        }
        byte[] payload = compressed ? inflated(message.toByteArray()) : message.toByteArray();
        if (message.size() > 64 * 1024) {
            message = new ByteArrayOutputStream(256); // a rare large message keeps no memory
        }
        if (payload != null) {
            listener.message(messageOpcode, payload);
        }
    }

    /** The window is kept from message to message: who does not use it refers to nothing in it. */
    private byte[] inflated(byte[] bytes) {
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length * 4);
        byte[] buffer = new byte[Math.min(64 * 1024, Math.max(1024, bytes.length * 4))];
        try {
            for (byte[] part : new byte[][] {bytes, TAIL}) {
                inflater.setInput(part);
                for (int count = inflater.inflate(buffer); count > 0; count = inflater.inflate(buffer)) {
                    if (plain.size() + count > MAX_MESSAGE) {
                        fail("a message that is larger than " + MAX_MESSAGE + " bytes when it is decompressed");
                        return null;
                    }
                    plain.write(buffer, 0, count);
                }
            }
            if (inflater.finished()) {
                inflater.reset(); // a final block: what follows begins anew
            }
            return plain.toByteArray();
        } catch (DataFormatException broken) {
            fail("a message whose compression is broken");
            return null;
        }
    }

    private void fail(String why) {
        failure = why;
        left = 0;
        end();
        listener.unread(why + "; the rest of this direction is not decoded");
    }
}
