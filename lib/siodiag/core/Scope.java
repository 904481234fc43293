package siodiag.core;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads and connections of one piece of work, such as a run. A thread that is forked inside a scope belongs to it, is
 * named after what it does, and does not outlive it: closing the scope closes its connections, interrupts its threads and
 * waits for them. All threads are daemons. Work outside of any scope belongs to one that lasts as long as the program.
 */
public final class Scope implements AutoCloseable {
    /** How long interrupted threads may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final ScheduledThreadPoolExecutor CLOCK = clock();
    private static final Scope PROGRAM = new Scope();
    private static final ThreadLocal<Scope> CURRENT = ThreadLocal.withInitial(() -> PROGRAM);

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<AutoCloseable> owned = ConcurrentHashMap.newKeySet();
    private boolean over;

    /** That of the calling thread. A callback may come on any thread: whoever forks in one keeps the scope in a field. */
    public static Scope current() {
        return CURRENT.get();
    }

    /** Once it is over, its threads open nothing and tell nothing any more. */
    public synchronized boolean isOver() {
        return over;
    }

    /** Does work on a thread of its own. @return its result; cancelled where the scope is over */
    public <T> CompletableFuture<T> fork(String name, Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        boolean started = start(name, () -> {
            try {
                result.complete(work.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        if (!started) {
            result.cancel(false);
        }
        return result;
    }

    /** Does work of which nobody awaits a result; what fails unexpectedly is shown. */
    public void run(String name, Runnable work) {
        start(name, () -> {
            try {
                work.run();
            } catch (CancellationException over) {
                // The scope was closed in the middle of it.
            }
        });
    }

    /** Does work on a thread of its own after a time, unless it is cancelled before or the scope is over by then. */
    public Future<?> runAfter(Duration time, String name, Runnable work) {
        return at(Deadline.in(time), () -> run(name, work));
    }

    /** A timer, to be cancelled by whoever no longer needs it. @param action short: all timers share a thread */
    public static Future<?> at(Deadline deadline, Runnable action) {
        return CLOCK.schedule(action, Math.max(0, deadline.nanos() - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Closes something with the scope, at once where that is over. */
    public void own(AutoCloseable resource) {
        owned.add(resource);
        if (isOver()) {
            closeOwned();
        }
    }

    /** It was closed before. */
    public void disown(AutoCloseable resource) {
        owned.remove(resource);
    }

    /** Waits for a result that never fails, no longer than until the scope is closed. */
    public static <T> T await(CompletableFuture<T> result) throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Waits for the threads that are still at work. @return whether all have ended in time */
    public boolean join(Deadline deadline) throws InterruptedException {
        for (Thread thread : threads) {
            if (thread != Thread.currentThread()) {
                thread.join(Math.max(1, deadline.millisLeft()));
            }
        }
        return threads.isEmpty();
    }

    /** Ends it without waiting for its threads. */
    public void cancel() {
        synchronized (this) {
            over = true;
        }
        closeOwned();
        threads.forEach(Thread::interrupt);
    }

    @Override
    public void close() {
        cancel();
        try {
            join(Deadline.in(GRACE));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean start(String name, Runnable work) {
        if (over) {
            return false;
        }
        Thread thread = new Thread(
                () -> {
                    CURRENT.set(this);
                    try {
                        work.run();
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                },
                name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return true;
    }

    private void closeOwned() {
        for (AutoCloseable resource : owned) {
            owned.remove(resource);
            try {
                resource.close();
            } catch (Exception gone) {
                // It was given up anyway.
            }
        }
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "timers");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }
}
