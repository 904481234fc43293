///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION Connection, transports, namespaces, tokens, reconnection
// reconnection
//SOURCES ../lib/Diagnostics.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import siodiag.cli.Commands;
import siodiag.command.DiagnosticCommand;
import siodiag.core.Durations;
import siodiag.core.Text;
import siodiag.core.UsageException;
import siodiag.probe.DiagnosticRun.Part;

/** Follows the way from the host name to a namespace that accepts the client, and stays there for a moment. */
@Command(
        name = "conn-auth",
        mixinStandardHelpOptions = true,
        version = siodiag.core.Version.NUMBER,
        sortOptions = false,
        description =
                "Tests reachability, handshake, transports, namespaces, authentication, timeouts and reconnection.",
        footer = {
            "",
            "Without --url it tests what run-all tests; with --wait the default address.",
            "Impact: opens at most 18 connections; sends no event.",
            "Exit codes: 0 healthy, 20 degraded, 21 broken, 64 wrong usage, 70 could not run, 130 interrupted."
        })
public class ConnAuth extends DiagnosticCommand {
    private static final Duration MAX_WAIT = Duration.ofDays(1);

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            converter = Durations.class,
            description = "retry every second while the server is broken, for at most SECONDS")
    Duration wait;

    @Override
    public Integer call() throws Exception {
        if (wait.isNegative() || wait.compareTo(MAX_WAIT) > 0) {
            throw new UsageException("--wait " + Text.duration(wait) + ": from 0 to 86400 seconds");
        }
        return super.call();
    }

    @Override
    protected Duration retryFor() {
        return wait;
    }

    @Override
    protected Set<Part> parts() {
        return EnumSet.of(Part.AUTHENTICATION, Part.SESSION);
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new ConnAuth(), args));
    }
}
