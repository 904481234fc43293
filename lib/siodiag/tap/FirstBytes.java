package siodiag.tap;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Looks whether a server answers with HTTP at all. What is something else goes on as it is. */
final class FirstBytes extends ChannelInboundHandlerAdapter {
    private static final String HTTP = "HTTP/1.";
    private static final int QUOTED = 64;

    private final Consumer<byte[]> otherwise;

    /** @param otherwise told the first bytes where they are no HTTP, before they are passed on */
    FirstBytes(Consumer<byte[]> otherwise) {
        this.otherwise = otherwise;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            int length = Math.min(bytes.readableBytes(), HTTP.length());
            String first = bytes.toString(bytes.readerIndex(), length, StandardCharsets.ISO_8859_1);
            if (!HTTP.startsWith(first)) {
                byte[] quoted = new byte[Math.min(QUOTED, bytes.readableBytes())];
                bytes.getBytes(bytes.readerIndex(), quoted);
                otherwise.accept(quoted);
            }
            context.pipeline().remove(this);
        }
        context.fireChannelRead(message);
    }
}
