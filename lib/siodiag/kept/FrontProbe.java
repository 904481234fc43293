package siodiag.kept;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import siodiag.server.NettyTransport;

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
        StringBuilder answer = new StringBuilder();
        new Bootstrap()
                .group(loop)
                .channel(NettyTransport.clientChannel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_S * 1000)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        var tls = peer.tls();
                        if (tls != null) {
                            channel.pipeline().addLast(tls);
                        }
                        channel.pipeline()
                                .addLast(new ReadTimeoutHandler(TIMEOUT_S))
                                .addLast(new Reader(peer, front, answer));
                    }
                })
                .connect(peer.address());
    }

    private static final class Reader extends SimpleChannelInboundHandler<ByteBuf> {
        private final Peer peer;
        private final Front front;
        private final StringBuilder answer;

        Reader(Peer peer, Front front, StringBuilder answer) {
            this.peer = peer;
            this.front = front;
            this.answer = answer;
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
