package siodiag.tap;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.TimeUnit;

/** Everything that arrives is passed on later, in its order; the end of the connection as well. */
final class Delay extends ChannelInboundHandlerAdapter {
    private final long nanos;

    Delay(long nanos) {
        this.nanos = nanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        later(context, () -> {
            context.fireChannelRead(message);
            context.fireChannelReadComplete();
        });
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        // Told with each message.
    }

    /** Half a closure, as otherwise Netty would take down the pipeline before what is still under way has passed. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            later(context, context::close);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void later(ChannelHandlerContext context, Runnable action) {
        context.executor().schedule(action, nanos, TimeUnit.NANOSECONDS);
    }
}
