package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hands events from the server's thread to another that may take its time, in their order and in batches. What waits
 * is bounded in bytes, not in events.
 */
final class MonitorBacklog implements AutoCloseable {
    private static final int BYTES = 16 << 20;
    private static final int BATCH = 512;
    private static final int OVERHEAD = 512;
    private static final int CLOSE_SECONDS = 10;
    private static final MonitorEvent END = MonitorEvent.note(MonitorEvent.Kind.STOP, MonitorEvent.Direction.NONE, null);

    private final BlockingQueue<MonitorEvent> queue = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(BYTES);
    private final Consumer<List<MonitorEvent>> consumer;
    private final Thread thread;

    MonitorBacklog(String name, Consumer<List<MonitorEvent>> consumer) {
        this.consumer = consumer;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until there is room. */
    void put(MonitorEvent event) {
        room.acquireUninterruptibly(cost(event));
        queue.add(event);
    }

    /** @return false, and nothing else, if there is no room */
    boolean offer(MonitorEvent event) {
        return room.tryAcquire(cost(event)) && queue.add(event);
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
        List<MonitorEvent> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                boolean ends = batch.get(batch.size() - 1) == END;
                if (ends) {
                    batch.remove(batch.size() - 1);
                }
                consumer.accept(batch);
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

    private static int cost(MonitorEvent event) {
        int text = event.args() == null ? 0 : event.args().length();
        return Math.min(BYTES / 4, OVERHEAD + 2 * text + event.binaryBytes() + 40 * event.to().size());
    }
}
