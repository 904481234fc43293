package siodiag.tap;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import siodiag.protocol.ClientCertificate;
import siodiag.protocol.Endpoint;
import siodiag.protocol.Tls;
import siodiag.server.NettyTransport;

/** Opens connections to the real server. */
final class Upstream {
    /** Names of the handlers that leave the pipeline when a connection becomes a WebSocket. */
    static final String CODEC = "http";

    static final String FIRST_BYTES = "first bytes";
    private static final int CONNECT_MS = 10_000;
    /** Cookies, tokens in a query: the server sets the limits, not the tap. */
    private static final int MAX_HEAD = 512 * 1024;

    private static final int MAX_CHUNK = 64 * 1024;

    private final TapConfig config;
    private final SSLContext tls;

    /** @throws SSLException where TLS can't be set up */
    Upstream(TapConfig config) throws SSLException {
        this.config = config;
        try {
            this.tls = config.upstream().tls() ? context(config) : null;
        } catch (NoSuchAlgorithmException impossible) {
            throw new SSLException(impossible);
        }
    }

    static HttpDecoderConfig decoding() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_HEAD)
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxChunkSize(MAX_CHUNK)
                .setValidateHeaders(false);
    }

    /** What comes of a connection attempt: a channel, or why there is none. */
    interface Connected {
        void done(Channel channel, Throwable failure);
    }

    /**
     * Connects on the client's thread, TLS included; to each of the host's addresses until one accepts, as clients do: a server
     * that listens at localhost may do so at ::1 alone.
     */
    void connect(EventLoop loop, Supplier<UpstreamSide> side, Connected then) {
        try {
            attempt(loop, side, InetAddress.getAllByName(config.upstream().host()), 0, then);
        } catch (UnknownHostException unresolved) {
            then.done(null, unresolved);
        }
    }

    private void attempt(
            EventLoop loop, Supplier<UpstreamSide> side, InetAddress[] addresses, int number, Connected then) {
        bootstrap(loop, side.get())
                .connect(addresses[number], config.upstream().port())
                .addListener((ChannelFutureListener) attempted -> {
                    if (attempted.isSuccess()) {
                        secure(attempted.channel(), then);
                    } else if (number + 1 < addresses.length) {
                        attempt(loop, side, addresses, number + 1, then);
                    } else {
                        then.done(null, attempted.cause());
                    }
                });
    }

    private static void secure(Channel channel, Connected then) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            then.done(channel, null);
        } else {
            handler.handshakeFuture().addListener(secured -> then.done(channel, secured.cause()));
        }
    }

    private Bootstrap bootstrap(EventLoop loop, UpstreamSide side) {
        return new Bootstrap()
                .group(loop)
                .channel(NettyTransport.clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        config.faults().install(channel);
                        if (tls != null) {
                            channel.pipeline().addLast(tlsHandler());
                        }
                        channel.pipeline().addLast(FIRST_BYTES, new FirstBytes(side::notHttp));
                        channel.pipeline().addLast(CODEC, new HttpClientCodec(decoding(), false, false));
                        channel.pipeline().addLast(side);
                    }
                });
    }

    private SslHandler tlsHandler() {
        Endpoint to = config.upstream();
        SSLEngine engine = tls.createSSLEngine(to.host(), to.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (!config.insecure()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return new SslHandler(engine);
    }

    private static SSLContext context(TapConfig config) throws NoSuchAlgorithmException {
        ClientCertificate own = config.upstream().certificate();
        if (own != null) {
            return config.insecure() ? own.trustingAll() : own.trustingDefault();
        }
        return config.insecure() ? Tls.CONTEXT : ExpiryFirst.context();
    }
}
