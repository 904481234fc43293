package siodiag.monitor;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import siodiag.core.Redactor;
import siodiag.server.ServerConfig;
import siodiag.view.ConsoleFilter;
import siodiag.view.TrafficView;

/** A monitor from its start to Ctrl-C: the server, what it shows, what it records. */
public final class MonitorRun implements AutoCloseable {
    private final TrafficView view;
    private final MonitorServer server;
    private boolean closed;

    private MonitorRun(TrafficView view, MonitorServer server) {
        this.view = view;
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * @param record     the file to append to, or null
     * @param colourless no colour even on a terminal
     * @throws PortInUseException if somebody else has the port
     * @throws IOException        if the record can't be written or the address can't be bound
     */
    public static MonitorRun start(
            ServerConfig config, ConsoleFilter view, Path record, PrintWriter out, boolean colourless)
            throws IOException {
        TrafficView shown = TrafficView.open(out, view, record, new Redactor(config.token()), colourless);
        try {
            return new MonitorRun(shown, MonitorServer.start(config, StandIn::new, shown.listeners()));
        } catch (IOException e) {
            shown.close();
            throw e;
        }
    }

    public MonitorServer server() {
        return server;
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            server.close();
            view.close();
        }
    }
}
