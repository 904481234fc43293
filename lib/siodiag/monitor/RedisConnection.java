package siodiag.monitor;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.RedisArrayAggregator;
import io.netty.handler.codec.redis.RedisCodecException;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import siodiag.core.Text;
import siodiag.server.RedisUrl;

/**
 * One connection to Redis on the server's event loop, as much of it as publish and subscribe need. Netty's codec reads
 * and writes the protocol (RESP 2). A connection that has been silent for a while is asked for a sign of life.
 */
final class RedisConnection extends SimpleChannelInboundHandler<RedisMessage> {
    /** Redis itself disconnects a subscriber for whom more waits, unless it is configured otherwise. */
    static final int MAX_MESSAGE = 32 << 20;

    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int SETUP_TIMEOUT_MS = 5_000;
    private static final int IDLE_SECONDS = 10;
    private static final int MAX_ELEMENTS = 16;

    /** Who uses the connection; called on the event loop. */
    interface User {
        /** Logged in: commands may be sent. */
        void ready(RedisConnection redis);

        /** A message on the channel that was subscribed to. */
        void received(String message);

        /** One that was longer than {@link #MAX_MESSAGE}. */
        void dropped(int bytes);

        /** The connection could not be made or has ended; called once. */
        void closed(String reason);
    }

    private final RedisUrl url;
    private final User user;
    private final Queue<Consumer<RedisMessage>> replies = new ArrayDeque<>();
    private ChannelHandlerContext context;
    private String failure;
    private boolean ready;
    private boolean pinged;

    RedisConnection(RedisUrl url, User user) {
        this.url = url;
        this.user = user;
    }

    /**
     * Connects; the user hears how it went.
     *
     * @param bootstrap the event loop and its kind of channel
     * @param tls       null for a plain connection
     */
    static void connect(Bootstrap bootstrap, RedisUrl url, SslContext tls, User user) {
        CompletableFuture.supplyAsync(() -> new InetSocketAddress(url.host(), url.port())) // a lookup blocks
                .whenCompleteAsync(
                        (address, failed) -> new RedisConnection(url, user).open(bootstrap, address, tls),
                        bootstrap.config().group());
    }

    private void open(Bootstrap bootstrap, InetSocketAddress address, SslContext tls) {
        if (address.isUnresolved()) {
            user.closed("host " + url.host() + " has no address");
            return;
        }
        bootstrap
                .clone()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc(), url.host(), url.port()));
                        }
                        install(channel.pipeline());
                    }
                })
                .connect(address)
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        user.closed(reason(connected.cause()));
                    }
                });
    }

    void install(ChannelPipeline pipeline) {
        pipeline.addLast(
                new IdleStateHandler(IDLE_SECONDS, 0, 0, TimeUnit.SECONDS),
                new RedisEncoder(),
                new RedisDecoder(),
                new RedisStrings(MAX_MESSAGE),
                new RedisArrayAggregator(MAX_ELEMENTS, 2),
                this);
    }

    /** Sends a command. @param reply takes the answer, which may be an error */
    void call(Consumer<RedisMessage> reply, String... words) {
        List<RedisMessage> bulks = Stream.of(words)
                .<RedisMessage>map(word ->
                        new FullBulkStringRedisMessage(Unpooled.wrappedBuffer(word.getBytes(StandardCharsets.UTF_8))))
                .toList();
        replies.add(reply);
        context.writeAndFlush(new ArrayRedisMessage(bulks));
    }

    /** Ends the connection; the user learns why. */
    void fail(String reason) {
        failure = failure == null ? reason : failure;
        context.close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context.executor()
                .schedule(
                        () -> {
                            if (!ready) {
                                fail("timed out after " + SETUP_TIMEOUT_MS / 1000 + " s");
                            }
                        },
                        SETUP_TIMEOUT_MS,
                        TimeUnit.MILLISECONDS);
        if (url.password() != null) {
            setUp(
                    url.user() == null
                            ? new String[] {"AUTH", url.password()}
                            : new String[] {"AUTH", url.user(), url.password()});
        }
        if (url.database() != 0) {
            setUp("SELECT", String.valueOf(url.database()));
        }
        call(
                reply -> {
                    if (!isError(reply)) {
                        ready = true;
                        user.ready(this);
                    }
                },
                "PING");
    }

    private void setUp(String... command) {
        call(this::isError, command);
    }

    /** An error ends the connection. */
    boolean isError(RedisMessage reply) {
        if (reply instanceof ErrorRedisMessage error) {
            fail(Text.cut(error.content(), 120));
            return true;
        }
        return false;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, RedisMessage message) {
        pinged = false;
        List<RedisMessage> elements = message instanceof ArrayRedisMessage array ? array.children() : List.of();
        if (elements.size() == 3 && text(elements.get(0)).equals("message")) {
            if (elements.get(2) instanceof RedisStrings.TooLong dropped) {
                user.dropped(dropped.bytes());
            } else {
                user.received(text(elements.get(2)));
            }
            return;
        }
        Consumer<RedisMessage> reply = replies.poll();
        if (reply != null) {
            reply.accept(message);
        } else {
            fail("an unexpected reply");
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext from, Object event) throws Exception {
        if (event instanceof IdleStateEvent && pinged) {
            fail("no answer for " + 2 * IDLE_SECONDS + " s");
        } else if (event instanceof IdleStateEvent && ready) {
            pinged = true;
            call(reply -> {}, "PING");
        }
        super.userEventTriggered(from, event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        fail(
                cause instanceof RedisCodecException || cause.getCause() instanceof RedisCodecException
                        ? "not a Redis server"
                        : reason(cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        user.closed(failure == null ? "the connection was closed" : failure);
    }

    private static String text(RedisMessage message) {
        return message instanceof SimpleStringRedisMessage string ? string.content() : "";
    }

    /** The innermost cause is the most specific one: {@code Connection refused}, a certificate's fault. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        return Text.cut(message, 200);
    }
}
