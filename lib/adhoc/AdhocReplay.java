package siodiag;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What became of a replay.
 *
 * @param sent       events sent again
 * @param passedOver binary events, and lines that are none of a record
 */
public record AdhocReplay(long sent, long passedOver) {

    /** @throws AdhocFailure where the record can't be read, or a namespace does not let the client in */
    static AdhocReplay run(AdhocServer server, String file) {
        try (MonitorRecording recording = new MonitorRecording(Path.of(file))) {
            return replay(server, recording);
        } catch (IOException | InvalidPathException failure) {
            throw new AdhocFailure("can't read the record " + Text.cut(file, 200) + ": give a file that monitor --record wrote");
        }
    }

    private static AdhocReplay replay(AdhocServer server, MonitorRecording recording) throws IOException {
        Map<String, AdhocConnection> connections = new HashMap<>();
        long sent = 0;
        long binary = 0;
        try {
            while (recording.hasNext()) {
                RecordedEvent event = recording.next();
                if (!event.isFromClient()) {
                    continue;
                }
                if (event.attachments().isEmpty()) {
                    connections.computeIfAbsent(event.namespace(), server::connect).emitAll(event.event(), event.args());
                    sent++;
                } else {
                    binary++;
                }
            }
        } finally {
            connections.values().forEach(AdhocConnection::close);
        }
        return new AdhocReplay(sent, binary + recording.unreadable());
    }

    @Override
    public String toString() {
        return Text.count(sent, "event") + " sent again"
                + (passedOver == 0 ? "" : ", " + Text.count(passedOver, "line") + " passed over");
    }
}
