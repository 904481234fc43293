package siodiag.command;

import java.io.PrintWriter;
import siodiag.core.Console;
import siodiag.core.Text;
import siodiag.finding.Finding;

/** A line on a terminal's standard error that says which hop is being looked at; nothing where there is no terminal. */
final class Progress {
    private static final String CLEAR = "\r\u001b[K";
    /** The two columns in front of the line, and the last one, where some terminals wrap already. */
    private static final int MARGIN = 3;

    private final PrintWriter err = Console.writer(System.err);
    private final boolean shown;

    Progress(OutputOptions options) {
        shown = Console.isTerminal() && !options.quiet;
    }

    void show(Finding finding) {
        show(finding.hop().label() + " " + Text.visible(finding.detail()));
    }

    /** @param line fit to print */
    synchronized void show(String line) {
        if (shown) {
            err.print(CLEAR + "  " + Text.fit(line, Console.width() - MARGIN));
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
