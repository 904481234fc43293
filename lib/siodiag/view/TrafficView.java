package siodiag.view;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import siodiag.core.Console;
import siodiag.core.Redactor;
import siodiag.server.ServerEvent;

/** Console and record of one run: what they listen to, and their end. */
public final class TrafficView implements AutoCloseable {
    private final EventConsole console;
    private final Recorder recorder;
    private boolean closed;

    private TrafficView(EventConsole console, Recorder recorder) {
        this.console = console;
        this.recorder = recorder;
    }

    /**
     * @param out        where lines go; null to show nothing
     * @param record     the file to append to, or null
     * @param colourless no colour even on a terminal
     * @throws IOException if the record can't be written
     */
    public static TrafficView open(
            PrintWriter out, ConsoleFilter view, Path record, Redactor secrets, boolean colourless) throws IOException {
        Recorder recorder = record == null ? null : new Recorder(record, secrets);
        EventConsole console = out == null ? null : console(out, view, secrets, colourless);
        return new TrafficView(console, recorder);
    }

    private static EventConsole console(PrintWriter out, ConsoleFilter view, Redactor secrets, boolean colourless) {
        EventFormatter line = new EventFormatter(
                secrets, view.payload(), Console.isColoured(colourless), Console.isTerminal() ? Console.width() : 0);
        return new EventConsole(out, view, line, Console.isTerminal());
    }

    public List<ServerEvent.Listener> listeners() {
        List<ServerEvent.Listener> listeners = new ArrayList<>();
        if (console != null) {
            listeners.add(console);
        }
        if (recorder != null) {
            listeners.add(recorder);
        }
        return listeners;
    }

    /** Shows and writes what is left. @throws IOException if the record could not be written to its end */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (console != null) {
            console.close();
        }
        if (recorder != null) {
            recorder.close();
        }
    }
}
