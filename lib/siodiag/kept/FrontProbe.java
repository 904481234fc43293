package siodiag.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks once who stands in front, where something cuts connections without a word: a request with a malformed header is refused by
 * the first program that reads it, in its own words.
 */
final class FrontProbe {
    private static final Pattern SERVER = Pattern.compile("(?im)^server:[ \\t]*([^\\r\\n]{1,80})");
    private static final int TIMEOUT_S = 3;
    private static final int MAX_ANSWER = 4096;

    private FrontProbe() {}

    static void ask(Peer peer, EventLoop loop, Front front) {
        peer.connect(loop, Duration.ofSeconds(TIMEOUT_S), new ReadTimeoutHandler(TIMEOUT_S), new Reader(peer, front));
    }

    private static final class Reader extends SimpleChannelInboundHandler<ByteBuf> {
        private final Peer peer;
        private final Front front;
        private final StringBuilder answer = new StringBuilder();

        Reader(Peer peer, Front front) {
            this.peer = peer;
            this.front = front;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.copiedBuffer(
                    "GET / HTTP/1.1\r\nHost: " + peer.site().endpoint().authority()
                            + "\r\nNot a header\r\nConnection: close\r\n\r\n",
                    StandardCharsets.US_ASCII));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            answer.append(bytes.toString(StandardCharsets.ISO_8859_1));
            if (answer.length() > MAX_ANSWER) {
                context.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            Matcher server = SERVER.matcher(answer);
            front.see(server.find() ? server.group(1) : "", answer.toString());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable silence) {
            context.close();
        }
    }
}
