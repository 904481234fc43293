package siodiag.tap;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/** The beginning of a body, kept while all of it passes. */
final class BodyCopy {
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private boolean whole = true;

    BodyCopy(int limit) {
        this.limit = limit;
    }

    void add(ByteBuf passing) {
        int count = Math.min(passing.readableBytes(), limit - kept.size());
        whole &= count == passing.readableBytes();
        if (count > 0) {
            byte[] bytes = new byte[count];
            passing.getBytes(passing.readerIndex(), bytes);
            kept.write(bytes, 0, count);
        }
    }

    boolean isWhole() {
        return whole;
    }

    byte[] bytes() {
        return kept.toByteArray();
    }
}
