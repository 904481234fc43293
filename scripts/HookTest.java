///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION Sends what a hook sends, through the official Java client
//SOURCES ../lib/Diagnostics.java
//SOURCES ../lib/siodiag/hook/javaclient/package-info.java
//SOURCES ../lib/siodiag/hook/package-info.java
//JAVA_OPTIONS -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m

import java.nio.file.Path;
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
import siodiag.hook.ContinuousHook;
import siodiag.hook.HookStage;
import siodiag.hook.Limits;
import siodiag.hook.ReplayPlan;
import siodiag.hook.ReplayRun;
import siodiag.probe.DiagnosticRun.Part;
import siodiag.probe.DiagnosticRun;

/** Sends what a hook sends, as a hook sends it, after the raw probes have shown what the server does with it. */
@Command(
        name = "hook-test",
        mixinStandardHelpOptions = true,
        version = siodiag.core.Version.NUMBER,
        sortOptions = false,
        description = "Sends what a hook sends through the official Java client, and reports how the server responds.",
        footer = {
            "",
            "Without --url it tests what run-all tests.",
            "Impact: opens at most 24 connections; two more with --continuous or --replay.",
            "Sends marked events where a flow is stated or recognised.",
            "Exit codes: 0 healthy, 20 degraded, 21 broken, 64 wrong usage, 70 could not run, 130 interrupted."
        })
public class HookTest extends DiagnosticCommand {

    private static final Duration MAX_CONTINUOUS = Duration.ofDays(7);

    @Option(
            names = "--continuous",
            paramLabel = "SECONDS",
            converter = Durations.class,
            description = "then stay connected for SECONDS, keep sending events, and count reconnections")
    Duration continuous;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "instead resend the events that monitor --record has recorded, at the recorded pace")
    Path record;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "with --replay: R events per second; 0: as fast as the server takes them")
    Double rate;

    @Option(names = "--speed", paramLabel = "X", description = "with --replay: X times the recorded pace")
    Double speed;

    @Option(
            names = "--max-outage",
            paramLabel = "SECONDS",
            converter = Durations.class,
            description =
                    "with --continuous or --replay: a longer time without connection is a fault (default: no limit)")
    Duration maxOutage;

    @Option(
            names = "--max-loss",
            paramLabel = "PERCENT",
            description = "with --continuous or --replay: a larger share of lost events is a fault (default: any loss"
                    + " over stable connections)")
    String maxLoss;

    private Limits limits;
    private ReplayPlan replay;
    private volatile ContinuousHook continuing;
    private volatile ReplayRun replaying;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        HookStage.prepare();
        return examineServerOrEmbedded();
    }

    private void checkOptions() {
        if (continuous != null
                && (continuous.isNegative() || continuous.isZero() || continuous.compareTo(MAX_CONTINUOUS) > 0)) {
            throw new UsageException(
                    "--continuous " + Text.duration(continuous) + ": more than 0 and at most 604800 seconds (a week)");
        }
        if (record == null && (rate != null || speed != null)) {
            throw new UsageException("--rate and --speed: only with --replay FILE");
        }
        limits = Limits.of(maxOutage, maxLoss);
        if (record == null && continuous == null && !limits.equals(Limits.NONE)) {
            throw new UsageException("--max-outage and --max-loss: only with --continuous SECONDS or --replay FILE");
        }
        if (record != null && continuous != null) {
            throw new UsageException("--continuous and --replay: one or the other");
        }
        if (record != null) {
            replay = ReplayPlan.of(record, rate, speed);
            targetOptions.suggestNamespaces(replay.namespaces());
        }
    }

    /** A replay finds the way and sends nothing but the record. */
    @Override
    protected Set<Part> parts() {
        return replay == null ? EnumSet.of(Part.FLOW) : EnumSet.noneOf(Part.class);
    }

    @Override
    protected DiagnosticRun.Hook hook() {
        return replay == null ? HookStage::run : null;
    }

    @Override
    protected void afterwards(DiagnosticRun done) throws Exception {
        if (replay != null) {
            replaying = new ReplayRun(done, replay, limits, this::showStatus);
            replaying.run();
            return;
        }
        if (continuous != null && done.hasHookConnected()) {
            announce("staying connected for " + Text.duration(continuous) + ", sending events");
            continuing = new ContinuousHook(done, continuous, limits, this::showStatus);
            continuing.run();
        } else if (continuous != null) {
            done.add(ContinuousHook.skipped());
        }
    }

    @Override
    protected void interrupted(DiagnosticRun soFar) {
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
