package siodiag.tap;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import java.security.NoSuchAlgorithmException;
import siodiag.protocol.ClientCertificate;
import siodiag.protocol.Endpoint;
import siodiag.protocol.Tls;

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

    /** Connects on the client's thread; TLS included. */
    ChannelFuture connect(EventLoop loop, UpstreamSide side) {
        return new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
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
                })
                .connect(config.upstream().host(), config.upstream().port());
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
