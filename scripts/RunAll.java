///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION Every diagnostic in order: one verdict, one root cause
//SOURCES ../lib/Diagnostics.java
//SOURCES ../lib/siodiag/hook/javaclient/package-info.java
//SOURCES ../lib/siodiag/hook/package-info.java
//FILES Server.java=Server.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import siodiag.cli.Commands;
import siodiag.command.DiagnosticCommand;
import siodiag.command.EmbeddedOption;
import siodiag.hook.HookStage;
import siodiag.probe.DiagnosticRun.Part;
import siodiag.probe.DiagnosticRun;

/** Connection and authentication, the hook, the way end to end: each learns from the one before. */
@Command(
        name = "run-all",
        mixinStandardHelpOptions = true,
        version = siodiag.core.Version.NUMBER,
        sortOptions = false,
        description = "Runs every diagnostic and names the first broken hop, the cause, the evidence and the fix.",
        footer = {
            "",
            "Without --url it tests what listens at the default address or is claude-mpm at one of its ports",
            "8765 to 8785 (GET /health asks), else its own embedded monitor.",
            "Impact: opens at most 26 connections; sends marked events where a flow is stated or recognised.",
            "Exit codes: 0 healthy, 20 degraded, 21 broken, 64 wrong usage, 70 could not run, 130 interrupted."
        })
public class RunAll extends DiagnosticCommand {
    @Mixin
    EmbeddedOption embedded;

    @Override
    public Integer call() throws Exception {
        HookStage.prepare();
        return examineServerOrEmbedded(embedded);
    }

    @Override
    protected Set<Part> parts() {
        return EnumSet.allOf(Part.class);
    }

    @Override
    protected DiagnosticRun.Hook hook() {
        return HookStage::run;
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new RunAll(), args));
    }
}
