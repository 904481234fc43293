package siodiag.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Consumer;
import siodiag.core.CannotRunException;

/** Appends what happens to a file, a line each. Where that fails, the watch goes on, and it is told once. */
final class LogFile implements WatchListener, AutoCloseable {
    private final Path file;
    private final Consumer<String> complaints;
    private Writer lines;

    /** @throws CannotRunException where the file can't be written */
    LogFile(Path file, Consumer<String> complaints) {
        this.file = file;
        this.complaints = complaints;
        try {
            this.lines = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new CannotRunException("--log: can't write " + file + ": " + failure.getMessage());
        }
    }

    @Override
    public void examined(TargetWatch target, State seen, double connectMs) {
        write(ChangeJson.examination(Instant.now(), target.url(), seen, connectMs));
    }

    @Override
    public void changed(TargetWatch target, Change change) {
        write(ChangeJson.of(change));
    }

    @Override
    public void ended(TargetWatch target, String transport, String use, String how) {
        write(ChangeJson.ended(Instant.now(), target.url(), transport, use, how));
    }

    private synchronized void write(JsonNode line) {
        if (lines == null) {
            return;
        }
        try {
            lines.write(line + "\n");
            lines.flush();
        } catch (IOException failure) {
            complaints.accept("--log: can't write " + file + " any more: " + failure.getMessage());
            lines = null;
        }
    }

    @Override
    public synchronized void close() {
        if (lines != null) {
            try {
                lines.close();
            } catch (IOException failure) {
                complaints.accept("--log: " + failure.getMessage());
            }
            lines = null;
        }
    }
}
