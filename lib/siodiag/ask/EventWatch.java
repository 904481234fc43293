package siodiag.ask;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import siodiag.core.Deadline;
import siodiag.core.Pace;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;

/** Receives the events of some namespaces for a time. A connection that ends is opened again, as clients do. */
final class EventWatch {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final AskServer server;
    private final List<String> namespaces;
    private final Consumer<ReceivedEvent> observer;
    private final Consumer<String> notices;
    private final EventCounts counts = new EventCounts();
    private List<AskConnection> first = List.of();
    private final List<WatchResult.Outage> outages = new ArrayList<>();

    /**
     * @param observer told of each event
     * @param notices  told of each connection that ends or is there again, in a sentence
     */
    EventWatch(AskServer server, List<String> namespaces, Consumer<ReceivedEvent> observer, Consumer<String> notices) {
        this.server = server;
        this.namespaces = namespaces;
        this.observer = observer;
        this.notices = notices;
    }

    /** @throws AskException where a namespace does not accept the client from the start */
    EventWatch connect() {
        first = namespaces.stream().map(server::connect).toList();
        return this;
    }

    /** Once it is connected. */
    WatchResult run(Duration time) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        Deadline end = Deadline.in(time);
        try (Scope scope = new Scope()) {
            List<CompletableFuture<Void>> watching = first.stream()
                    .map(connection -> scope.<Void>fork("watch " + connection.namespace(), () -> {
                        watch(connection, end);
                        return null;
                    }))
                    .toList();
            for (CompletableFuture<Void> one : watching) {
                Scope.await(one);
            }
        }
        return new WatchResult(namespaces, watch.millis() / 1000, counts, List.copyOf(outages));
    }

    private void watch(AskConnection first, Deadline end) throws InterruptedException {
        AskConnection connection = first;
        while (connection != null) {
            String how = receive(connection, end);
            connection = end.passed() ? null : again(connection.namespace(), how, end);
        }
    }

    /** @return how the connection ended; empty where the time is over */
    private String receive(AskConnection connection, Deadline end) throws InterruptedException {
        try (connection) {
            return connection.receive(end, event -> {
                counts.add(event);
                observer.accept(event);
            });
        }
    }

    /** Connects until that works or the time is over; then null. */
    private AskConnection again(String namespace, String how, Deadline end) throws InterruptedException {
        notices.accept(namespace + ": " + how + "; connecting again");
        Stopwatch away = new Stopwatch();
        AskConnection connection = null;
        while (connection == null && !end.passed()) {
            connection = attempt(namespace);
            if (connection == null) {
                Pace.awaitUntil(end.orSooner(RETRY).nanos());
            }
        }
        WatchResult.Outage outage =
                new WatchResult.Outage(namespace, how, Duration.ofMillis((long) away.millis()), connection != null);
        synchronized (outages) {
            outages.add(outage);
        }
        if (connection != null) {
            notices.accept(namespace + ": connected again");
        }
        return connection;
    }

    private AskConnection attempt(String namespace) {
        try {
            return server.connect(namespace);
        } catch (AskException notYet) {
            return null; // what stands in the way is told by the first connection's end
        }
    }
}
