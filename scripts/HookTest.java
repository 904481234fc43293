///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION What a hook sends, through the official Java client: acknowledged, connected, reconnected
//SOURCES ../lib/Kit.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import siodiag.BadInput;
import siodiag.Commands;
import siodiag.DiagnosticCommand;
import siodiag.Examination;
import siodiag.Examination.Part;
import siodiag.HookContinuous;
import siodiag.HookReplay;
import siodiag.HookStage;
import siodiag.Replay;

/** Sends what a hook sends, as a hook sends it, after the raw probes have shown what the server does with it. */
@Command(name = "hook-test", mixinStandardHelpOptions = true, version = siodiag.Result.VERSION, sortOptions = false,
        description = "Sends what a hook sends through the official Java client and tells what the server answers.",
        footer = {"", "Without --url it tests what listens at the default address, else its own embedded monitor.",
            "Impact: opens a dozen connections and sends marked events, which real dashboards show too.",
            "Exit codes: 0 healthy, 20 degraded, 21 broken, 64 wrong usage, 70 could not run, 130 interrupted."})
public class HookTest extends DiagnosticCommand {

    private static final double LONGEST_SECONDS = 7 * 24 * 3600;

    @Option(names = "--continuous", paramLabel = "SECONDS",
            description = "then stay connected for so long, send an event now and then, count reconnections")
    Double continuous;

    @Option(names = "--replay", paramLabel = "FILE",
            description = "instead send the events of a monitor's record again, at the recorded pace")
    Path record;

    @Option(names = "--rate", paramLabel = "R",
            description = "of a replay: R events a second; 0: as fast as the server takes them")
    Double rate;

    @Option(names = "--speed", paramLabel = "X", description = "of a replay: X times the recorded pace")
    Double speed;

    private Replay replay;
    private volatile HookContinuous continuing;
    private volatile HookReplay replaying;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        HookStage.prepare();
        return examineServerOrEmbedded();
    }

    private void checkOptions() {
        if (continuous != null && !(continuous > 0 && continuous <= LONGEST_SECONDS)) {
            throw new BadInput("--continuous " + continuous + ": more than 0 and at most 604800 seconds (a week)");
        }
        if (record == null && (rate != null || speed != null)) {
            throw new BadInput("--rate and --speed: only with --replay FILE");
        }
        if (record != null && continuous != null) {
            throw new BadInput("--continuous and --replay: one or the other");
        }
        if (record != null) {
            replay = Replay.of(record, rate, speed);
            targetOptions.suggestNamespaces(replay.namespaces());
        }
    }

    /** A replay finds the way and sends nothing but the record. */
    @Override
    protected Set<Part> parts() {
        return replay == null ? EnumSet.of(Part.FLOW, Part.HOOK) : EnumSet.noneOf(Part.class);
    }

    @Override
    protected void afterwards(Examination done) throws Exception {
        if (replay != null) {
            replaying = new HookReplay(done, replay, this::showStatus);
            replaying.run();
            return;
        }
        if (continuous != null && done.hasHookConnected()) {
            continuing = new HookContinuous(done, Duration.ofMillis((long) (continuous * 1000)), this::showStatus);
            continuing.run();
        } else if (continuous != null) {
            done.add(HookContinuous.skipped());
        }
    }

    @Override
    protected void interrupted(Examination soFar) {
        if (continuing != null) {
            continuing.report();
        }
        if (replaying != null) {
            replaying.report();
        }
    }

    public static void main(String... args) {
        System.exit(Commands.execute(new HookTest(), args));
    }
}
