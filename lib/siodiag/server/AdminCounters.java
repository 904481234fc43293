package siodiag.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import siodiag.core.JsonText;
import siodiag.recording.RecordedEvent;

/** What the Admin UI draws as histograms: counts a second, since they were last asked for. */
final class AdminCounters implements ServerEvent.Listener {
    private static final int MAX_COUNTERS = 1_000;

    private record Key(long second, String type, String subType) {}

    private final Map<Key, Long> counts = new LinkedHashMap<>();

    @Override
    public void on(ServerEvent event) {
        long receivers = Math.max(1, event.to().size());
        switch (event.kind()) {
            case HANDSHAKE -> add(event, "rawConnection", null, 1);
            case CLOSE -> add(event, "rawDisconnection", event.detail().replaceFirst(" \\(\\d+\\).*", ""), 1);
            default -> {
                if (event.bytes() > 0 && event.direction() != RecordedEvent.Direction.NONE) {
                    boolean in = event.isIn();
                    add(event, in ? "packetsIn" : "packetsOut", null, receivers);
                    add(event, in ? "bytesIn" : "bytesOut", null, receivers * event.bytes());
                }
            }
        }
    }

    /** What was counted; counting starts anew. */
    ArrayNode drain() {
        ArrayNode drained = JsonText.MAPPER.createArrayNode();
        counts.forEach((key, count) -> {
            ObjectNode counter =
                    drained.addObject().put("timestamp", key.second * 1000).put("type", key.type);
            if (key.subType != null) {
                counter.put("subType", key.subType);
            }
            counter.put("count", count);
        });
        counts.clear();
        return drained;
    }

    private void add(ServerEvent event, String type, String subType, long count) {
        if (counts.size() < MAX_COUNTERS) {
            counts.merge(new Key(event.at() / 1000, type, subType), count, Long::sum);
        }
    }
}
