package siodiag.tap;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import siodiag.server.NettyTransport;

/** The listening side of a tap. */
final class TapServer implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int STOP_MS = 500;

    private final EventLoopGroup group;
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;
    private final TapCopy copy;

    private TapServer(
            EventLoopGroup group, ServerBootstrap bootstrap, TapConfig config, Upstream upstream, TapCopy copy)
            throws IOException {
        this.group = group;
        this.copy = copy;
        HeaderRewrite headers = new HeaderRewrite(config.upstream());
        ChannelFuture bound = bootstrap
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        clients.add(accepted);
                        config.faults().install(accepted);
                        accepted.pipeline().addLast(Upstream.CODEC, new HttpServerCodec(Upstream.decoding()));
                        accepted.pipeline().addLast(new ClientSide(config, upstream, headers, copy));
                    }
                })
                .bind(config.host(), config.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS);
            throw NettyTransport.bindFailure(config.host(), config.port(), bound.cause());
        }
        this.listening = bound.channel();
    }

    /** @throws IOException if the address can't be bound, or TLS can't be set up */
    static TapServer start(TapConfig config, TapCopy copy) throws IOException {
        Upstream upstream = new Upstream(config);
        EventLoopGroup group = NettyTransport.group(THREADS, "tap");
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NettyTransport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true);
        return new TapServer(group, bootstrap, config, upstream, copy);
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Ends every connection. */
    @Override
    public void close() {
        copy.stop();
        listening.close().awaitUninterruptibly(STOP_MS);
        clients.close().awaitUninterruptibly(STOP_MS);
        group.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * STOP_MS);
    }
}
