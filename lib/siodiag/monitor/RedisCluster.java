package siodiag.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.netty.bootstrap.Bootstrap;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import siodiag.core.JsonText;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;
import siodiag.server.Hub;
import siodiag.server.RedisUrl;
import siodiag.server.ServerEvent;
import siodiag.server.ServerPeers;

/**
 * Joins several monitors into one over Redis: what one relays to a room or a namespace, the others relay to their own
 * clients in it. A Redis that goes away is waited for; what is relayed meanwhile is sent when it is back, up to a bound.
 */
final class RedisCluster implements ServerPeers, AutoCloseable {
    private static final int MAX_WAITING = 10_000;
    private static final long MAX_WAITING_CHARACTERS = 64 << 20;
    private static final int RETRY_MS = 300;
    /** Redis keeps no message for a subscriber that is not back yet, so after an outage the others get time to be. */
    private static final int SUBSCRIBERS_GRACE_MS = 3 * RETRY_MS;

    private final String node = UUID.randomUUID().toString();
    private final RedisUrl url;
    private final Hub hub;
    private final Bootstrap bootstrap;
    private final SslContext tls;
    private final Publisher publisher = new Publisher();
    private final Subscriber subscriber = new Subscriber();
    private String failure;
    private volatile boolean closed;

    /**
     * @param bootstrap the server's event loop and its kind of channel
     * @throws IOException if Redis can't be used now; later it is waited for
     */
    RedisCluster(URI redis, Hub hub, Bootstrap bootstrap) throws IOException {
        this.url = RedisUrl.of(redis);
        this.hub = hub;
        this.bootstrap = bootstrap;
        this.tls = !url.tls()
                ? null
                : SslContextBuilder.forClient()
                        .sslProvider(SslProvider.JDK)
                        .endpointIdentificationAlgorithm("HTTPS")
                        .build();
        publisher.connect();
        subscriber.connect();
        try {
            CompletableFuture.allOf(publisher.started, subscriber.started).join();
        } catch (CompletionException e) {
            close();
            throw new IOException(
                    "cannot connect to Redis at " + url + ": " + e.getCause().getMessage(), e);
        }
    }

    /** On the server's thread. */
    @Override
    public void publish(String namespace, String room, String event, List<String> arguments, List<byte[]> attachments) {
        try {
            publisher.send(JsonText.MAPPER.writeValueAsString(
                    new ServerPeers.Broadcast(node, namespace, room, event, arguments, attachments)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // strings and bytes always can be written
        }
    }

    /** Why the others get nothing at the moment, or null. On the server's thread. */
    @Override
    public String failure() {
        return failure;
    }

    /** The connections end with the event loop. */
    @Override
    public void close() {
        closed = true;
    }

    private void error(String what) {
        hub.observe(ServerEvent.note(RecordedEvent.Kind.ERROR, RecordedEvent.Direction.OUT, what));
    }

    /** A connection that is made again whenever it is lost. Redis takes no commands on one that subscribes, hence two. */
    private abstract class Link implements RedisConnection.User {
        /** Done when the link works for the first time, or failed if it could not be made. */
        final CompletableFuture<Void> started = new CompletableFuture<>();

        boolean working;

        void connect() {
            RedisConnection.connect(bootstrap, url, tls, this);
        }

        void works() {
            working = true;
            started.complete(null);
            if (failure != null && publisher.working && subscriber.working) {
                failure = null;
                hub.observe(ServerEvent.note(
                        RecordedEvent.Kind.NOTE, RecordedEvent.Direction.NONE, "Redis: connected again"));
            }
        }

        @Override
        public void closed(String reason) {
            working = false;
            started.completeExceptionally(new IOException(reason));
            if (closed || started.isCompletedExceptionally()) {
                return;
            }
            if (failure == null) {
                failure = reason;
                error("Redis: " + reason);
            }
            hub.loop().schedule(this::connect, RETRY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** A message counts as sent when Redis has confirmed it; until then it is kept, to be sent again. */
    private final class Publisher extends Link {
        private final Deque<String> waiting = new ArrayDeque<>();
        private final Deque<String> unconfirmed = new ArrayDeque<>();
        private long characters;
        private RedisConnection redis;

        void send(String message) {
            if (waiting.size() + unconfirmed.size() >= MAX_WAITING
                    || characters + message.length() > MAX_WAITING_CHARACTERS) {
                error("not sent to the other monitors: " + Text.count(waiting.size() + unconfirmed.size(), "event")
                        + " already waiting for Redis");
                return;
            }
            waiting.add(message);
            characters += message.length();
            flush();
        }

        @Override
        public void ready(RedisConnection connection) {
            redis = connection;
            hub.loop()
                    .schedule(
                            () -> {
                                if (redis == connection) {
                                    works();
                                    flush();
                                }
                            },
                            started.isDone() ? SUBSCRIBERS_GRACE_MS : 0,
                            TimeUnit.MILLISECONDS);
        }

        @Override
        public void closed(String reason) {
            redis = null;
            while (!unconfirmed.isEmpty()) {
                waiting.addFirst(unconfirmed.removeLast());
            }
            super.closed(reason);
        }

        private void flush() {
            while (working && !waiting.isEmpty()) {
                String message = waiting.remove();
                unconfirmed.add(message);
                redis.call(this::confirmed, "PUBLISH", url.channel(), message);
            }
        }

        private void confirmed(RedisMessage reply) {
            characters -= unconfirmed.remove().length();
            if (reply instanceof ErrorRedisMessage refusal) {
                error("not sent to the other monitors: Redis answered " + Text.quote(refusal.content(), 120));
            }
        }

        @Override
        public void received(String message) {
            throw new IllegalStateException("a message without a subscription");
        }

        @Override
        public void dropped(int bytes) {
            throw new IllegalStateException("a message without a subscription");
        }
    }

    private final class Subscriber extends Link {
        @Override
        public void ready(RedisConnection redis) {
            redis.call(
                    reply -> {
                        if (!redis.isError(reply)) {
                            works();
                        }
                    },
                    "SUBSCRIBE",
                    url.channel());
        }

        @Override
        public void received(String message) {
            try {
                ServerPeers.Broadcast broadcast = JsonText.MAPPER.readValue(message, ServerPeers.Broadcast.class);
                if (broadcast != null && !broadcast.node().equals(node)) {
                    hub.relay(broadcast);
                }
            } catch (JsonProcessingException e) {
                malformed("not an event of a monitor: " + Text.quote(message, 200));
            }
        }

        @Override
        public void dropped(int bytes) {
            malformed(Text.count(bytes, "byte") + ", more than the " + RedisConnection.MAX_MESSAGE
                    + " that are accepted");
        }

        private void malformed(String what) {
            hub.observe(ServerEvent.note(
                    RecordedEvent.Kind.MALFORMED,
                    RecordedEvent.Direction.IN,
                    "on Redis channel " + url.channel() + ": " + what));
        }
    }
}
