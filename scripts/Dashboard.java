///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION The dashboard in your browser: which namespace is alive, and where events stop
//SOURCES ../lib/Kit.java
//FILES dashboard.html=../dashboard.html
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import siodiag.BadInput;
import siodiag.Commands;
import siodiag.DashboardRun;
import siodiag.OutputOptions;
import siodiag.TargetOptions;

/** Serves the page until it is interrupted; the test itself runs in the browser. */
@Command(name = "dashboard", mixinStandardHelpOptions = true, version = siodiag.Result.VERSION, sortOptions = false,
        description = {"Serves dashboard.html on loopback and opens the browser; the page tests the server hop by hop.",
            "With --json, --junit or --report it ends after the first test, else with Ctrl-C.",
            "What a browser decides for itself (--origin, --insecure) and --peer have no effect here."},
        footer = {"", "Impact: three sessions from the browser; one event to each namespace, and what you send.",
            "Exit codes: 0 healthy, 20 degraded, 21 broken, 64 wrong usage, 70 no browser or no port, 130 interrupted."})
public class Dashboard implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65535;

    @Mixin
    TargetOptions targetOptions;

    @Mixin
    OutputOptions outputOptions;

    @Option(names = "--port", paramLabel = "N", defaultValue = "0",
            description = "the page's own port (default: a free one)")
    int port;

    @Option(names = "--no-open", description = "print the address and open no browser")
    boolean noOpen;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new BadInput("--port " + port + ": a port is a number from 1 to 65535, or 0 for a free one");
        }
        CommandLine line = spec.commandLine();
        return new DashboardRun(targetOptions.target(), outputOptions, line.getOut(), line.getErr()).serve(port, !noOpen);
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new Dashboard(), args));
    }
}
