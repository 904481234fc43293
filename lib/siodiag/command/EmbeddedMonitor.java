package siodiag.command;

import java.io.IOException;
import java.net.URI;
import siodiag.core.CannotRunException;
import siodiag.monitor.MonitorServer;
import siodiag.server.ServerConfig;
import siodiag.target.Application;
import siodiag.target.Embedded;
import siodiag.target.Target;

/** The diagnostic's own monitor as the target: on a free loopback port, for as long as the command runs. */
final class EmbeddedMonitor implements EmbeddedServer {
    private final MonitorServer server;
    private final Target target;

    private EmbeddedMonitor(MonitorServer server, Target target) {
        this.server = server;
        this.target = target;
    }

    /** With the path, the token and the namespaces of the options. @throws CannotRunException where no port can be had */
    static EmbeddedMonitor start(TargetOptions options) {
        Target wanted = options.embedded(Embedded.MONITOR, URI.create("http://127.0.0.1"));
        try {
            MonitorServer server = MonitorServer.start(ServerConfig.defaults()
                    .port(0)
                    .path(wanted.path())
                    .token(TargetOptions.tokenOr(wanted.token()))
                    .namespaces(wanted.expectations().arePromised() ? wanted.namespaces() : Application.EIGHT));
            return new EmbeddedMonitor(server, options.embedded(Embedded.MONITOR, URI.create(server.url())));
        } catch (IOException failure) {
            throw new CannotRunException("the embedded monitor could not start: " + failure.getMessage());
        }
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public void close() {
        server.close();
    }
}
