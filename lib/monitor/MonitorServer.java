package siodiag;

import java.io.IOException;
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

    private MonitorServer(MonitorConfig config, MonitorListening listening, MonitorHub hub) {
        this.config = config;
        this.listening = listening;
        this.hub = hub;
    }

    /**
     * Binds and serves.
     *
     * @throws PortInUseException if somebody else has the port; names the process where the system tells
     * @throws IOException        if the address can't be bound for another reason
     */
    public static MonitorServer start(MonitorConfig config) throws IOException {
        return start(config, EchoApplication::new);
    }

    static MonitorServer start(MonitorConfig config, Function<MonitorHub, MonitorApplication> application)
            throws IOException {
        MonitorListening listening = new MonitorListening();
        MonitorHub hub = new MonitorHub(config, listening.loop(), application);
        Throwable failure = listening.bind(config, new MonitorEngine(hub)).awaitUninterruptibly().cause();
        if (failure == null) {
            return new MonitorServer(config, listening, hub);
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

    public int port() {
        return listening.port();
    }

    /** Says goodbye to every client and stops, within half a second. */
    @Override
    public void close() {
        if (!listening.loop().isShuttingDown()) {
            listening.loop().submit(() -> hub.closeAll("server shutting down"))
                    .awaitUninterruptibly(200, TimeUnit.MILLISECONDS);
        }
        listening.stop();
    }
}
