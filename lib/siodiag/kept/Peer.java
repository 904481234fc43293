package siodiag.kept;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import siodiag.protocol.Endpoint;
import siodiag.protocol.Parser;
import siodiag.protocol.Site;
import siodiag.protocol.Tls;
import siodiag.server.NettyTransport;

/**
 * The server that connections are kept to, as an examination found it.
 *
 * @param namespace the one that they join
 * @param auth      the auth object of the CONNECT, as JSON; empty for none
 * @param timeout   for the way from nothing to a joined namespace, and for the answer to a pulse
 */
public record Peer(Site site, Parser parser, String namespace, String auth, Duration timeout) {
    /** Opens a connection on that loop. @param handlers of this connection alone, behind those of TLS */
    ChannelFuture connect(EventLoop loop, Duration limit, ChannelHandler... handlers) {
        return new Bootstrap()
                .group(loop)
                .channel(NettyTransport.clientChannel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit.toMillis())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        if (site.endpoint().tls()) {
                            opened.pipeline().addLast(tls());
                        }
                        opened.pipeline().addLast(handlers);
                    }
                })
                .connect(new InetSocketAddress(site.address(), site.endpoint().port()));
    }

    /** What is wrong with a certificate, the examination tells. */
    private SslHandler tls() {
        Endpoint endpoint = site.endpoint();
        SSLContext context = endpoint.certificate() == null
                ? Tls.CONTEXT
                : endpoint.certificate().trustingAll();
        SSLEngine engine = context.createSSLEngine(endpoint.host(), endpoint.port());
        engine.setUseClientMode(true);
        return new SslHandler(engine);
    }

    /** Those of every request, the stated ones among them. */
    Map<String, String> headers(Map<String, String> cookies) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("Host", site.endpoint().authority());
        if (!cookies.isEmpty()) {
            String all = cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            own.put("Cookie", all);
        }
        return site.withHeaders(own);
    }
}
