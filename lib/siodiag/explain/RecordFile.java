package siodiag.explain;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import siodiag.recording.RecordedEvent;
import siodiag.recording.Recording;
import siodiag.server.ServerEvent;

/** A record of {@code monitor} or {@code tap}, as the events that it is made of. */
final class RecordFile {
    private static final Pattern SERVER = Pattern.compile("in front of (https?://\\S+)|^(https?://[^/\\s,]+)");
    private static final int MAX_SOCKETS = 100_000;

    private final Map<String, String> clients = new HashMap<>();
    private final Consumer<ServerEvent> sink;
    private URI server;

    private RecordFile(Consumer<ServerEvent> sink) {
        this.sink = sink;
    }

    /** Nothing where the first line is none of a record. */
    static Optional<RecordFile> read(Path file, Consumer<ServerEvent> sink) throws IOException {
        RecordFile record = new RecordFile(sink);
        try (Recording recording = new Recording(file)) {
            if (!recording.hasNext() || recording.unreadable() > 0) {
                return Optional.empty();
            }
            while (recording.hasNext()) {
                record.line(recording.next());
            }
        }
        return Optional.of(record);
    }

    /** Where the clients went, as the record's beginning tells; null where it does not. */
    URI server() {
        return server;
    }

    private void line(RecordedEvent line) {
        if (line.isStart()) {
            Matcher told = SERVER.matcher(String.valueOf(line.detail()));
            if (told.find()) {
                server = URI.create(told.group(1) == null ? told.group(2) : told.group(1));
            }
        }
        if (line.socket() != null && line.client() != null && clients.size() < MAX_SOCKETS) {
            clients.put(line.socket(), line.client());
        }
        if (line.client() == null && !line.to().isEmpty()) {
            line.to()
                    .forEach(socket -> sink.accept(event(line, clients.getOrDefault(socket, socket), List.of(socket))));
        } else {
            sink.accept(event(line, line.client(), line.to()));
        }
    }

    private static ServerEvent event(RecordedEvent line, String client, List<String> to) {
        return new ServerEvent(
                line.at().toEpochMilli(),
                kind(line.kind()),
                Stream.of(RecordedEvent.Direction.values())
                        .filter(direction -> direction.label().equals(line.direction()))
                        .findFirst()
                        .orElse(RecordedEvent.Direction.NONE),
                client,
                line.socket(),
                line.transport(),
                line.namespace(),
                line.event(),
                line.args().isMissingNode() ? null : line.args().toString(),
                line.ack(),
                line.args().isMissingNode() ? 0 : line.args().toString().length(),
                line.attachments(),
                to,
                line.status(),
                line.detail());
    }

    private static RecordedEvent.Kind kind(String label) {
        try {
            return RecordedEvent.Kind.valueOf(label.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException later) {
            return RecordedEvent.Kind.NOTE; // of a later version
        }
    }
}
