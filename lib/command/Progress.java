package siodiag;

import java.io.PrintWriter;

/** A line on a terminal's standard error that says which hop is being looked at; nothing where there is no terminal. */
final class Progress {
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter err = Console.writer(System.err);
    private final boolean shown;

    Progress(OutputOptions options) {
        shown = Console.isTerminal() && !options.quiet;
    }

    void show(Finding finding) {
        show(finding.hop().label() + " " + Text.cut(finding.detail(), 60));
    }

    /** @param line fit to print */
    synchronized void show(String line) {
        if (shown) {
            err.print(CLEAR + "  " + line);
            err.flush();
        }
    }

    void clear() {
        if (shown) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
