package siodiag;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.timeout.IdleStateEvent;

/** One HTTP connection: hands each request to who serves its path, and tells a request that its client has gone. */
final class MonitorHttp extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final MonitorEngine engine;
    private final MonitorPages pages;
    private MonitorExchange latest;

    /** @param pages null to serve nothing but Socket.IO */
    MonitorHttp(MonitorEngine engine, MonitorPages pages) {
        this.engine = engine;
        this.pages = pages;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        MonitorExchange exchange = new MonitorExchange(context, request);
        if (request.decoderResult().isFailure()) {
            exchange.reply(400, MonitorExchange.TEXT, "Bad request");
        } else if (engine.serves(exchange.path())) {
            latest = exchange;
            engine.handle(exchange, request);
        } else if (pages != null) {
            pages.handle(exchange, request);
        } else {
            exchange.reply(404, MonitorExchange.TEXT, "Not found");
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent) {
            context.close();
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (latest != null) {
            latest.abandoned();
        }
        super.channelInactive(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
