package siodiag.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The listening socket and the one thread that serves it. */
public final class NettyListener {
    private static final int STOP_MS = 500;
    private static final int CONNECTIONS_PER_CLIENT = 4;
    private static final int MIN_IDLE_MS = 60_000;

    private final EventLoopGroup group = NettyTransport.group(1, "monitor");
    private Channel channel;
    private int connections;

    public EventLoop loop() {
        return (EventLoop) group.iterator().next();
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** What moves the bytes, for who wonders about speed. */
    public String transport() {
        return NettyTransport.title();
    }

    /** SO_REUSEADDR lets a monitor that was killed be started again at once, on the same port. */
    public ChannelFuture bind(ServerConfig config, EngineEndpoint engine, HttpRoutes routes) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NettyTransport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(Backpressure.HIGH_WATER / 2, Backpressure.HIGH_WATER))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accept(accepted, config, new HttpConnection(engine, routes));
                    }
                });
        ChannelFuture bound = bootstrap.bind(config.host(), config.port());
        channel = bound.channel();
        return bound;
    }

    /** For connections that the server itself makes, on the same thread. */
    public Bootstrap client() {
        return new Bootstrap().group(loop()).channel(NettyTransport.clientChannel());
    }

    /** A connection that is idle for longer than any poll is held is closed; their number is limited. */
    private void accept(Channel accepted, ServerConfig config, HttpConnection http) {
        ServerLimits limits = config.limits();
        if (connections >= limits.maxClients() * CONNECTIONS_PER_CLIENT) {
            accepted.close();
            return;
        }
        connections++;
        accepted.closeFuture().addListener(closed -> connections--);
        int idleMs = Math.max(MIN_IDLE_MS, limits.pingIntervalMs() + limits.pingTimeoutMs());
        accepted.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(limits.maxPayload(), true),
                        new IdleStateHandler(0, 0, idleMs, TimeUnit.MILLISECONDS),
                        http);
    }

    public void stop() {
        group.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
