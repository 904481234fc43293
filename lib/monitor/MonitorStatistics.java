package siodiag;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts everything. Names that clients make up are counted one by one only up to a bound. */
final class MonitorStatistics implements MonitorEvent.Listener {
    static final String OTHERS = "(others)";
    private static final int MOST_NAMES = 500;

    /** What one event name did in one namespace. */
    static final class Count {
        long received;
        long relayed;
        long deliveries;
    }

    /** A namespace and an event name. */
    record Name(String namespace, String event) {
    }

    private final long startedAt = System.currentTimeMillis();
    private final Map<MonitorEvent.Kind, Long> kinds = new EnumMap<>(MonitorEvent.Kind.class);
    private final Map<Name, Count> names = new LinkedHashMap<>();
    private long received;
    private long deliveries;
    private long toNobody;
    private long bytesIn;
    private long bytesOut;

    @Override
    public void on(MonitorEvent event) {
        kinds.merge(event.kind(), 1L, Long::sum);
        if (event.isIn()) {
            bytesIn += event.bytes();
        } else if (event.isOut()) {
            bytesOut += (long) event.bytes() * Math.max(1, event.to().size());
        }
        if (event.kind() == MonitorEvent.Kind.EVENT) {
            count(event, of(event));
        }
    }

    long startedAt() {
        return startedAt;
    }

    long uptimeMs() {
        return System.currentTimeMillis() - startedAt;
    }

    long of(MonitorEvent.Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    Map<Name, Count> names() {
        return names;
    }

    /** Events that clients sent. */
    long received() {
        return received;
    }

    /** Events delivered, one for each client that was sent one. */
    long deliveries() {
        return deliveries;
    }

    /** Events that were relayed to a room or a namespace nobody was in. */
    long toNobody() {
        return toNobody;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }

    private Count of(MonitorEvent event) {
        Name name = new Name(event.namespace(), event.event());
        Count count = names.get(name);
        if (count == null) {
            Name known = names.size() < MOST_NAMES ? name : new Name(event.namespace(), OTHERS);
            count = names.computeIfAbsent(known, n -> new Count());
        }
        return count;
    }

    private void count(MonitorEvent event, Count count) {
        if (event.isIn()) {
            received++;
            count.received++;
        } else {
            count.relayed++;
            count.deliveries += event.to().size();
            deliveries += event.to().size();
            toNobody += event.to().isEmpty() ? 1 : 0;
        }
    }
}
