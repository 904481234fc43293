package siodiag.monitor;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import siodiag.core.Console;
import siodiag.core.Redactor;
import siodiag.server.ServerConfig;
import siodiag.server.ServerEvent;

/** A monitor from its start to Ctrl-C: the server, what it shows, what it records. */
public final class MonitorRun implements AutoCloseable {
    private final EventConsole console;
    private final Recorder recorder;
    private final MonitorServer server;
    private boolean closed;

    private MonitorRun(EventConsole console, Recorder recorder, MonitorServer server) {
        this.console = console;
        this.recorder = recorder;
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
        Redactor secrets = new Redactor(config.token());
        Recorder recorder = record == null ? null : new Recorder(record, secrets);
        EventFormatter line = new EventFormatter(
                System.currentTimeMillis(),
                secrets,
                view.payload(),
                Console.isColoured(colourless),
                Console.isTerminal() ? Console.width() : 0);
        EventConsole console = new EventConsole(out, view, line, Console.isTerminal());
        List<ServerEvent.Listener> listeners = new ArrayList<>(List.of(console));
        if (recorder != null) {
            listeners.add(recorder);
        }
        try {
            return new MonitorRun(console, recorder, MonitorServer.start(config, StandIn::new, listeners));
        } catch (IOException e) {
            if (recorder != null) {
                recorder.close();
            }
            throw e;
        }
    }

    public MonitorServer server() {
        return server;
    }

    /** Waits until Ctrl-C, or so many seconds if they are more than 0. */
    public void await(Duration time) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        if (!time.isZero()) {
            never.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            never.await();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            server.close();
            console.close();
            if (recorder != null) {
                recorder.close();
            }
        }
    }
}
