package siodiag.watch;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import siodiag.command.ServerAddress;
import siodiag.target.Target;

/** Examines a target each time it is asked for one; what it learned of the target stays for the next time. */
final class Prober {
    private static final int MAX_KNOWN = 1000;
    private static final int WORKERS = 16;
    /** Each request is an examination, and counts. */
    private static final Pace PACE = new Pace(Duration.ZERO, Duration.ofMinutes(10), 1);

    private final AllowList allowed;
    private final Function<ServerAddress, Target> options;
    private final Map<URI, Probed> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Probed> eldest) {
            return size() > MAX_KNOWN;
        }
    };
    private final Executor workers = Executors.newFixedThreadPool(WORKERS, Daemons.named("probe"));

    /** A target, and its examination where one is under way. */
    private static final class Probed {
        final TargetWatch watch;
        CompletableFuture<String> running;

        Probed(Target target) {
            watch = new TargetWatch(target, PACE, null, new WatchListener() {}, hurried -> {});
        }
    }

    /** @param options makes a target of an address, with the command's options */
    Prober(AllowList allowed, Function<ServerAddress, Target> options) {
        this.allowed = allowed;
        this.options = options;
    }

    /**
     * The metrics of one examination. Who asks while one is under way gets the result of that one.
     *
     * @throws siodiag.core.UsageException where the target is not allowed
     */
    String probe(String target, Duration timeout) throws InterruptedException {
        ServerAddress address = allowed.admitted(target);
        long began = System.nanoTime();
        try {
            return started(address).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return ProbeMetrics.timedOut((System.nanoTime() - began) / 1e6);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private CompletableFuture<String> started(ServerAddress address) {
        synchronized (known) {
            Probed probed = known.computeIfAbsent(address.url(), url -> new Probed(options.apply(address)));
            if (probed.running == null || probed.running.isDone()) {
                probed.running = CompletableFuture.supplyAsync(() -> examine(probed.watch), workers);
            }
            return probed.running;
        }
    }

    private static String examine(TargetWatch watch) {
        long began = System.nanoTime();
        try {
            watch.examine();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return ProbeMetrics.of(watch.state(), watch.last(), (System.nanoTime() - began) / 1e6);
    }
}
