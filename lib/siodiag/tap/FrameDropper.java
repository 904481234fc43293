package siodiag.tap;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Cuts the bytes of a WebSocket at its frames, and leaves out some of those that are whole messages. */
final class FrameDropper extends ByteToMessageDecoder {
    private static final int WHOLE_TEXT = 0x81;
    private static final int WHOLE_BINARY = 0x82;
    private static final int MAX_HEAD = 14;

    private final Faults faults;

    FrameDropper(Faults faults) {
        this.faults = faults;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        long length = frameLength(in);
        if (length < 0 || in.readableBytes() < length) {
            return;
        }
        int first = in.getUnsignedByte(in.readerIndex());
        boolean isWhole = first == WHOLE_TEXT || first == WHOLE_BINARY;
        if (isWhole && faults.drops()) {
            in.skipBytes((int) length);
        } else {
            out.add(in.readRetainedSlice((int) length));
        }
    }

    /** Head and payload together; -1 where the head is not there yet. */
    private static long frameLength(ByteBuf in) {
        int at = in.readerIndex();
        int there = Math.min(in.readableBytes(), MAX_HEAD);
        if (there < 2) {
            return -1;
        }
        int second = in.getUnsignedByte(at + 1);
        int octets = (second & 0x7f) == 126 ? 2 : (second & 0x7f) == 127 ? 8 : 0;
        int head = 2 + octets + ((second & 0x80) == 0 ? 0 : 4);
        if (there < head) {
            return -1;
        }
        long payload = octets == 0 ? second & 0x7f : octets == 2 ? in.getUnsignedShort(at + 2) : in.getLong(at + 2);
        return head + payload;
    }
}
