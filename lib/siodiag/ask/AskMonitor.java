package siodiag.ask;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import siodiag.core.Text;
import siodiag.view.ConsoleFilter;
import siodiag.monitor.MonitorRun;
import siodiag.server.ServerConfig;

/** A monitor of this session: a server that stands in for the real one. */
public final class AskMonitor implements Closeable {
    private static final ConsoleFilter EVERYTHING = new ConsoleFilter(List.of(), List.of(), ConsoleFilter.Only.ALL, 0);

    private final MonitorRun run;

    private AskMonitor(MonitorRun run) {
        this.run = run;
    }

    /** @param record the file to append to; null for none. @throws AskException that names the process that has the port */
    public static AskMonitor start(int port, String record) {
        try {
            ServerConfig config = ServerConfig.defaults()
                    .port(port)
                    .token(AskServer.of(List.of()).target().token());
            return OpenResources.add(new AskMonitor(MonitorRun.start(
                    config,
                    EVERYTHING,
                    record == null ? null : Path.of(record),
                    new PrintWriter(Writer.nullWriter()),
                    false)));
        } catch (IOException | IllegalArgumentException failure) {
            throw new AskException(Text.cut(failure.getMessage(), 400));
        }
    }

    /** The same as something to ask: {@code monitor.server().connect("/hook")}. */
    public AskServer server() {
        return AskServer.of(List.of("--url=" + run.server().url()));
    }

    /** Says goodbye to every client and frees the port. */
    public ShellText stop() {
        close();
        return new ShellText("stopped");
    }

    @Override
    public void close() {
        OpenResources.remove(this);
        try {
            run.close();
        } catch (IOException failure) {
            throw new AskException("the recording could not be completed: " + Text.cut(failure.getMessage(), 200));
        }
    }

    @Override
    public String toString() {
        return "monitor on " + run.server().url();
    }
}
