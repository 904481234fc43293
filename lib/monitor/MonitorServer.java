package siodiag;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A Socket.IO server that stands in for the real one, relays as the {@code echo} flow says, and hides nothing of what
 * reaches it. Speaks Engine.IO 3 and 4 over polling and WebSocket.
 */
public final class MonitorServer implements AutoCloseable {
    private final MonitorConfig config;
    private final MonitorListening listening;
    private final MonitorHub hub;
    private final MonitorCluster cluster;

    private MonitorServer(MonitorConfig config, MonitorListening listening, MonitorHub hub, MonitorCluster cluster) {
        this.config = config;
        this.listening = listening;
        this.hub = hub;
        this.cluster = cluster;
    }

    /**
     * Binds and serves.
     *
     * @throws PortInUseException if somebody else has the port; names the process where the system tells
     * @throws IOException        if the address can't be bound for another reason
     */
    public static MonitorServer start(MonitorConfig config) throws IOException {
        return start(config, MonitorStandIn::new, List.of());
    }

    static MonitorServer start(MonitorConfig config, Function<MonitorHub, MonitorApplication> application,
                               List<MonitorEvent.Listener> listeners) throws IOException {
        MonitorListening listening = new MonitorListening();
        MonitorHub hub = new MonitorHub(config, listening.loop(), application);
        listeners.forEach(hub::listen);
        MonitorPages pages = hub.application() instanceof MonitorStandIn standIn ? new MonitorPages(hub, standIn) : null;
        Throwable failure = listening.bind(config, new MonitorEngine(hub), pages).awaitUninterruptibly().cause();
        if (failure == null) {
            MonitorServer server = new MonitorServer(config, listening, hub, joined(config, listening, hub));
            hub.run(started -> started.observe(MonitorEvent.note(MonitorEvent.Kind.START, MonitorEvent.Direction.NONE,
                    server.url() + config.path() + ", " + listening.transport())));
            return server;
        }
        listening.stop();
        throw String.valueOf(failure.getMessage()).contains("already in use")
                ? new PortInUseException(config.port(), failure)
                : new IOException("cannot listen on " + config.host() + ":" + config.port() + ": "
                + failure.getMessage(), failure);
    }

    /** The address clients use, without a path: {@code http://127.0.0.1:43210}. */
    public String url() {
        boolean everywhere = config.host().equals("0.0.0.0") || config.host().equals("::");
        String host = everywhere ? "127.0.0.1" : config.host();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port();
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return MonitorOrigins.isLoopback(config.host());
    }

    public int port() {
        return listening.port();
    }

    /** Configured groups of event handlers that could not be registered; empty if all is well. */
    public List<String> missingHandlers() {
        return hub.application() instanceof MonitorStandIn standIn ? standIn.handlers().missing() : List.of();
    }

    /** Says goodbye to every client and stops, within half a second. */
    @Override
    public void close() {
        if (!listening.loop().isShuttingDown()) {
            listening.loop().submit(() -> {
                hub.closeAll("server shutting down");
                hub.observe(MonitorEvent.note(MonitorEvent.Kind.STOP, MonitorEvent.Direction.NONE, null));
            }).awaitUninterruptibly(200, TimeUnit.MILLISECONDS);
        }
        if (cluster != null) {
            cluster.close();
        }
        listening.stop();
    }

    private static MonitorCluster joined(MonitorConfig config, MonitorListening listening, MonitorHub hub)
            throws IOException {
        if (config.redis() == null) {
            return null;
        }
        try {
            MonitorCluster cluster = new MonitorCluster(config.redis(), hub);
            hub.run(there -> there.join(cluster));
            return cluster;
        } catch (IOException e) {
            listening.stop();
            throw e;
        }
    }
}
