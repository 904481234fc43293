package siodiag.ledger;

import java.util.Comparator;
import java.util.List;
import siodiag.target.Flow;

/** When each event of a flow was sent, acknowledged and delivered; at most {@link #MAX_EVENTS}, the first of them. */
public record FlowTimeline(List<Event> events) {
    public static final FlowTimeline NONE = new FlowTimeline(List.of());
    private static final int MAX_EVENTS = 2000;

    /**
     * One event; all times in milliseconds since the first event was sent.
     *
     * @param name      its name and where it went
     * @param delivered when it arrived as it should, once for each delivery
     * @param expected  how many deliveries there should be; for one that is only acknowledged, acknowledgements
     */
    public record Event(String name, double sent, List<Double> delivered, int expected) {
        public boolean isLost() {
            return delivered.size() < expected;
        }
    }

    static FlowTimeline of(List<EventBatch> batches) {
        long begin = batches.stream()
                .flatMap(batch -> batch.entries().stream())
                .filter(Ledger.Entry::isSent)
                .mapToLong(Ledger.Entry::sentNanos)
                .min()
                .orElse(0);
        return new FlowTimeline(batches.stream()
                .flatMap(batch -> batch.entries().stream()
                        .filter(Ledger.Entry::isSent)
                        .map(entry -> event(batch, entry, (entry.sentNanos() - begin) / 1e6)))
                .sorted(Comparator.comparingDouble(Event::sent))
                .limit(MAX_EVENTS)
                .toList());
    }

    private static Event event(EventBatch batch, Ledger.Entry entry, double sent) {
        Flow.Send send = batch.send();
        if (batch.isOnlyAcknowledged()) {
            List<Double> at = entry.isAcknowledged() ? List.of(sent + entry.acknowledgedMs()) : List.of();
            return new Event(send.label(), sent, at, 1);
        }
        List<Double> delivered = entry.arrivals().stream()
                .filter(batch::isRight)
                .map(arrival -> sent + entry.latencyMs(arrival))
                .sorted()
                .toList();
        return new Event(send.label(), sent, delivered, batch.observers().size());
    }

    /** From sending to each delivery, in milliseconds. */
    public List<Double> latencies() {
        return events.stream()
                .flatMap(event -> event.delivered().stream().map(at -> at - event.sent()))
                .toList();
    }

    /** When the last thing happened, in milliseconds. */
    public double lengthMs() {
        return events.stream()
                .mapToDouble(event -> event.delivered().isEmpty()
                        ? event.sent()
                        : Math.max(
                                event.sent(),
                                event.delivered().get(event.delivered().size() - 1)))
                .max()
                .orElse(0);
    }
}
