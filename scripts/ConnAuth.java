///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION Connection and authentication: reachability, handshake, transports, namespaces, tokens, time-outs, reconnection
//SOURCES ../lib/Kit.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import siodiag.BadInput;
import siodiag.Commands;
import siodiag.DiagnosticCommand;
import siodiag.Examination.Part;

/** Follows the way from the host name to a namespace that lets the client in, and stays there for a moment. */
@Command(name = "conn-auth", mixinStandardHelpOptions = true, version = siodiag.Result.VERSION, sortOptions = false,
        description = "Tests reachability, handshake, transports, namespaces, authentication, time-outs and reconnection.",
        footer = {"", "Impact: opens some thirty short connections; sends no event.",
            "Exit codes: 0 healthy, 20 degraded, 21 broken, 64 wrong usage, 70 could not run, 130 interrupted."})
public class ConnAuth extends DiagnosticCommand {
    private static final double LONGEST_WAIT = 86_400;

    @Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "0",
            description = "a health gate: try again once a second while the server is broken, for so long")
    double wait;

    @Override
    public Integer call() throws Exception {
        if (!(wait >= 0) || wait > LONGEST_WAIT) {
            throw new BadInput("--wait " + wait + ": from 0 to 86400 seconds");
        }
        return super.call();
    }

    @Override
    protected Duration patience() {
        return Duration.ofNanos((long) (wait * 1e9));
    }

    @Override
    protected Set<Part> parts() {
        return EnumSet.of(Part.AUTHENTICATION, Part.SESSION);
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new ConnAuth(), args));
    }
}
