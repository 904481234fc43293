package siodiag.watch;

import io.netty.channel.EventLoopGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import siodiag.server.NettyTransport;
import siodiag.target.Target;

/** Many targets, each at its own pace: a few threads examine them one after the other, and an event loop keeps connections. */
final class Watch implements AutoCloseable {
    /** So many are examined at the same time. */
    private static final int WORKERS = 16;

    private static final int LOOPS = 2;
    /** Between the first examinations of many targets. */
    private static final long STAGGER_MS = 50;

    private final List<TargetWatch> targets = new ArrayList<>();
    private final Set<TargetWatch> running = new HashSet<>();
    private final Map<TargetWatch, Future<?>> next = new HashMap<>();
    private final Set<TargetWatch> hurried = new HashSet<>();
    private final Consumer<Throwable> failures;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Daemons.named("watch clock"));
    private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS, Daemons.named("watch worker"));
    private final EventLoopGroup loops;

    /** A target and its own pace. */
    record Watched(Target target, Pace pace) {}

    /**
     * @param keep     whether connections are kept
     * @param failures hears what should not happen
     */
    Watch(List<Watched> watched, boolean keep, WatchListener listener, Consumer<Throwable> failures) {
        this.failures = failures;
        this.loops = keep ? NettyTransport.group(LOOPS, "watch connections") : null;
        watched.forEach(one -> targets.add(
                new TargetWatch(one.target(), one.pace(), keep ? loops.next() : null, listener, this::hurry)));
    }

    List<TargetWatch> targets() {
        return targets;
    }

    void start() {
        for (int i = 0; i < targets.size(); i++) {
            later(targets.get(i), i * STAGGER_MS);
        }
    }

    private void later(TargetWatch target, long ms) {
        synchronized (running) {
            Future<?> before = next.remove(target);
            if (before != null) {
                before.cancel(false);
            }
            try {
                next.put(target, clock.schedule(() -> submit(target), Math.max(0, ms), TimeUnit.MILLISECONDS));
            } catch (RejectedExecutionException over) {
                // Nothing is examined any more.
            }
        }
    }

    /** Now, or right after the examination that is under way. */
    private void hurry(TargetWatch target) {
        synchronized (running) {
            if (running.contains(target)) {
                hurried.add(target);
            } else {
                later(target, 0);
            }
        }
    }

    private void submit(TargetWatch target) {
        synchronized (running) {
            if (!running.add(target)) {
                return;
            }
        }
        workers.execute(() -> examine(target));
    }

    private void examine(TargetWatch target) {
        long began = System.nanoTime();
        try {
            target.examine();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error unexpected) {
            failures.accept(unexpected);
        }
        long took = (System.nanoTime() - began) / 1_000_000;
        synchronized (running) {
            running.remove(target);
            later(target, hurried.remove(target) ? 0 : target.pause().toMillis() - took);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        workers.shutdownNow();
        targets.forEach(TargetWatch::close);
        if (loops != null) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
