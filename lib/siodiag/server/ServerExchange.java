package siodiag.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One HTTP request and the chance to answer it, at once or later. */
public final class ServerExchange {
    public static final String JSON = "application/json; charset=utf-8";
    public static final String TEXT = "text/plain; charset=utf-8";

    private final ChannelHandlerContext context;
    private final String method;
    private final String uri;
    private final String path;
    private final Map<String, String> query;
    private final HttpHeaders headers;
    private final boolean keepAlive;
    private String allowedOrigin;
    private Runnable whenAbandoned = () -> {};

    ServerExchange(ChannelHandlerContext context, FullHttpRequest request) {
        this.context = context;
        this.method = request.method().name();
        this.uri = request.uri();
        this.path = pathOf(request.uri());
        this.query = parameters(request.uri());
        this.headers = request.headers();
        this.keepAlive = HttpUtil.isKeepAlive(request);
    }

    /** The parameters of a URL, the last of a name counting; none at all if they can't be read. */
    static Map<String, String> parameters(String uri) {
        Map<String, String> parameters = new LinkedHashMap<>();
        try {
            new QueryStringDecoder(uri)
                    .parameters()
                    .forEach((name, values) -> parameters.put(name, values.get(values.size() - 1)));
        } catch (IllegalArgumentException e) {
            parameters.clear();
        }
        return parameters;
    }

    ChannelHandlerContext context() {
        return context;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    String uri() {
        return uri;
    }

    public String parameter(String name) {
        return query.get(name);
    }

    public String header(CharSequence name) {
        return headers.get(name);
    }

    boolean wantsWebSocket() {
        return headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
                && headers.containsValue(HttpHeaderNames.UPGRADE, "websocket", true);
    }

    /** From now on the answer tells the browser that this origin may read it. */
    public void allow(String origin) {
        allowedOrigin = origin;
    }

    /** What is to be done if the client goes away before the answer. */
    void whenAbandoned(Runnable action) {
        whenAbandoned = action;
    }

    /** The client has gone away. */
    void abandoned() {
        whenAbandoned.run();
    }

    public String peer() {
        return context.channel().remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "unknown";
    }

    ConnectionRequest handshake() {
        Map<String, String> named = new LinkedHashMap<>();
        headers.forEach(header -> named.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new ConnectionRequest(peer(), named, query, uri, System.currentTimeMillis());
    }

    public void reply(int status, String type, String body) {
        reply(status, type, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8), Map.of());
    }

    public void reply(int status, String type, ByteBuf body, Map<String, String> more) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        HttpHeaders out = response.headers();
        out.set(HttpHeaderNames.CONTENT_TYPE, type);
        out.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        out.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        out.set("X-Content-Type-Options", "nosniff");
        more.forEach(out::set);
        if (allowedOrigin != null) {
            out.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowedOrigin);
            out.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            out.set(HttpHeaderNames.VARY, "Origin");
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        ChannelFuture written = context.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static String pathOf(String uri) {
        try {
            return new QueryStringDecoder(uri).path();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
