package siodiag.command;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import siodiag.core.ExitCode;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.probe.DiagnosticRun;
import siodiag.probe.relay.FlowProgress;
import siodiag.report.Result;
import siodiag.target.Embedded;
import siodiag.target.Plan;
import siodiag.target.Target;

/**
 * What all target-facing commands share: examine a target, diagnose, report, and end with the verdict's exit code.
 * Interrupted, they report what they have.
 */
public abstract class DiagnosticCommand implements Callable<Integer> {
    private static final Duration MAX_WRITE = Duration.ofSeconds(1);

    @Mixin
    protected TargetOptions targetOptions;

    @Mixin
    private UrlArgument urlArgument;

    @Mixin
    protected OutputOptions outputOptions;

    @Spec
    protected CommandSpec spec;

    /** What was found before the examination, to be diagnosed with it. */
    private final List<Finding> before = new ArrayList<>();

    private final ReentrantLock reporting = new ReentrantLock();
    private boolean reported;
    private final Instant startedAt = Instant.now();
    private final Stopwatch watch = new Stopwatch();
    private volatile DiagnosticRun examination;
    private volatile Progress progress;

    /** Runs the command's examination; most need only to say which. */
    @Override
    public Integer call() throws Exception {
        return examineServerOrEmbedded();
    }

    /** What is looked at beyond the way to the namespaces. */
    protected abstract Set<DiagnosticRun.Part> parts();

    /** How an end-to-end run is done. */
    protected Plan plan() {
        return Plan.DEFAULT;
    }

    /** For how long a target that is broken is examined again; zero: once will do. */
    protected Duration retryFor() {
        return Duration.ZERO;
    }

    /** What is done after the examination, to be diagnosed with it. */
    protected void afterwards(DiagnosticRun done) throws Exception {
        // Most commands are done.
    }

    /** A look with another client, after the flow; null for none. */
    protected DiagnosticRun.Hook hook() {
        return null;
    }

    /** What is still to be said where the command is interrupted: adds what was measured so far. */
    protected void interrupted(DiagnosticRun soFar) {
        // Most findings are there as soon as they are made.
    }

    /** Shows on a terminal how things stand; nothing elsewhere. */
    protected final void showStatus(String line) {
        progress.show(line);
    }

    /**
     * Examines the server that the user named or that is found at the default address or claude-mpm's other ports, else
     * the embedded monitor. Who waits for a server wants no other one.
     */
    protected final int examineServerOrEmbedded() throws Exception {
        Optional<FoundTarget> server = urlArgument.into(targetOptions).found();
        if (server.isEmpty() && retryFor().isZero()) {
            return examineEmbedded(Embedded.MONITOR, "nothing listens at the default address");
        }
        server.flatMap(FoundTarget::mismatch).ifPresent(before::add);
        return examine(server.map(FoundTarget::target).orElseGet(targetOptions::target), "");
    }

    /** Examines the embedded server that was asked for, else what {@link #examineServerOrEmbedded} does. */
    protected final int examineServerOrEmbedded(EmbeddedOption asked) throws Exception {
        return asked.isGiven() ? examineEmbedded(asked.kind, "--embedded") : examineServerOrEmbedded();
    }

    /** @param why that and not the user's server, for people */
    private int examineEmbedded(Embedded kind, String why) throws Exception {
        outputOptions.checkWritable(); // before a server is started, which may take a while
        if (kind == Embedded.NETTY_SOCKETIO) {
            announce("starting the netty-socketio server: at the first run JBang fetches and builds it");
        }
        try (EmbeddedServer server = EmbeddedServer.start(kind, targetOptions)) {
            return examine(
                    server.target(),
                    why + ": testing an " + kind.title() + " at "
                            + server.target().url());
        }
    }

    /** Examines the target, reports, and gives the exit code. @param announcement told before; empty for none */
    private int examine(Target target, String announcement) throws Exception {
        outputOptions.checkWritable();
        progress = new Progress(outputOptions);
        DiagnosticRun first = begin(target);
        Runtime.getRuntime().addShutdownHook(new Thread(this::reportInterrupted, "interrupted"));
        if (!announcement.isEmpty()) {
            announce(announcement);
        }
        if (!target.idle().isZero()) {
            announce("staying connected and idle for " + Text.duration(target.idle()) + " once all else is tested");
        }
        if (outputOptions.verbose) {
            announce(target.timings().describe());
        }
        DiagnosticRun done;
        try {
            done = new Attempts(retryFor(), this::announce).run(first, () -> begin(target));
        } catch (CancellationException interrupted) {
            return report(true).verdict().exitCode(); // it is being written already
        }
        examination = done;
        afterwards(done);
        progress.clear();
        return report(false).verdict().exitCode();
    }

    /** The last examination, null before the first. */
    public final DiagnosticRun examination() {
        return examination;
    }

    /** Says something beside the result: on standard error, so that it never mixes with it. */
    protected final void announce(String what) {
        if (!outputOptions.quiet) {
            if (progress != null) {
                progress.clear();
            }
            spec.commandLine().getErr().println(what);
        }
    }

    private DiagnosticRun begin(Target target) {
        DiagnosticRun begun = new DiagnosticRun(target, parts(), plan(), progress::show)
                .with(hook())
                .tell(new Told());
        before.forEach(begun::add);
        examination = begun;
        return begun;
    }

    /** What takes long is announced, and then shown on the line of progress. */
    private final class Told implements FlowProgress.Listener {
        @Override
        public void planned(String what) {
            announce(what);
        }

        @Override
        public void status(String line) {
            showStatus(line);
        }
    }

    /** Writes the result where that was not done yet. */
    private Result report(boolean interrupted) {
        reporting.lock();
        try {
            DiagnosticRun now = examination;
            Result.Run run = new Result.Run(
                    spec.name(),
                    now.target().secrets().hide(TypedCommand.of(spec)),
                    startedAt,
                    Duration.ofNanos((long) (watch.millis() * 1e6)),
                    interrupted);
            Result result = Results.of(run, now);
            if (!reported) {
                reported = true;
                outputOptions.write(result, spec.commandLine().getOut());
            }
            return result;
        } finally {
            reporting.unlock();
        }
    }

    /** A report that is being written is brought to its end first, unless whoever reads it has stopped reading. */
    private void reportInterrupted() {
        if (!canReport() || reported) {
            return;
        }
        examination.stop();
        interrupted(examination);
        progress.clear();
        report(true);
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }

    private boolean canReport() {
        try {
            return reporting.tryLock(MAX_WRITE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            return false;
        }
    }
}
