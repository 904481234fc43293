package siodiag;

import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A dashboard as long as the command runs: serves the page, opens the browser, and reports each test that the page has
 * done. Where a result was asked for as a file, the first one ends the command with its verdict.
 */
public final class DashboardRun {
    private final Target target;
    private final OutputOptions output;
    private final PrintWriter out;
    private final PrintWriter err;
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>(16);

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
     * @throws CannotRun where there is no port or no browser, or a file can't be written
     */
    public int serve(int port, boolean openBrowser) throws InterruptedException {
        output.checkWritable();
        try (DashboardServer server = DashboardServer.start(port, target, results::offer)) {
            URI address = server.address();
            (output.jsonToStandardOutput() ? err : out).println("dashboard on " + address + " (Ctrl-C stops it)");
            if (openBrowser) {
                WebBrowser.open(address);
            }
            Result result = results.take();
            output.write(result, out);
            while (!output.hasFile()) {
                result = results.take();
                output.write(result, out);
            }
            return result.verdict().exitCode();
        }
    }
}
