package siodiag.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import siodiag.recording.RecordedEvent;

/**
 * Hands events from the server's thread to another that may take its time, in their order and in batches. What waits
 * is bounded in bytes, not in events.
 */
public final class Backlog implements AutoCloseable {
    private static final int BYTES = 16 << 20;
    private static final int BATCH = 512;
    private static final int OVERHEAD = 512;
    private static final int CLOSE_SECONDS = 10;
    private static final ServerEvent END =
            ServerEvent.note(RecordedEvent.Kind.STOP, RecordedEvent.Direction.NONE, null);

    private final BlockingQueue<ServerEvent> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(BYTES);
    private final Consumer<List<ServerEvent>> consumer;
    private final Thread thread;
    private volatile String failure;

    public Backlog(String name, Consumer<List<ServerEvent>> consumer) {
        this.consumer = consumer;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until there is room. */
    public void put(ServerEvent event) {
        room.acquireUninterruptibly(cost(event));
        queue.add(event);
    }

    /** @return false, and nothing else, if there is no room */
    public boolean offer(ServerEvent event) {
        return room.tryAcquire(cost(event)) && queue.add(event);
    }

    /** The consumer's first exception, or null. It goes on with the next batch. */
    public String failure() {
        return failure;
    }

    /** Returns when everything is consumed, or after ten seconds. */
    @Override
    public void close() {
        queue.add(END);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<ServerEvent> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                boolean ends = batch.get(batch.size() - 1) == END;
                if (ends) {
                    batch.remove(batch.size() - 1);
                }
                consume(batch);
                batch.forEach(event -> room.release(cost(event)));
                batch.clear();
                if (ends) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A consumer that fails must not end its thread: the server would wait for room for ever. */
    private void consume(List<ServerEvent> batch) {
        try {
            consumer.accept(batch);
        } catch (RuntimeException e) {
            failure = failure == null ? e.toString() : failure;
        }
    }

    private static int cost(ServerEvent event) {
        int text = event.args() == null ? 0 : event.args().length();
        return Math.min(
                BYTES / 4,
                OVERHEAD + 2 * text + event.binaryBytes() + 40 * event.to().size());
    }
}
