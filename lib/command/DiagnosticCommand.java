package siodiag;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * What all target-facing commands share: examine a target, diagnose, report, and end with the verdict's exit code.
 * Interrupted, they report what they have.
 */
public abstract class DiagnosticCommand implements Callable<Integer> {
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(1);

    @Mixin
    protected TargetOptions targetOptions;
    @Mixin
    protected OutputOptions outputOptions;
    @Spec
    protected CommandSpec spec;

    private final ReentrantLock reporting = new ReentrantLock();
    private boolean reported;
    private final Instant startedAt = Instant.now();
    private final Stopwatch watch = new Stopwatch();
    private volatile Examination examination;
    private volatile Progress progress;

    /** Runs the command's examination; most need only to say which. */
    @Override
    public Integer call() throws Exception {
        return examine(targetOptions.target(), "");
    }

    /** What is looked at beyond the way to the namespaces. */
    protected abstract Set<Examination.Part> parts();

    /** How an end-to-end run is done. */
    protected Plan plan() {
        return Plan.DEFAULT;
    }

    /** For how long a target that is broken is examined again; zero: once will do. */
    protected Duration patience() {
        return Duration.ZERO;
    }

    /** What is done after the examination, to be diagnosed with it. */
    protected void afterwards(Examination done) throws Exception {
        // Most commands are done.
    }

    /** What is still to be said where the command is interrupted: adds what was measured so far. */
    protected void interrupted(Examination soFar) {
        // Most findings are there as soon as they are made.
    }

    /** Shows on a terminal how things stand; nothing elsewhere. */
    protected final void showStatus(String line) {
        progress.show(line);
    }

    /** Examines the server that the user named or that listens at the default address, else the embedded monitor. */
    protected final int examineServerOrEmbedded() throws Exception {
        Target server = targetOptions.target();
        return targetOptions.hasUrl() || Reach.isListening(server) ? examine(server, "")
                : examineEmbedded("nothing listens at the default address");
    }

    /** Examines the embedded monitor. @param why that and not a server, for people */
    protected final int examineEmbedded(String why) throws Exception {
        try (EmbeddedMonitor monitor = EmbeddedMonitor.start(targetOptions)) {
            return examine(monitor.target(), why + ": testing an embedded monitor at " + monitor.target().url());
        }
    }

    /** Examines the target, reports, and gives the exit code. @param announcement told before; empty for none */
    private int examine(Target target, String announcement) throws Exception {
        outputOptions.checkWritable();
        progress = new Progress(outputOptions);
        Examination first = begin(target);
        Runtime.getRuntime().addShutdownHook(new Thread(this::reportInterrupted, "interrupted"));
        if (!announcement.isEmpty()) {
            tell(announcement);
        }
        Examination done = new Attempts(patience(), this::tell).run(first, () -> begin(target));
        examination = done;
        afterwards(done);
        progress.clear();
        return report(false).verdict().exitCode();
    }

    /** Says something beside the result: on standard error, so that it never mixes with it. */
    private void tell(String what) {
        if (!outputOptions.quiet) {
            spec.commandLine().getErr().println(what);
        }
    }

    private Examination begin(Target target) {
        examination = new Examination(target, parts(), plan(), progress::show);
        return examination;
    }

    /** Writes the result where that was not done yet. */
    private Result report(boolean interrupted) {
        reporting.lock();
        try {
            Examination now = examination;
            Result result = Result.of(spec.name(), now.target(), now.family(), now.findings(), now.figures(), startedAt,
                    Duration.ofNanos((long) (watch.millis() * 1e6)), interrupted);
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
        interrupted(examination);
        progress.clear();
        report(true);
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }

    private boolean canReport() {
        try {
            return reporting.tryLock(LONGEST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            return false;
        }
    }
}
