package siodiag;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * Joins several monitors into one over Redis: what one relays to a room or a namespace, the others relay to their own
 * clients in it. A Redis that goes away is waited for; what is relayed meanwhile is sent when it is back, up to a bound.
 */
final class MonitorCluster implements AutoCloseable {
    private static final String CHANNEL = "socketio-monitor";
    private static final int MOST_WAITING = 10_000;
    private static final int RETRY_MS = 300;
    /**
     * What travels between monitors.
     *
     * @param node      who sends it, so that it is not relayed twice
     * @param room      null for everybody in the namespace
     * @param event     the name as a JSON literal
     * @param arguments each as JSON text
     */
    record Broadcast(String node, String namespace, String room, String event, List<String> arguments,
                     List<byte[]> attachments) {
    }

    private interface Work {
        void with(MonitorRedis redis) throws IOException, InterruptedException;
    }

    private final String node = UUID.randomUUID().toString();
    private final URI url;
    private final MonitorHub hub;
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(MOST_WAITING);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads;
    private volatile MonitorRedis subscribed;
    private String unsent;

    /** @throws IOException if Redis can't be reached now; later it is waited for */
    MonitorCluster(URI url, MonitorHub hub) throws IOException {
        this.url = url;
        this.hub = hub;
        try (MonitorRedis there = new MonitorRedis(url)) {
            this.threads = List.of(thread("monitor-redis-in", this::receive), thread("monitor-redis-out", this::send));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("can't reach Redis at " + url.getHost() + ":" + url.getPort() + ": " + e.getMessage(), e);
        }
        threads.forEach(Thread::start);
    }

    /** On the server's thread. */
    void publish(String namespace, String room, String event, List<String> arguments, List<byte[]> attachments) {
        try {
            String message = MonitorJson.MAPPER.writeValueAsString(
                    new Broadcast(node, namespace, room, event, arguments, attachments));
            if (!outgoing.offer(message)) {
                hub.observe(MonitorEvent.note(MonitorEvent.Kind.ERROR, MonitorEvent.Direction.OUT,
                        "not sent to the other monitors: Redis is away and " + MOST_WAITING + " events wait already"));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);   // strings and bytes always can be written
        }
    }

    @Override
    public void close() {
        closed.countDown();
        threads.forEach(Thread::interrupt);
        MonitorRedis reading = subscribed;
        if (reading != null) {
            reading.close();
        }
    }

    private Thread thread(String name, Work work) {
        Thread thread = new Thread(() -> keepDoing(work), name);
        thread.setDaemon(true);
        return thread;
    }

    /** Does the work on one connection after the other, until closed. */
    private void keepDoing(Work work) {
        boolean told = false;
        while (closed.getCount() > 0) {
            try (MonitorRedis redis = new MonitorRedis(url)) {
                told = false;
                work.with(redis);
            } catch (IOException e) {
                if (!told && closed.getCount() > 0) {
                    told = true;
                    hub.run(there -> there.observe(MonitorEvent.note(MonitorEvent.Kind.ERROR, MonitorEvent.Direction.NONE,
                            "Redis: " + e.getMessage())));
                }
                awaitRetry();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void awaitRetry() {
        try {
            closed.await(RETRY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    private void receive(MonitorRedis redis) throws IOException {
        subscribed = redis;
        redis.subscribe(CHANNEL);
        while (true) {
            String message = redis.nextMessage();
            try {
                Broadcast broadcast = MonitorJson.MAPPER.readValue(message, Broadcast.class);
                if (!broadcast.node().equals(node)) {
                    hub.run(there -> there.relay(broadcast));
                }
            } catch (JsonProcessingException e) {
                hub.run(there -> there.observe(MonitorEvent.note(MonitorEvent.Kind.MALFORMED, MonitorEvent.Direction.IN,
                        "on Redis' channel " + CHANNEL + ": " + Text.quote(message, 200))));
            }
        }
    }

    /** A message counts as sent only when Redis has taken it. */
    private void send(MonitorRedis redis) throws IOException, InterruptedException {
        while (true) {
            if (unsent == null) {
                unsent = outgoing.take();
            }
            redis.publish(CHANNEL, unsent);
            unsent = null;
        }
    }
}
