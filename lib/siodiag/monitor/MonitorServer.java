package siodiag.monitor;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import siodiag.core.PortInUseException;
import siodiag.core.Urls;
import siodiag.recording.RecordedEvent;
import siodiag.server.EngineEndpoint;
import siodiag.server.Hub;
import siodiag.server.NettyListener;
import siodiag.server.NettyTransport;
import siodiag.server.ServerApplication;
import siodiag.server.ServerConfig;
import siodiag.server.ServerEvent;

/**
 * A Socket.IO server that takes the place of the real one, relays according to the {@code echo} flow, and shows everything
 * that reaches it. Engine.IO 3 and 4 over polling and WebSocket.
 */
public final class MonitorServer implements AutoCloseable {
    private final ServerConfig config;
    private final NettyListener listening;
    private final Hub hub;
    private final RedisCluster cluster;

    private MonitorServer(ServerConfig config, NettyListener listening, Hub hub, RedisCluster cluster) {
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
    public static MonitorServer start(ServerConfig config) throws IOException {
        return start(config, StandIn::new, List.of());
    }

    public static MonitorServer start(
            ServerConfig config, Function<Hub, ServerApplication> application, List<ServerEvent.Listener> listeners)
            throws IOException {
        NettyListener listening = new NettyListener();
        Hub hub = new Hub(config, listening.loop(), application);
        listeners.forEach(hub.observers()::add);
        Pages pages = hub.application() instanceof StandIn standIn ? new Pages(hub, standIn) : null;
        Throwable failure = listening
                .bind(config, new EngineEndpoint(hub), pages)
                .awaitUninterruptibly()
                .cause();
        if (failure == null) {
            hub.bound(listening.port());
            MonitorServer server = new MonitorServer(config, listening, hub, joined(config, listening, hub));
            hub.run(started -> started.observe(ServerEvent.note(
                    RecordedEvent.Kind.START,
                    RecordedEvent.Direction.NONE,
                    server.url() + config.path() + ", " + listening.transport())));
            return server;
        }
        listening.stop();
        throw NettyTransport.bindFailure(config.host(), config.port(), failure);
    }

    /** The address clients use, without a path: {@code http://127.0.0.1:43210}. */
    public String url() {
        return Urls.http(config.host(), port());
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return Urls.isLoopback(config.host());
    }

    public int port() {
        return listening.port();
    }

    /** Configured groups of event handlers that could not be registered; empty if all is well. */
    public List<String> missingHandlers() {
        return hub.application() instanceof StandIn standIn ? standIn.handlers().missing() : List.of();
    }

    /** Says goodbye to every client and stops, within half a second. */
    @Override
    public void close() {
        if (!listening.loop().isShuttingDown()) {
            listening
                    .loop()
                    .submit(() -> {
                        hub.closeAll("server shutting down");
                        hub.observe(ServerEvent.note(RecordedEvent.Kind.STOP, RecordedEvent.Direction.NONE, null));
                    })
                    .awaitUninterruptibly(200, TimeUnit.MILLISECONDS);
        }
        if (cluster != null) {
            cluster.close();
        }
        listening.stop();
    }

    private static RedisCluster joined(ServerConfig config, NettyListener listening, Hub hub) throws IOException {
        if (config.redis() == null) {
            return null;
        }
        try {
            RedisCluster cluster = new RedisCluster(config.redis(), hub, listening.client());
            hub.run(there -> there.join(cluster));
            return cluster;
        } catch (IOException e) {
            listening.stop();
            throw e;
        }
    }
}
