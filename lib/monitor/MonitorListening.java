package siodiag;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The listening socket and the one thread that serves it: native epoll where it loads, the JDK's selector elsewhere. */
final class MonitorListening {
    private static final int STOP_MS = 500;

    private final EventLoopGroup group = newGroup();
    private Channel channel;

    EventLoop loop() {
        return (EventLoop) group.iterator().next();
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** What moves the bytes, for who wonders about speed. */
    String transport() {
        return Epoll.isAvailable() ? "epoll" : "nio";
    }

    /** SO_REUSEADDR lets a monitor that was killed be started again at once, on the same port. */
    ChannelFuture bind(MonitorConfig config, MonitorEngine engine, MonitorPages pages) {
        ServerBootstrap bootstrap = new ServerBootstrap().group(group)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline().addLast(new HttpServerCodec(),
                                new HttpObjectAggregator(config.maxPayload(), true),
                                new MonitorHttp(engine, pages));
                    }
                });
        ChannelFuture bound = bootstrap.bind(config.host(), config.port());
        channel = bound.channel();
        return bound;
    }

    void stop() {
        group.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private static EventLoopGroup newGroup() {
        DefaultThreadFactory threads = new DefaultThreadFactory("monitor", true);
        return Epoll.isAvailable() ? new EpollEventLoopGroup(1, threads) : new NioEventLoopGroup(1, threads);
    }
}
