package siodiag;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A monitor of this session: a server that stands in for the real one. */
public final class AdhocMonitor implements Closeable {
    private static final MonitorView EVERYTHING = new MonitorView(List.of(), List.of(), MonitorView.Only.ALL, 0);

    private final MonitorRun run;

    private AdhocMonitor(MonitorRun run) {
        this.run = run;
    }

    /** @param record the file to append to; null for none. @throws AdhocFailure that names the process that has the port */
    static AdhocMonitor start(int port, String record) {
        try {
            MonitorConfig config = MonitorConfig.defaults().port(port).token(AdhocServer.of(Map.of()).target().token());
            return AdhocOpen.add(new AdhocMonitor(MonitorRun.start(config, EVERYTHING,
                    record == null ? null : Path.of(record), new PrintWriter(Writer.nullWriter()), false)));
        } catch (IOException | IllegalArgumentException failure) {
            throw new AdhocFailure(Text.cut(failure.getMessage(), 400));
        }
    }

    /** The same as something to ask: {@code monitor.server().connect("/hook")}. */
    public AdhocServer server() {
        return AdhocServer.of(Map.of("--url", run.server().url()));
    }

    /** Says goodbye to every client and frees the port. */
    public AdhocText stop() {
        close();
        return new AdhocText("stopped");
    }

    @Override
    public void close() {
        AdhocOpen.remove(this);
        try {
            run.close();
        } catch (IOException failure) {
            throw new AdhocFailure("the record could not be completed: " + Text.cut(failure.getMessage(), 200));
        }
    }

    @Override
    public String toString() {
        return "monitor on " + run.server().url();
    }
}
