package siodiag.monitor;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** Counts everything. Event names that clients make up are counted one by one only up to a bound, the rest together. */
final class Statistics implements ServerEvent.Listener {
    static final String OTHER = "(other)";
    static final int MAX_NAMES = 500;
    static final int MAX_NAME_LENGTH = 100;

    /** What one event name did in one namespace. */
    static final class Count {
        long received;
        long relayed;
        long deliveries;
    }

    /** A namespace and an event name. */
    record Name(String namespace, String event) {}

    private final long startedAt = System.currentTimeMillis();
    private final Map<RecordedEvent.Kind, Long> kinds = new EnumMap<>(RecordedEvent.Kind.class);
    private final Map<Name, Count> names = new LinkedHashMap<>();
    private long received;
    private long deliveries;
    private long toNobody;
    private long bytesIn;
    private long bytesOut;

    @Override
    public void on(ServerEvent event) {
        kinds.merge(event.kind(), 1L, Long::sum);
        if (event.isIn()) {
            bytesIn += event.bytes();
        } else if (event.isOut()) {
            bytesOut += (long) event.bytes() * Math.max(1, event.to().size());
        }
        if (event.kind() == RecordedEvent.Kind.EVENT) {
            count(event, of(event));
        }
    }

    @Override
    public String part() {
        return "statistics";
    }

    long startedAt() {
        return startedAt;
    }

    long uptimeMs() {
        return System.currentTimeMillis() - startedAt;
    }

    long of(RecordedEvent.Kind kind) {
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

    /** Events relayed to a room or a namespace without clients. */
    long toNobody() {
        return toNobody;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }

    private Count of(ServerEvent event) {
        Name name = new Name(event.namespace(), event.event());
        Count count = names.get(name);
        if (count == null) {
            Name counted =
                    names.size() < MAX_NAMES && canBeLabel(name.event()) ? name : new Name(event.namespace(), OTHER);
            count = names.computeIfAbsent(counted, n -> new Count());
        }
        return count;
    }

    /** Cut to fit, or with half characters replaced, two names could become one. */
    private static boolean canBeLabel(String name) {
        return name.length() <= MAX_NAME_LENGTH
                && StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }

    private void count(ServerEvent event, Count count) {
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
