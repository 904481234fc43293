package siodiag;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The threads that the wire and the probes run on: daemons, so that no wait outlives the program. */
final class Threads {
    private static final ExecutorService POOL = Executors.newCachedThreadPool(task -> daemon(task, "probe"));
    private static final ScheduledExecutorService CLOCK =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "deadlines"));

    private Threads() {
    }

    static <T> CompletableFuture<T> start(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        POOL.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    static void run(Runnable work) {
        POOL.execute(work);
    }

    static ScheduledFuture<?> after(Duration time, Runnable work) {
        return CLOCK.schedule(work, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
