package siodiag.view;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** Counts everything. Event names that clients make up are counted one by one only up to a bound, the rest together. */
public final class Statistics implements ServerEvent.Listener {
    private static final String OTHER = "(other)";
    public static final int MAX_NAMES = 500;
    public static final int MAX_NAME_LENGTH = 100;

    /** What one event name did in one namespace. */
    public static final class Count {
        private long received;
        private long posted;
        private long relayed;
        private long deliveries;
        private long toNobody;

        /** Sent by clients. */
        public long received() {
            return received;
        }

        /** Posted by hooks. */
        long posted() {
            return posted;
        }

        /** Relayed, however many received it. */
        public long relayed() {
            return relayed;
        }

        /** One for each client that was sent one. */
        public long deliveries() {
            return deliveries;
        }

        long toNobody() {
            return toNobody;
        }
    }

    /** A namespace and an event name. */
    public record Name(String namespace, String event) {}

    private final long startedAt = System.currentTimeMillis();
    private final Map<RecordedEvent.Kind, Long> kinds = new EnumMap<>(RecordedEvent.Kind.class);
    private final Map<Name, Count> names = new LinkedHashMap<>();
    private long received;
    private long deliveries;
    private long toNobody;
    private long bytesIn;
    private long bytesOut;
    private long errors;
    private long lastEventAt;
    private long silenceMs;

    @Override
    public synchronized void on(ServerEvent event) {
        kinds.merge(event.kind(), 1L, Long::sum);
        if (event.isIn()) {
            bytesIn += event.bytes();
        } else if (event.isOut()) {
            bytesOut += (long) event.bytes() * Math.max(1, event.to().size());
        }
        errors += event.isError() ? 1 : 0;
        if (event.kind() == RecordedEvent.Kind.EVENT
                || event.kind() == RecordedEvent.Kind.HTTP && event.event() != null) {
            silenceMs = lastEventAt == 0 ? 0 : Math.max(silenceMs, event.at() - lastEventAt);
            lastEventAt = event.at();
            count(event, of(event));
        }
    }

    @Override
    public String part() {
        return "statistics";
    }

    public long startedAt() {
        return startedAt;
    }

    public long uptimeMs() {
        return System.currentTimeMillis() - startedAt;
    }

    public synchronized long of(RecordedEvent.Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    public synchronized Map<Name, Count> names() {
        return new LinkedHashMap<>(names);
    }

    /** Events that clients sent. */
    public synchronized long received() {
        return received;
    }

    /** Events delivered, one for each client that was sent one. */
    public synchronized long deliveries() {
        return deliveries;
    }

    /** Events relayed to a room or a namespace without clients. */
    public synchronized long toNobody() {
        return toNobody;
    }

    synchronized long errors() {
        return errors;
    }

    /** The longest time between two events, in milliseconds. */
    synchronized long silenceMs() {
        return silenceMs;
    }

    public synchronized long bytesIn() {
        return bytesIn;
    }

    public synchronized long bytesOut() {
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
        if (event.kind() == RecordedEvent.Kind.HTTP) {
            count.posted++;
        } else if (event.isIn()) {
            received++;
            count.received++;
        } else {
            count.relayed++;
            count.deliveries += event.to().size();
            deliveries += event.to().size();
            toNobody += event.to().isEmpty() ? 1 : 0;
            count.toNobody += event.to().isEmpty() ? 1 : 0;
        }
    }
}
