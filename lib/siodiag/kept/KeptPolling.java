package siodiag.kept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import siodiag.core.Text;
import siodiag.protocol.Handshake;
import siodiag.protocol.Site;

/** A connection over polling: a GET that is always open, and a POST for what is sent; a TCP connection for each. */
final class KeptPolling extends KeptConnection {
    private static final int MAX_ANSWER = 4 * 1024 * 1024;
    private static final long CLOSE_MS = 1000;
    private static final String SEPARATOR = "\u001e";

    private final Front front;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Set<Channel> channels = new HashSet<>();
    private final List<String> waiting = new ArrayList<>();
    private String target;
    private boolean posting;

    KeptPolling(Peer peer, EventLoop loop, Front front, Listener listener) {
        super(peer, loop, listener);
        this.front = front;
    }

    @Override
    void connect() {
        exchange(HttpMethod.GET, Site.uncached(peer.site().handshakeTarget(4, "polling")), "", body -> {
            Handshake.parse(body.split(SEPARATOR, 2)[0])
                    .ifPresent(handshake -> target = peer.site().sessionTarget("polling", handshake));
            receive(body);
            if (target != null) {
                poll();
            }
        });
    }

    private void poll() {
        if (!isOver()) {
            exchange(HttpMethod.GET, Site.uncached(target), "", body -> {
                receive(body);
                poll();
            });
        }
    }

    private void receive(String body) {
        for (String packet : body.split(SEPARATOR)) {
            received(packet);
        }
    }

    /** One POST at a time: Node ends a session whose POSTs overlap. */
    @Override
    void send(List<String> packets) {
        waiting.addAll(packets);
        if (!posting) {
            post();
        }
    }

    private void post() {
        String payload = String.join(SEPARATOR, waiting);
        waiting.clear();
        posting = true;
        exchange(HttpMethod.POST, Site.uncached(target), payload, done -> {
            posting = false;
            if (!waiting.isEmpty() && !isOver()) {
                post();
            }
        });
    }

    @Override
    void release() {
        Runnable close = () -> List.copyOf(channels).forEach(Channel::close);
        if (posting) { // perhaps the close packet: the server ends both then
            loop.schedule(close, CLOSE_MS, TimeUnit.MILLISECONDS);
        } else {
            close.run();
        }
    }

    /** One request on a connection of its own. @param then told of the body of a 200 */
    private void exchange(HttpMethod method, String path, String payload, Consumer<String> then) {
        peer.connect(
                        loop,
                        peer.timeout(),
                        new HttpClientCodec(),
                        new HttpObjectAggregator(MAX_ANSWER),
                        new Answer(then))
                .addListener((ChannelFutureListener) attempt -> {
                    if (attempt.isSuccess()) {
                        channels.add(attempt.channel());
                        attempt.channel().closeFuture().addListener(closed -> channels.remove(attempt.channel()));
                        attempt.channel().writeAndFlush(request(method, path, payload));
                        traffic();
                    } else {
                        end(
                                Ending.Kind.RST,
                                Text.cut(String.valueOf(attempt.cause().getMessage()), 120));
                    }
                });
    }

    private DefaultFullHttpRequest request(HttpMethod method, String path, String payload) {
        ByteBuf content = Unpooled.copiedBuffer(payload, StandardCharsets.UTF_8);
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, content);
        peer.headers(cookies).forEach((name, value) -> request.headers().set(name, value));
        request.headers().set("Connection", "close");
        if (method == HttpMethod.POST) {
            request.headers().set("Content-Type", "text/plain;charset=UTF-8");
            request.headers().set("Content-Length", content.readableBytes());
        }
        return request;
    }

    /** Reads one answer. */
    private final class Answer extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final Consumer<String> then;
        private boolean done;

        Answer(Consumer<String> then) {
            this.then = then;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            done = true;
            front.see(response);
            keepCookies(response);
            int status = response.status().code();
            if (status == 200) {
                traffic();
                String body = response.content().toString(StandardCharsets.UTF_8);
                context.close();
                then.accept(body);
            } else if (isOpen() || status >= 500) {
                end(Ending.Kind.HTTP, Text.cut("HTTP " + response.status(), 60));
            } else {
                fail(false, Text.cut("HTTP " + response.status(), 60));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!done) {
                end(Ending.Kind.FIN, "a request was not answered");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            if (!done) {
                end(Failures.kind(failure), Failures.detail(failure));
            }
        }
    }

    private void keepCookies(FullHttpResponse response) {
        for (String header : response.headers().getAll("Set-Cookie")) {
            Cookie cookie = ClientCookieDecoder.LAX.decode(header);
            if (cookie != null) {
                cookies.put(cookie.name(), cookie.value());
            }
        }
    }
}
