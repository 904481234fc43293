package siodiag.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A program that a test has started. What it prints is kept; it ends, its descendants with it, when it is closed or
 * when the test run ends in whatever way.
 */
public final class Child implements Running {
    private static final Set<Child> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(Child::close)));
    }

    private final List<String> command;
    private final Process process;
    private final Printed out;
    private final Printed err;

    private Child(List<String> command, Process process) {
        this.command = command;
        this.process = process;
        this.out = new Printed(process.getInputStream());
        this.err = new Printed(process.getErrorStream());
        OPEN.add(this);
    }

    public static Child start(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        try {
            return new Child(command, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + command.get(0), e);
        }
    }

    @Override
    public String await(String prefix, Duration limit) {
        String line = out.await(prefix, limit);
        if (line == null) {
            String state = process.isAlive()
                    ? "after " + limit.toSeconds() + " s"
                    : "before it ended with " + process.exitValue();
            throw new AssertionError(
                    "no line '" + prefix + "' " + state + " from " + command + "\n" + out.text() + err.text());
        }
        return line.substring(prefix.length()).strip();
    }

    /** Whether a line of standard error begins with the prefix before the time is over. */
    public boolean awaitError(String prefix, Duration limit) {
        return err.await(prefix, limit) != null;
    }

    /** The exit code, once the program has ended and all it printed was read. */
    public int exitCode(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(
                        "still running after " + limit.toSeconds() + " s: " + command + "\n" + out.text() + err.text());
            }
            out.awaitEnd();
            err.awaitEnd();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        }
    }

    public String out() {
        return out.text();
    }

    public String err() {
        return err.text();
    }

    public Process process() {
        return process;
    }

    @Override
    public void close() {
        OPEN.remove(this);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
