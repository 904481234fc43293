///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION From sender to receivers: every event accounted for
//SOURCES ../lib/Diagnostics.java
//FILES Server.java=Server.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx1g

import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import siodiag.cli.Commands;
import siodiag.command.DiagnosticCommand;
import siodiag.command.EmbeddedOption;
import siodiag.command.PlanOptions;
import siodiag.probe.DiagnosticRun.Part;
import siodiag.target.Plan;

/** Sends what senders send, receives as other clients do, and accounts for every event between them. */
@Command(
        name = "e2e",
        mixinStandardHelpOptions = true,
        version = siodiag.core.Version.NUMBER,
        sortOptions = false,
        description = {
            "Sends events as a sender does, receives them as other clients do, and accounts for every one.",
            "Without --url it tests what run-all tests."
        },
        footer = {
            "",
            "Impact: opens at most 20 connections; sends marked events, which real users see too.",
            "Exit codes: 0 healthy, 20 degraded, 21 broken, 64 wrong usage, 70 could not run, 130 interrupted."
        })
public class EndToEnd extends DiagnosticCommand {
    @Mixin
    PlanOptions planOptions;

    @Mixin
    EmbeddedOption embedded;

    @Override
    public Integer call() throws Exception {
        planOptions.plan(); // Bad input is told before a server is started.
        return examineServerOrEmbedded(embedded);
    }

    @Override
    protected Set<Part> parts() {
        return EnumSet.of(Part.FLOW);
    }

    @Override
    protected Plan plan() {
        return planOptions.plan();
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new EndToEnd(), args));
    }
}
