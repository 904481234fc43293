package siodiag.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import siodiag.core.JsonText;

/**
 * Reads a monitor's record line by line, however long it is. Lines that are none of a record, such as one that a kill
 * cut short, are passed over, counted, and the first of them named by their numbers.
 */
public final class Recording implements AutoCloseable {
    private static final int MAX_NAMED = 20;
    /** The monitor takes no message as long as that, whatever its record adds. */
    private static final int MAX_LINE = 16 * 1024 * 1024;

    private final BufferedReader lines;
    private final List<Long> unreadableLines = new ArrayList<>();
    private RecordedEvent next;
    private long number;
    private long unreadable;

    /** @throws IOException if the file can't be read */
    public Recording(Path file) throws IOException {
        // Not Files.newBufferedReader: that gives up at a character that a kill cut in two.
        lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
    }

    public boolean hasNext() throws IOException {
        while (next == null) {
            StringBuilder line = new StringBuilder();
            if (!readLine(line)) {
                return false;
            }
            next = parse(line.toString());
        }
        return true;
    }

    /** @throws NoSuchElementException at the end */
    public RecordedEvent next() throws IOException {
        if (!hasNext()) {
            throw new NoSuchElementException("the recording has no more lines");
        }
        RecordedEvent event = next;
        next = null;
        return event;
    }

    /** How many lines so far were no line of a record. */
    public long unreadable() {
        return unreadable;
    }

    /** The numbers of the first lines that were no line of a record, from 1. */
    public List<Long> unreadableLines() {
        return List.copyOf(unreadableLines);
    }

    /** Whether the end was not reached yet. A line that is too long is cut, so that it is not a line of a record. */
    private boolean readLine(StringBuilder line) throws IOException {
        int next = lines.read();
        for (int character = next; character >= 0 && character != '\n'; character = lines.read()) {
            if (line.length() < MAX_LINE) {
                line.append((char) character);
            }
        }
        number++;
        return next >= 0;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private RecordedEvent parse(String line) {
        try {
            return RecordedEvent.of(JsonText.MAPPER.readTree(line));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
            unreadable++;
            if (unreadableLines.size() < MAX_NAMED) {
                unreadableLines.add(number);
            }
            return null;
        }
    }
}
