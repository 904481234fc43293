package siodiag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.NoSuchElementException;

/**
 * Reads a monitor's record line by line, however long it is. Lines that are none of a record, such as one that a kill
 * cut short, are passed over and counted.
 */
public final class MonitorRecording implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BufferedReader lines;
    private RecordedEvent next;
    private long unreadable;

    /** @throws IOException if the file can't be read */
    public MonitorRecording(Path file) throws IOException {
        lines = Files.newBufferedReader(file);
    }

    public boolean hasNext() throws IOException {
        while (next == null) {
            String line = lines.readLine();
            if (line == null) {
                return false;
            }
            next = parse(line);
        }
        return true;
    }

    /** @throws NoSuchElementException at the end */
    public RecordedEvent next() throws IOException {
        if (!hasNext()) {
            throw new NoSuchElementException("the record has no more lines");
        }
        RecordedEvent event = next;
        next = null;
        return event;
    }

    /** How many lines so far were no line of a record. */
    public long unreadable() {
        return unreadable;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private RecordedEvent parse(String line) {
        try {
            return RecordedEvent.of(MAPPER.readTree(line));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
            unreadable++;
            return null;
        }
    }
}
