package siodiag.watch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import siodiag.command.OutputOptions;
import siodiag.command.ResultFile;
import siodiag.command.RunTime;
import siodiag.command.TargetOptions;
import siodiag.core.CannotRunException;
import siodiag.core.Console;
import siodiag.core.Durations;
import siodiag.core.ExitCode;
import siodiag.core.Text;
import siodiag.core.Urls;
import siodiag.core.UsageException;
import siodiag.core.Version;
import siodiag.diff.Comparison;

/** Watches targets until Ctrl-C, then gives the account of the whole time. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        version = Version.NUMBER,
        sortOptions = false,
        description = {
            "Watches servers for hours: what changes, how long outages last, what ends",
            "connections, and when.",
            "",
            "Impact on each target: opens at most 18 connections at the start, after each",
            "change and each 10 minutes, at most 6 for each examination between, and keeps",
            "4 open: an idle and a used one over WebSocket and over polling (a ping each",
            "second, two requests each 10 seconds). Without a stated flow it sends no event.",
            "While a target is down, one connection is tried each half second."
        },
        footer = {"", "Example: watch http://localhost:3000 --every 10s --metrics 9464"},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:healthy all the time, after --for",
            "20:degraded at some time",
            "21:broken at some time",
            "64:wrong usage",
            "70:could not run: a file not writable, a port in use",
            "130:stopped by Ctrl-C; the account is given all the same"
        })
public final class WatchCommand implements Callable<Integer> {
    private static final int MAX_AFTER = 100;

    @Parameters(
            paramLabel = "URL",
            arity = "0..*",
            description = "the servers to watch; the same as --url URL for each")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--targets",
            paramLabel = "FILE",
            description = "more of them, a line each: URL [--every SECONDS] [options of its own]")
    private Path targetsFile;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "30",
            converter = Durations.class,
            description = "from one examination to the next; also 1m30s (default: ${DEFAULT-VALUE})")
    private Duration every;

    @Option(
            names = "--thorough",
            paramLabel = "SECONDS",
            defaultValue = "600",
            converter = Durations.class,
            description = "from one thorough examination to the next (default: ${DEFAULT-VALUE})")
    private Duration thorough;

    @Option(
            names = "--after",
            paramLabel = "N",
            defaultValue = "2",
            description = "examinations in a row that make a change (default: ${DEFAULT-VALUE})")
    private int after;

    @Mixin
    private RunTime time = new RunTime();

    @Option(names = "--no-keep", description = "keep no connections open between the examinations")
    private boolean noKeep;

    @Option(
            names = "--on-change",
            paramLabel = "COMMAND",
            description =
                    "run this by the shell at each change: $SOCKETIO_TARGET, $SOCKETIO_TO and others; JSON on its input")
    private String onChange;

    @Option(
            names = "--log",
            paramLabel = "FILE.jsonl",
            description = "append every examination and change, a line each")
    private Path log;

    @Option(names = "--save", paramLabel = "FILE", description = "write the result as a baseline at the end")
    private Path save;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "tell what differs from this result (--save, or --json of run-all)")
    private Path baselineFile;

    @Option(
            names = "--metrics",
            paramLabel = "PORT",
            description = "serve /metrics and /probe?target=URL for Prometheus (0: a free port)")
    private Integer metrics;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "address of --metrics (default: ${DEFAULT-VALUE}, this machine only)")
    private String host;

    @Option(
            names = "--allow",
            paramLabel = "GLOB",
            description =
                    "/probe may also reach URLs like this: 'https://*.example.com' (repeatable; default: the watched ones)")
    private List<String> allow = new ArrayList<>();

    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec;

    private final Instant startedAt = Instant.now();
    private Comparison.Baseline baseline;
    private Watch watch;
    private boolean reported;

    @Override
    public Integer call() throws InterruptedException {
        List<Watch.Watched> watched = checked();
        Listeners listeners = new Listeners(this::unexpected);
        watch = new Watch(watched, !noKeep, listeners, this::unexpected);
        List<AutoCloseable> open = new ArrayList<>();
        AutoCloseable running = () -> {
            watch.close();
            for (AutoCloseable one : open) {
                one.close();
            }
        };
        try {
            open.add(view(listeners));
            if (log != null) {
                LogFile file = new LogFile(log, this::complain);
                listeners.add(file);
                open.add(file);
            }
            if (onChange != null) {
                ChangeCommand command = new ChangeCommand(onChange, this::complain);
                listeners.add(command);
                open.add(command);
            }
            if (metrics != null) {
                open.add(exporter());
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(running), "interrupted"));
            watch.start();
            time.await();
            running.close();
            return report(false);
        } catch (CannotRunException | UsageException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new CannotRunException(e.getMessage());
        }
    }

    private List<Watch.Watched> checked() {
        TargetsFile.checkEvery(every);
        if (thorough.compareTo(every) < 0) {
            throw new UsageException(
                    "--thorough " + Text.duration(thorough) + ": at least --every, " + Text.duration(every));
        }
        time.check();
        if (after < 1 || after > MAX_AFTER) {
            throw new UsageException("--after " + after + ": from 1 to " + MAX_AFTER);
        }
        if (metrics != null && (metrics < 0 || metrics > 65_535)) {
            throw new UsageException("--metrics " + metrics + ": must be from 0 to 65535");
        }
        if (metrics == null && !allow.isEmpty()) {
            throw new UsageException("--allow is for /probe: give --metrics PORT as well");
        }
        if (targetOptions.hasIdle()) {
            throw new UsageException("--idle is for a single run; watch keeps an idle connection all the time");
        }
        output.checkWritable();
        for (Path file : new Path[] {save, log}) {
            if (file != null) {
                ResultFile.checkWritable(file);
            }
        }
        baseline = baselineFile == null ? null : Comparison.Baseline.read(baselineFile);
        List<Watch.Watched> watched = watched();
        if (watched.size() > 1 && output.hasReport()) {
            throw new UsageException("--junit and --report are for one target; --json holds the results of all");
        }
        return watched;
    }

    private List<Watch.Watched> watched() {
        urls.forEach(targetOptions::addUrl);
        List<Watch.Watched> watched = new ArrayList<>();
        targetOptions.targets().forEach(target -> watched.add(new Watch.Watched(target, pace())));
        if (targetsFile != null) {
            watched.addAll(TargetsFile.read(targetsFile, pace(), targetOptions::at));
        }
        if (watched.isEmpty() && allow.isEmpty()) {
            watched.add(new Watch.Watched(targetOptions.foundOrDefault(this::complain), pace()));
        }
        long different =
                watched.stream().map(one -> one.target().url()).distinct().count();
        if (different < watched.size()) {
            throw new UsageException("a target is named twice: each URL once");
        }
        return watched;
    }

    private Pace pace() {
        return new Pace(every, thorough, after);
    }

    /** Lines that move on a terminal, else what changes alone. */
    private AutoCloseable view(Listeners listeners) {
        PrintWriter out = output.jsonToStandardOutput()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
        if (baseline != null) {
            listeners.add(new BaselineListener(baseline, listeners));
        }
        boolean moves = Console.isTerminal()
                && !output.isQuiet()
                && !output.jsonToStandardOutput()
                && !"dumb".equals(System.getenv("TERM"));
        if (moves) {
            TargetLines lines = new TargetLines(out, output.style(), watch.targets());
            listeners.add(lines);
            lines.start();
            return lines;
        }
        listeners.add(new WatchListener() {
            @Override
            public synchronized void changed(TargetWatch target, Change change) {
                ChangeText.of(change).forEach(line -> out.println(output.style().plain(line)));
                out.flush();
            }
        });
        return () -> {};
    }

    private Exporter exporter() throws IOException {
        AllowList allowed =
                new AllowList(watch.targets().stream().map(TargetWatch::url).toList(), allow);
        Exporter exporter = new Exporter(host, metrics, watch.targets(), new Prober(allowed, targetOptions::at));
        complain("metrics at " + exporter.url() + "/metrics");
        if (!Urls.isLoopback(host)) {
            complain("WARNING: the metrics are reachable from other machines");
        }
        return exporter;
    }

    private synchronized int report(boolean interrupted) {
        if (!reported) {
            reported = true;
            new WatchReport(spec, output, startedAt, interrupted, watch.targets()).write(save);
        }
        return watch.targets().stream()
                .map(target -> target.history().worst())
                .mapToInt(verdict -> verdict.exitCode())
                .max()
                .orElse(ExitCode.OK);
    }

    private void interrupted(AutoCloseable running) {
        synchronized (this) {
            if (reported) {
                return;
            }
        }
        try {
            running.close();
            report(true);
        } catch (Exception failure) {
            complain(String.valueOf(failure.getMessage()));
        }
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }

    private void unexpected(Throwable failure) {
        complain("internal error: " + failure + " (-v shows where)");
        if (output.isVerbose()) {
            failure.printStackTrace(spec.commandLine().getErr());
        }
    }

    private synchronized void complain(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("watch: " + Text.cut(what, 400));
        err.flush();
    }
}
