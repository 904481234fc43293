package siodiag.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;
import java.util.List;
import java.util.Map;
import siodiag.core.Text;
import siodiag.protocol.EngineSession;

/** A connection over WebSocket alone. */
final class KeptWebSocket extends KeptConnection {
    private static final int MAX_REFUSAL = 16 * 1024;
    private static final int MAX_FRAME = 8 * 1024 * 1024;
    /** Longer messages are an application's events, which nobody reads here. */
    private static final int MAX_PACKET = 64 * 1024;

    private final Front front;
    private Channel channel;

    KeptWebSocket(Peer peer, EventLoop loop, Front front, Listener listener) {
        super(peer, loop, listener);
        this.front = front;
    }

    @Override
    void connect() {
        WebSocketClientHandshaker handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                // The host of this address is not used: the Host header is the endpoint's own, whatever it looks like.
                URI.create("ws://localhost" + peer.site().handshakeTarget(4, "websocket")),
                WebSocketVersion.V13,
                null,
                false,
                headers(),
                MAX_FRAME);
        peer.connect(
                        loop,
                        peer.timeout(),
                        new HttpClientCodec(),
                        new HttpObjectAggregator(MAX_REFUSAL),
                        new Frames(handshaker))
                .addListener((ChannelFutureListener) attempt -> {
                    channel = attempt.channel();
                    if (!attempt.isSuccess()) {
                        fail(true, String.valueOf(attempt.cause().getMessage()));
                    } else if (isOver()) {
                        channel.close();
                    }
                });
    }

    private HttpHeaders headers() {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        peer.headers(Map.of()).forEach(headers::set);
        return headers;
    }

    @Override
    void send(List<String> packets) {
        traffic();
        for (String packet : packets) {
            channel.write(
                    EngineSession.isBinary(packet)
                            ? new BinaryWebSocketFrame(Unpooled.wrappedBuffer(
                                    EngineSession.bytes(packet).orElseThrow()))
                            : new TextWebSocketFrame(packet));
        }
        channel.flush();
    }

    @Override
    boolean ping() {
        if (!hasOwnPings()) {
            return false;
        }
        traffic();
        channel.writeAndFlush(new PingWebSocketFrame());
        return true;
    }

    @Override
    void release() {
        if (channel != null) {
            channel.close();
        }
    }

    /** Reads the answer to the opening handshake, then frames. */
    private final class Frames extends SimpleChannelInboundHandler<Object> {
        private final WebSocketClientHandshaker handshaker;

        Frames(WebSocketClientHandshaker handshaker) {
            this.handshaker = handshaker;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            handshaker.handshake(context.channel());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object message) {
            if (message instanceof FullHttpResponse response) {
                opened(context, response);
            } else if (message instanceof WebSocketFrame frame) {
                frame(context, frame);
            }
        }

        private void opened(ChannelHandlerContext context, FullHttpResponse response) {
            front.see(response);
            if (response.status().code() == 101) {
                handshaker.finishHandshake(context.channel(), response);
            } else {
                fail(
                        response.status().code() >= 500,
                        "HTTP " + Text.cut(response.status().toString(), 60) + " in place of 101");
            }
        }

        private void frame(ChannelHandlerContext context, WebSocketFrame frame) {
            traffic();
            if (frame instanceof PingWebSocketFrame) {
                context.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
            } else if (frame instanceof PongWebSocketFrame) {
                answered();
            } else if (frame instanceof CloseWebSocketFrame close) {
                end(Ending.Kind.CLOSE_FRAME, closing(close));
            } else if (frame.isFinalFragment() && frame.content().readableBytes() <= MAX_PACKET) {
                ByteBuf content = frame.content();
                if (frame instanceof TextWebSocketFrame text) {
                    received(text.text());
                } else if (frame instanceof BinaryWebSocketFrame) {
                    received(EngineSession.binary(ByteBufUtil.getBytes(content)));
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(Ending.Kind.FIN, "");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            end(Failures.kind(failure), Failures.detail(failure));
        }
    }

    /** RFC 6455, 7.1.5: a frame without a code counts as 1005. */
    private static String closing(CloseWebSocketFrame close) {
        String reason = close.reasonText();
        return "close code " + (close.statusCode() < 0 ? 1005 : close.statusCode())
                + (reason.isEmpty() ? "" : " " + Text.quote(reason, 80));
    }
}
