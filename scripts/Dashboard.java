///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION The same tests as a page in your browser
//SOURCES ../lib/Diagnostics.java
//SOURCES ../lib/siodiag/dashboard/package-info.java
//FILES dashboard.html=../dashboard.html
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;
import siodiag.cli.Commands;
import siodiag.command.OutputOptions;
import siodiag.command.TargetOptions;
import siodiag.command.UrlArgument;
import siodiag.core.UsageException;
import siodiag.dashboard.DashboardRun;

/** Serves the page until it is interrupted; the test itself runs in the browser. */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        version = siodiag.core.Version.NUMBER,
        sortOptions = false,
        description = {
            "Serves dashboard.html on loopback and opens the browser; the page tests the server hop by hop.",
            "With --json, --junit or --report it ends after the first test, otherwise with Ctrl-C.",
            "--origin and --insecure, which a browser decides itself, and --parser, --idle and --peer have no effect here;",
            "--header and --client-cert can't be sent by a page, and are refused."
        },
        footer = {
            "",
            "Impact: up to four sessions from the browser; one event to each namespace where a flow is stated or the application",
            "recognised, and what you send.",
            "Exit codes: 0 healthy, 20 degraded, 21 broken, 64 wrong usage, 70 no browser or no port, 130 interrupted."
        })
public class Dashboard implements Callable<Integer> {
    private static final int MAX_PORT = 65535;

    @Mixin
    TargetOptions targetOptions;

    @Mixin
    UrlArgument urlArgument;

    @Mixin
    OutputOptions outputOptions;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "the page's own port (default: a free one)")
    int port;

    @Option(names = "--no-open", description = "print the address and open no browser")
    boolean noOpen;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MAX_PORT) {
            throw new UsageException("--port " + port + ": a port is a number from 1 to 65535, or 0 for a free one");
        }
        CommandLine line = spec.commandLine();
        return new DashboardRun(
                        urlArgument.into(targetOptions).foundOrDefault(line.getErr()::println),
                        outputOptions,
                        line.getOut(),
                        line.getErr())
                .serve(port, !noOpen);
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new Dashboard(), args));
    }
}
