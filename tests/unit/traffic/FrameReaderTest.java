package siodiag.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private final List<String> heard = new ArrayList<>();
    private final FrameReader reader = new FrameReader(new FrameReader.Listener() {
        @Override
        public void message(int opcode, byte[] payload) {
            heard.add(opcode + ":"
                    + (payload.length > 40 ? payload.length : new String(payload, StandardCharsets.UTF_8)));
        }

        @Override
        public void unread(String why) {
            heard.add("unread:" + why);
        }
    });

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void frames_are_read_in_pieces_of_any_size(int piece) {
        byte[] bytes = join(
                frame(0x81, false, "42[\"a\"]".getBytes(StandardCharsets.UTF_8)),
                frame(0x81, true, "ä".getBytes(StandardCharsets.UTF_8)),
                frame(0x01, true, "be".getBytes(StandardCharsets.UTF_8)),
                frame(0x89, false, new byte[0]),
                frame(0x80, true, "gin".getBytes(StandardCharsets.UTF_8)),
                frame(0x82, false, new byte[300]),
                frame(0x82, true, new byte[70_000]),
                frame(0x88, false, new byte[] {3, (byte) 232, 'x'}));
        for (int at = 0; at < bytes.length; at += piece) {
            reader.read(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
        }
        assertEquals(List.of("1:42[\"a\"]", "1:ä", "9:", "1:begin", "2:300", "2:70000", "8:\u0003\ufffdx"), heard);
    }

    @Test
    void compressed_messages_share_their_window() {
        Deflater deflater = new Deflater(9, true);
        String text = "42[\"event\",{\"text\":\"the same again and again\"}]";
        for (int i = 0; i < 3; i++) {
            reader.read(frame(0xc1, i % 2 == 0, compressed(deflater, text)));
        }
        assertEquals(List.of("1:" + text.length(), "1:" + text.length(), "1:" + text.length()), heard);
    }

    @Test
    void a_small_message_that_would_grow_beyond_all_bounds_ends_the_reading() {
        Deflater deflater = new Deflater(9, true);
        reader.read(frame(0xc1, false, compressed(deflater, "x".repeat(FrameReader.MAX_MESSAGE + 1))));
        reader.read(frame(0x81, false, new byte[] {'4'}));
        assertEquals(1, heard.size(), heard.toString());
        assertTrue(heard.get(0).startsWith("unread:"), heard.toString());
    }

    @Test
    void bytes_that_are_not_frames_end_the_reading_with_a_reason() {
        reader.read("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        reader.read(frame(0x81, false, new byte[] {'4'}));
        assertEquals(1, heard.size(), heard.toString());
        assertTrue(heard.get(0).contains("WebSocket frame"), heard.toString());
    }

    @Test
    void a_message_that_is_too_long_is_passed_over_and_the_next_one_read() {
        reader.read(frame(0x82, false, new byte[FrameReader.MAX_MESSAGE + 1]));
        reader.read(frame(0x81, false, new byte[] {'4'}));
        assertEquals(List.of("unread:a message of more than " + FrameReader.MAX_MESSAGE + " bytes", "1:4"), heard);
    }

    private static byte[] compressed(Deflater deflater, String text) {
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        for (int count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                count > 0;
                count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH)) {
            out.write(buffer, 0, count);
        }
        byte[] all = out.toByteArray();
        return Arrays.copyOf(all, all.length - 4); // RFC 7692, 7.2.1: without the empty block at its end
    }

    private static byte[] frame(int first, boolean masked, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            out.write(mask | payload.length);
        } else if (payload.length < 65_536) {
            out.write(mask | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(mask | 127);
            for (int i = 7; i >= 0; i--) {
                out.write((int) ((long) payload.length >> (8 * i)));
            }
        }
        byte[] key = {1, 2, 3, 4};
        if (masked) {
            out.writeBytes(key);
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(masked ? payload[i] ^ key[i & 3] : payload[i]);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
