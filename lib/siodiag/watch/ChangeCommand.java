package siodiag.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import siodiag.core.Text;

/**
 * Runs the user's command for each change, one after the other: what happened stands in its environment and, as JSON, on its
 * standard input. It is never part of the command line, which a target's words could else become.
 */
final class ChangeCommand implements WatchListener, AutoCloseable {
    private static final int MAX_WAITING = 100;
    private static final long MAX_SECONDS = 60;
    private static final int MAX_VALUE = 4000;

    private final String command;
    private final Consumer<String> complaints;
    private final ThreadPoolExecutor runner = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Daemons.named("on-change"),
            (task, full) -> complain("a change was left out: " + MAX_WAITING + " are waiting"));

    ChangeCommand(String command, Consumer<String> complaints) {
        this.command = command;
        this.complaints = complaints;
    }

    @Override
    public void changed(TargetWatch target, Change change) {
        if (change.kind() != Change.Kind.FIRST || change.to().isDown()) {
            runner.execute(() -> run(change));
        }
    }

    private void run(Change change) {
        try {
            boolean windows = System.getProperty("os.name").startsWith("Windows");
            ProcessBuilder builder =
                    windows ? new ProcessBuilder("cmd", "/c", command) : new ProcessBuilder("sh", "-c", command);
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment(change));
            Process process = builder.start();
            try (OutputStream input = process.getOutputStream()) {
                input.write((ChangeJson.of(change) + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException unread) {
                // Not every command reads it.
            }
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                complain("stopped after " + MAX_SECONDS + " s");
            } else if (process.exitValue() != 0) {
                complain("ended with " + process.exitValue());
            }
        } catch (IOException failure) {
            complain(failure.getMessage());
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> environment(Change change) {
        return Map.of(
                "SOCKETIO_TARGET",
                change.target().toString(),
                "SOCKETIO_EVENT",
                change.kind().name().toLowerCase(Locale.ROOT),
                "SOCKETIO_FROM",
                change.from() == null ? "" : change.from().verdict().label(),
                "SOCKETIO_TO",
                change.to() == null ? "" : change.to().verdict().label(),
                "SOCKETIO_CAUSES",
                change.to() == null ? "" : String.join(" ", change.to().causes()),
                "SOCKETIO_SUMMARY",
                Text.cut(ChangeText.what(change), MAX_VALUE));
    }

    private void complain(String what) {
        complaints.accept("--on-change: " + what);
    }

    /** What was told already is brought to its end, within reason. */
    @Override
    public void close() {
        runner.shutdown();
        try {
            if (!runner.awaitTermination(MAX_SECONDS / 10, TimeUnit.SECONDS)) {
                runner.shutdownNow();
            }
        } catch (InterruptedException over) {
            runner.shutdownNow();
        }
    }
}
