package siodiag.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.timeout.IdleStateEvent;

/** One HTTP connection: hands each request to who serves its path, and tells a request that its client has gone. */
final class HttpConnection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final EngineEndpoint engine;
    private final HttpRoutes routes;
    private ServerExchange latest;

    /** @param routes null to serve nothing but Socket.IO */
    HttpConnection(EngineEndpoint engine, HttpRoutes routes) {
        this.engine = engine;
        this.routes = routes;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        ServerExchange exchange = new ServerExchange(context, request);
        if (request.decoderResult().isFailure()) {
            exchange.reply(400, ServerExchange.TEXT, "Bad request");
        } else if (engine.serves(exchange.path())) {
            latest = exchange;
            engine.handle(exchange, request);
        } else if (routes != null) {
            routes.handle(exchange, request);
        } else {
            exchange.reply(404, ServerExchange.TEXT, "Not found");
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
