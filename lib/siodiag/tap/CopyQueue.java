package siodiag.tap;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Does the decoding on a thread of its own, in order, so that bytes go on at once. What waits is bounded in bytes; what has no
 * room is not decoded.
 */
final class CopyQueue implements AutoCloseable {
    static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final int OVERHEAD = 256;
    private static final int CLOSE_SECONDS = 20;

    private final Semaphore room;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final ThreadPoolExecutor decoder =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), CopyQueue::thread);

    CopyQueue(int maxBytes) {
        this.room = new Semaphore(maxBytes);
    }

    /** @param bytes what the work holds @return false, and nothing else, where there is no room */
    boolean offer(int bytes, Runnable work) {
        int cost = bytes + OVERHEAD;
        if (!room.tryAcquire(cost)) {
            return false;
        }
        decoder.execute(() -> {
            run(work);
            room.release(cost);
        });
        return true;
    }

    /** For what is small and must not be missing. */
    void put(Runnable work) {
        decoder.execute(() -> run(work));
    }

    /** The first error of the decoder itself, or null; it went on with what followed. */
    RuntimeException failure() {
        return failure.get();
    }

    /** Returns when all is decoded, or after twenty seconds. */
    @Override
    public void close() {
        decoder.shutdown();
        try {
            decoder.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException unexpected) {
            failure.compareAndSet(null, unexpected);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "tap-decoder");
        thread.setDaemon(true);
        return thread;
    }
}
