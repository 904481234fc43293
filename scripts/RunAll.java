///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION Every diagnostic in order, one verdict, one root cause
//SOURCES ../lib/Kit.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import java.util.EnumSet;
import java.util.Set;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import siodiag.Commands;
import siodiag.DiagnosticCommand;
import siodiag.Examination.Part;
import siodiag.HookStage;

/** Connection and authentication, the hook, the way end to end: each learns from the one before. */
@Command(name = "run-all", mixinStandardHelpOptions = true, version = siodiag.Result.VERSION, sortOptions = false,
        description = "Runs every diagnostic and names the first broken hop, the cause, the evidence and the fix.",
        footer = {"", "Without --url it tests what listens at the default address, else its own embedded monitor.",
            "Impact: opens some forty short connections and sends marked events, which real dashboards show too.",
            "Exit codes: 0 healthy, 20 degraded, 21 broken, 64 wrong usage, 70 could not run, 130 interrupted."})
public class RunAll extends DiagnosticCommand {
    @Option(names = "--embedded", description = "test an embedded monitor, whatever listens at the default address")
    boolean embedded;

    @Override
    public Integer call() throws Exception {
        HookStage.prepare();
        return embedded ? examineEmbedded("--embedded") : examineServerOrEmbedded();
    }

    @Override
    protected Set<Part> parts() {
        return EnumSet.allOf(Part.class);
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new RunAll(), args));
    }
}
