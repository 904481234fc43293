///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION The dashboard in your browser: which namespace is alive, and where events stop
//SOURCES ../lib/Kit.java
//FILES dashboard.html=../dashboard.html
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m

import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import siodiag.BadInput;
import siodiag.Commands;
import siodiag.DashboardServer;
import siodiag.Target;
import siodiag.TargetOptions;
import siodiag.WebBrowser;

/** Serves the page until it is interrupted; the test itself runs in the browser. */
@Command(name = "dashboard", mixinStandardHelpOptions = true, version = siodiag.Result.VERSION, sortOptions = false,
        description = {"Serves dashboard.html on loopback and opens the browser; the page tests the server hop by hop.",
            "What a browser decides for itself (--origin, --insecure) and --peer have no effect here."},
        footer = {"", "Impact: three sessions from the browser; one event to each namespace, and what you send.",
            "Exit codes: 64 wrong usage, 70 no browser or no port, 130 stopped by Ctrl-C."})
public class Dashboard implements Callable<Integer> {
    @Mixin
    TargetOptions targetOptions;

    @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "the page's own port (default: a free one)")
    int port;

    @Option(names = "--no-open", description = "print the address and open no browser")
    boolean noOpen;

    @Option(names = {"-v", "--verbose"}, description = "stack traces of internal errors")
    boolean verbose;

    @Option(names = {"-q", "--quiet"}, description = "the address only")
    boolean quiet;

    @Option(names = "--no-color", description = "accepted as everywhere; there is no colour here")
    boolean noColor;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > 65535) {
            throw new BadInput("--port " + port + ": a port is a number from 1 to 65535, or 0 for a free one");
        }
        Target target = targetOptions.target();
        try (DashboardServer server = DashboardServer.start(port, target)) {
            URI address = server.address(target);
            spec.commandLine().getOut().println(quiet ? address : "dashboard on " + address + " (Ctrl-C stops it)");
            if (!noOpen) {
                WebBrowser.open(address);
            }
            new CountDownLatch(1).await(); // until Ctrl-C
            return 0;
        }
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new Dashboard(), args));
    }
}
