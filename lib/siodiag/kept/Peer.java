package siodiag.kept;

import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import siodiag.protocol.Endpoint;
import siodiag.protocol.Parser;
import siodiag.protocol.Site;
import siodiag.protocol.Tls;

/**
 * The server that connections are kept to, as an examination found it.
 *
 * @param namespace the one that they join
 * @param auth      the auth object of the CONNECT, as JSON; empty for none
 * @param timeout   for the way from nothing to a joined namespace, and for the answer to a pulse
 */
public record Peer(Site site, Parser parser, String namespace, String auth, Duration timeout) {
    InetSocketAddress address() {
        return new InetSocketAddress(site.address(), site.endpoint().port());
    }

    /** For one connection; null without TLS. What is wrong with a certificate, the examination tells. */
    SslHandler tls() {
        Endpoint endpoint = site.endpoint();
        if (!endpoint.tls()) {
            return null;
        }
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
            StringBuilder all = new StringBuilder();
            cookies.forEach((name, value) -> all.append(all.isEmpty() ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            own.put("Cookie", all.toString());
        }
        return site.withHeaders(own);
    }
}
