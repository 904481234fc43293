package siodiag.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;

/**
 * One WebSocket, either a session's from the start or one that a polling client wants to change over to: then it must
 * first answer a probe (engine.io-protocol v4, "Upgrade").
 */
final class WebSocketTransport extends SimpleChannelInboundHandler<WebSocketFrame> implements ServerTransport {
    private static final int UPGRADE_SECONDS = 10;

    private final ServerSession session;
    private final boolean fromPolling;
    private boolean upgraded;
    private ChannelHandlerContext context;
    private ByteBuf batch;

    WebSocketTransport(ServerSession session, boolean fromPolling) {
        this.session = session;
        this.fromPolling = fromPolling;
        this.upgraded = !fromPolling;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (fromPolling) {
            added.executor().schedule(this::giveUpProbe, UPGRADE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public String name() {
        return "websocket";
    }

    /** Frames of one turn are gathered into one buffer: one write, one system call, whatever their number. */
    @Override
    public void send(OutboundPacket frame) {
        if (!context.channel().isActive()) {
            return;
        }
        byte[] bytes = frame.webSocket(session.version());
        if (batch == null) {
            batch = context.alloc().ioBuffer(Math.max(bytes.length, 1024));
        }
        batch.writeBytes(bytes);
    }

    @Override
    public void flush() {
        if (batch != null) {
            ByteBuf full = batch;
            batch = null;
            context.channel().writeAndFlush(full);
        }
    }

    @Override
    public long backlog() {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return (batch == null ? 0 : batch.readableBytes()) + (buffer == null ? 0 : buffer.totalPendingWriteBytes());
    }

    /** Whoever does not read would not read the goodbye either. */
    @Override
    public void close(int code) {
        flush();
        if (!context.channel().isWritable()) {
            context.close();
        } else if (context.channel().isActive()) {
            context.writeAndFlush(new CloseWebSocketFrame(code, "")).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Whether to go on reading from the network. */
    void read(boolean goOn) {
        context.channel().config().setAutoRead(goOn);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        if (ctx.channel().isWritable()) {
            session.hub().pressure().relieved(this);
        } else {
            session.hub().pressure().congested(this);
        }
        super.channelWritabilityChanged(ctx);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            receive(text);
        } else if (frame instanceof BinaryWebSocketFrame binary) {
            receive(binary);
        } else if (frame instanceof PingWebSocketFrame) {
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            closedByClient(close);
        }
    }

    private void receive(TextWebSocketFrame frame) {
        String text = frame.text();
        if (upgraded) {
            receive(text.isEmpty() ? new EnginePacket(' ', "", null) : EnginePacket.text(text));
        } else if (text.equals("2probe")) {
            probed();
        } else if (text.equals("5") && polling() != null) {
            upgraded = true;
            session.upgrade(this);
        } else {
            close(ServerSession.PROTOCOL_ERROR);
        }
    }

    private void receive(BinaryWebSocketFrame frame) {
        byte[] bytes = ByteBufUtil.getBytes(frame.content());
        try {
            receive(EnginePacket.binary(session.version().unframe(bytes)));
        } catch (MalformedInputException e) {
            session.malformed(EnginePacket.binary(bytes), e.getMessage());
        }
    }

    private void receive(EnginePacket packet) {
        if (upgraded) {
            session.receive(packet);
        }
    }

    private void probed() {
        send(OutboundPacket.of(new EnginePacket('3', "probe", null)));
        flush();
        if (polling() != null) {
            polling().probing(true);
        }
    }

    private PollingTransport polling() {
        return session.transport() instanceof PollingTransport polling && !session.isClosed() ? polling : null;
    }

    private void giveUpProbe() {
        if (!upgraded) {
            close(ServerSession.NORMAL);
        }
    }

    private void closedByClient(CloseWebSocketFrame close) {
        if (upgraded) {
            session.close(
                    "client closed the WebSocket with " + (close.statusCode() < 0 ? 1005 : close.statusCode()),
                    close.statusCode() < 0 ? ServerSession.NORMAL : close.statusCode());
        } else {
            close(ServerSession.NORMAL);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        if (batch != null) {
            batch.release();
            batch = null;
        }
        session.hub().pressure().relieved(this);
        if (upgraded) {
            session.close("transport close", 1006);
        } else if (polling() != null) {
            polling().probing(false);
        }
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (upgraded) {
            String what = cause instanceof TooLongFrameException ? "message too big" : "transport error";
            session.observe(
                    RecordedEvent.Kind.ERROR,
                    RecordedEvent.Direction.IN,
                    0,
                    what + ": " + Text.cut(cause.toString(), 200));
            session.close(what, ServerSession.PROTOCOL_ERROR);
        }
        ctx.close();
    }
}
