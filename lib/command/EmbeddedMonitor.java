package siodiag;

import java.io.IOException;
import java.net.URI;

/** The diagnostic's own monitor as the target: on a free loopback port, for as long as the command runs. */
final class EmbeddedMonitor implements AutoCloseable {
    private final MonitorServer server;
    private final Target target;

    private EmbeddedMonitor(MonitorServer server, Target target) {
        this.server = server;
        this.target = target;
    }

    /** With the path, the token and the namespaces of the options. @throws CannotRun where no port can be had */
    static EmbeddedMonitor start(TargetOptions options) {
        Target wanted = options.embedded(URI.create("http://127.0.0.1"));
        try {
            MonitorServer server = MonitorServer.start(MonitorConfig.defaults().port(0).path(wanted.path())
                    .token(wanted.token()).namespaces(wanted.namespaces()));
            return new EmbeddedMonitor(server, options.embedded(URI.create(server.url())));
        } catch (IOException failure) {
            throw new CannotRun("the embedded monitor could not start: " + failure.getMessage());
        }
    }

    Target target() {
        return target;
    }

    @Override
    public void close() {
        server.close();
    }
}
