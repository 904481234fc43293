package siodiag;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the Admin UI draws as histograms: counts a second, since they were last asked for. */
final class MonitorAdminCounters implements MonitorEvent.Listener {
    private static final int MOST = 1_000;

    private record Key(long second, String type, String subType) {
    }

    private final Map<Key, Long> counts = new LinkedHashMap<>();

    @Override
    public void on(MonitorEvent event) {
        long receivers = Math.max(1, event.to().size());
        switch (event.kind()) {
            case HANDSHAKE -> add(event, "rawConnection", null, 1);
            case CLOSE -> add(event, "rawDisconnection", event.detail().replaceFirst(" \\(\\d+\\).*", ""), 1);
            default -> {
                if (event.bytes() > 0 && event.direction() != MonitorEvent.Direction.NONE) {
                    boolean in = event.isIn();
                    add(event, in ? "packetsIn" : "packetsOut", null, receivers);
                    add(event, in ? "bytesIn" : "bytesOut", null, receivers * event.bytes());
                }
            }
        }
    }

    /** A JSON array of what was counted; counting starts anew. */
    String drain() {
        StringBuilder json = new StringBuilder("[");
        counts.forEach((key, count) -> json.append(json.length() > 1 ? "," : "")
                .append("{\"timestamp\":").append(key.second * 1000).append(",\"type\":\"").append(key.type).append('"')
                .append(key.subType == null ? "" : ",\"subType\":" + MonitorJson.quote(key.subType))
                .append(",\"count\":").append(count).append('}'));
        counts.clear();
        return json.append(']').toString();
    }

    private void add(MonitorEvent event, String type, String subType, long count) {
        if (counts.size() < MOST) {
            counts.merge(new Key(event.at() / 1000, type, subType), count, Long::sum);
        }
    }
}
