package siodiag.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import siodiag.core.JsonText;
import siodiag.core.Redactor;
import siodiag.server.Backlog;
import siodiag.server.JsonRedactor;
import siodiag.server.ServerEvent;
import siodiag.server.Timestamps;

/**
 * Appends every event to a file as {@code RecordedEvent} describes. A thread of its own writes; what it has written is
 * with the operating system and survives a {@code kill -9}. A disk that can't keep up slows the server down rather
 * than lose a line.
 */
public final class Recorder implements ServerEvent.Listener, AutoCloseable {
    private static final OpenOption[] APPEND = {StandardOpenOption.CREATE, StandardOpenOption.APPEND};

    private final OutputStream file;
    private final Redactor secrets;
    private final JsonRedactor mask;
    private final Backlog backlog;
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
    /** The part of a line that is being written; ASCII alone, as one other character makes all of it several times slower. */
    private final StringBuilder lines = new StringBuilder();

    private String lastArgs;
    private byte[] lastMasked;
    private volatile IOException failure;

    /** @throws IOException if the file can't be written; the message says which and why */
    public Recorder(Path path, Redactor secrets) throws IOException {
        try {
            this.file = Files.newOutputStream(path, APPEND);
        } catch (NoSuchFileException e) {
            throw new IOException("cannot write " + path + ": no such folder", e);
        } catch (IOException e) {
            throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
        }
        this.secrets = secrets;
        this.mask = new JsonRedactor(secrets);
        if (isCutShort(path)) {
            file.write('\n'); // what a kill cut short must not swallow the next line
        }
        this.backlog = new Backlog("monitor-record", this::write);
    }

    @Override
    public void on(ServerEvent event) {
        backlog.put(event);
    }

    @Override
    public String part() {
        return "record";
    }

    @Override
    public String failure() {
        IOException unwritten = failure;
        return unwritten == null ? backlog.failure() : unwritten.toString();
    }

    /** Writes what is left and closes the file. */
    @Override
    public void close() throws IOException {
        backlog.close();
        file.close();
        if (failure != null) {
            throw failure;
        }
    }

    private void write(List<ServerEvent> events) {
        batch.reset();
        lines.setLength(0);
        events.forEach(this::line);
        flushText();
        try {
            batch.writeTo(file);
        } catch (IOException e) {
            if (failure == null) {
                System.err.println("monitor: cannot write the recording any more: " + e.getMessage());
                failure = e;
            }
        }
    }

    private static boolean isCutShort(Path path) throws IOException {
        try (SeekableByteChannel end = Files.newByteChannel(path)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return end.size() > 0 && end.position(end.size() - 1).read(last) == 1 && last.get(0) != '\n';
        }
    }

    /** Joined as text: with a JSON generator a record costs more than twice the time, for every event. */
    private void line(ServerEvent event) {
        lines.append("{\"at\":\"")
                .append(Timestamps.iso(event.at()))
                .append("\",\"kind\":\"")
                .append(event.kind().label())
                .append("\",\"direction\":\"")
                .append(event.direction().label())
                .append('"');
        text("client", event.client());
        text("socket", event.socket());
        text("transport", event.transport());
        text("namespace", event.namespace());
        text("event", event.event());
        if (event.args() != null) {
            lines.append(",\"args\":");
            flushText();
            batch.writeBytes(masked(event.args()));
        }
        raw("ack", event.ack() < 0 ? null : Long.toString(event.ack()));
        raw("bytes", event.bytes() == 0 ? null : Integer.toString(event.bytes()));
        attachments(event.binary());
        to(event.to());
        raw("status", event.status() == 0 ? null : Integer.toString(event.status()));
        text("detail", event.detail() == null ? null : secrets.hide(event.detail()));
        lines.append("}\n");
    }

    /** A proxy sees a broadcast once for each receiver: what was masked last is most often the same again. */
    private byte[] masked(String args) {
        if (!args.equals(lastArgs)) {
            lastMasked = mask.json(onOneLine(args)).getBytes(StandardCharsets.UTF_8);
            lastArgs = args;
        }
        return lastMasked;
    }

    private void flushText() {
        batch.writeBytes(lines.toString().getBytes(StandardCharsets.UTF_8));
        lines.setLength(0);
    }

    /** Line breaks in JSON are never part of a string, but one would end the line of the record. */
    private static String onOneLine(String json) {
        return json.indexOf('\n') < 0 && json.indexOf('\r') < 0
                ? json
                : json.replace('\n', ' ').replace('\r', ' ');
    }

    private void text(String name, String value) {
        raw(name, value == null ? null : JsonText.quote(value));
    }

    private void raw(String name, String json) {
        if (json != null) {
            lines.append(",\"").append(name).append("\":").append(json);
        }
    }

    private void attachments(List<byte[]> binary) {
        if (!binary.isEmpty()) {
            raw(
                    "attachments",
                    binary.stream()
                            .map(bytes -> '"' + Base64.getEncoder().encodeToString(bytes) + '"')
                            .toList()
                            .toString());
        }
    }

    private void to(List<String> ids) {
        if (!ids.isEmpty()) {
            lines.append(",\"to\":[");
            for (int i = 0; i < ids.size(); i++) {
                lines.append(i == 0 ? "\"" : ",\"").append(ids.get(i)).append('"');
            }
            lines.append(']');
        }
    }
}
