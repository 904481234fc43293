package siodiag;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** The diagnostic's own monitor as the target: on a free loopback port, for as long as the command runs. */
public final class StandIn implements AutoCloseable {
    private static final int LOCAL_CONNECT_MS = 1000;

    private final MonitorServer server;
    private final Target target;

    private StandIn(MonitorServer server, Target target) {
        this.server = server;
        this.target = target;
    }

    /** @throws CannotRun where no port can be had */
    public static StandIn start(TargetOptions options) {
        Target wanted = options.embedded(URI.create("http://127.0.0.1"));
        try {
            MonitorServer server = MonitorServer.start(MonitorConfig.defaults().port(0).path(wanted.path())
                    .token(wanted.token()).namespaces(wanted.namespaces()));
            return new StandIn(server, options.embedded(URI.create(server.url())));
        } catch (IOException failure) {
            throw new CannotRun("the embedded monitor could not start: " + failure.getMessage());
        }
    }

    /** Whether something listens where a server under test is by default. */
    public static boolean listensAtDefault() {
        Endpoint endpoint = Endpoint.of(TargetOptions.defaultUrl());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), LOCAL_CONNECT_MS);
            return true;
        } catch (IOException nothing) {
            return false;
        }
    }

    public Target target() {
        return target;
    }

    /** That this and not a real server is tested, and why. */
    public String announcement(String why) {
        return why + ": testing an embedded monitor at " + target.url();
    }

    @Override
    public void close() {
        server.close();
    }
}
