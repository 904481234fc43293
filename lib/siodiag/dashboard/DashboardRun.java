package siodiag.dashboard;

import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import siodiag.command.OutputOptions;
import siodiag.core.CannotRunException;
import siodiag.target.Target;

/**
 * A dashboard as long as the command runs: serves the page, opens the browser, and reports each test that the page has
 * done. Where a result was asked for as a file, the first one ends the command with its verdict.
 */
public final class DashboardRun {
    private final Target target;
    private final OutputOptions output;
    private final PrintWriter out;
    private final PrintWriter err;
    private final BlockingQueue<PageResult> results = new LinkedBlockingQueue<>(16);

    public DashboardRun(Target target, OutputOptions output, PrintWriter out, PrintWriter err) {
        this.target = target;
        this.output = output;
        this.out = out;
        this.err = err;
    }

    /**
     * Serves until it is interrupted, or until the result that was asked for is written.
     *
     * @param port the page's own port, 0 for a free one
     * @return the verdict's exit code
     * @throws CannotRunException where there is no port or no browser, a file can't be written, or the page can't test the server whose
     *                   result was asked for
     */
    public int serve(int port, boolean openBrowser) throws InterruptedException {
        output.checkWritable();
        try (PageServer server = PageServer.start(port, target, results::offer)) {
            URI address = server.address();
            (output.jsonToStandardOutput() ? err : out).println("dashboard on " + address + " (Ctrl-C stops it)");
            if (openBrowser) {
                WebBrowser.open(address);
            }
            PageResult first = results.take();
            report(first);
            while (!output.hasFile()) {
                report(results.take());
            }
            return first.result().verdict().exitCode();
        }
    }

    /** A server that the page can't test gets no verdict. */
    private void report(PageResult one) {
        if (one.limit().isEmpty()) {
            output.write(one.result(), out);
        } else if (output.hasFile()) {
            throw new CannotRunException(one.limit());
        } else {
            err.println("dashboard: " + one.limit());
        }
    }
}
