package siodiag;

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

/**
 * Appends every event to a file as {@link RecordedEvent} describes. A thread of its own writes; what it has written is
 * with the operating system and survives a {@code kill -9}. A disk that can't keep up slows the server down rather
 * than lose a line.
 */
final class MonitorRecorder implements MonitorEvent.Listener, AutoCloseable {
    private static final OpenOption[] APPEND = {StandardOpenOption.CREATE, StandardOpenOption.APPEND};

    private final OutputStream file;
    private final Secrets secrets;
    private final MonitorMask mask;
    private final MonitorBacklog backlog;
    private final StringBuilder lines = new StringBuilder();
    private IOException failure;

    /** @throws IOException if the file can't be written; the message says which and why */
    MonitorRecorder(Path path, Secrets secrets) throws IOException {
        try {
            this.file = Files.newOutputStream(path, APPEND);
        } catch (NoSuchFileException e) {
            throw new IOException("can't write the record " + path + ": there is no such folder", e);
        } catch (IOException e) {
            throw new IOException("can't write the record " + path + ": " + e.getMessage(), e);
        }
        this.secrets = secrets;
        this.mask = new MonitorMask(secrets);
        if (isCutShort(path)) {
            file.write('\n');   // what a kill cut short must not swallow the next line
        }
        this.backlog = new MonitorBacklog("monitor-record", this::write);
    }

    @Override
    public void on(MonitorEvent event) {
        backlog.put(event);
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

    private void write(List<MonitorEvent> events) {
        lines.setLength(0);
        events.forEach(this::line);
        try {
            file.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            if (failure == null) {
                System.err.println("the record can't be written any more: " + e.getMessage());
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

    private void line(MonitorEvent event) {
        lines.append("{\"at\":\"").append(MonitorTime.iso(event.at())).append("\",\"kind\":\"")
                .append(event.kind().label()).append("\",\"direction\":\"").append(event.direction().label()).append('"');
        text("client", event.client());
        text("socket", event.socket());
        text("transport", event.transport());
        text("namespace", event.namespace());
        text("event", event.event());
        raw("args", event.args() == null ? null : mask.json(onOneLine(event.args())));
        raw("ack", event.ack() < 0 ? null : Long.toString(event.ack()));
        raw("bytes", event.bytes() == 0 ? null : Integer.toString(event.bytes()));
        attachments(event.binary());
        to(event.to());
        text("detail", event.detail() == null ? null : secrets.hide(event.detail()));
        lines.append("}\n");
    }

    /** Line breaks in JSON are never part of a string, but one would end the line of the record. */
    private static String onOneLine(String json) {
        return json.indexOf('\n') < 0 && json.indexOf('\r') < 0 ? json
                : json.replace('\n', ' ').replace('\r', ' ');
    }

    private void text(String name, String value) {
        raw(name, value == null ? null : MonitorJson.quote(value));
    }

    private void raw(String name, String json) {
        if (json != null) {
            lines.append(",\"").append(name).append("\":").append(json);
        }
    }

    private void attachments(List<byte[]> binary) {
        if (!binary.isEmpty()) {
            raw("attachments", binary.stream().map(bytes -> '"' + Base64.getEncoder().encodeToString(bytes) + '"')
                    .toList().toString());
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
