package siodiag.ledger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the ledger says of some groups of events taken together. */
public record DeliveryReport(Ledger ledger, List<EventBatch> groups) {

    /** How soon after the last event was sent those count that came without a mark. */
    private static final double SOON_MS = 500;

    /**
     * Where events of the expected name came without their mark, one for each two that were sent at the least and two for
     * each at the most: our own, cut. Other people's come before and afterwards as well.
     */
    public Optional<Ledger.Arrival> unmarked(EventBatch group) {
        if (group.isOnlyAcknowledged()
                || group.entries().isEmpty()
                || !group.right().isEmpty()) {
            return Optional.empty();
        }
        List<Ledger.Arrival> like = ledger.unmarked(
                group.observers().get(0),
                group.flow().receiveNamespace(group.send()),
                group.flow().receiveEvent(group.send()));
        List<Ledger.Entry> sent = group.entries();
        List<Ledger.Arrival> soon = like.stream()
                .filter(arrival -> sent.get(0).latencyMs(arrival) > 0
                        && sent.get(sent.size() - 1).latencyMs(arrival) < SOON_MS)
                .toList();
        int others = like.size() - soon.size();
        boolean ours =
                2 * soon.size() >= sent.size() && soon.size() <= 2 * sent.size() && others <= 1 + soon.size() / 2;
        return ours ? Optional.of(soon.get(0)) : Optional.empty();
    }

    /** By the namespace of arrival: the groups that arrive there, of one sender, whatever their names. */
    public Map<String, List<EventBatch>> byNamespace() {
        return groups.stream()
                .collect(Collectors.groupingBy(
                        group -> group.flow().receiveNamespace(group.send()), LinkedHashMap::new, Collectors.toList()));
    }

    /** How many deliveries of these groups in that namespace came after a later event of the same sender. */
    public long reordered(String namespace, List<EventBatch> together) {
        Set<Integer> numbers = together.stream()
                .flatMap(group -> group.entries().stream())
                .map(entry -> entry.number)
                .collect(Collectors.toSet());
        return together.get(0).observers().stream()
                .mapToLong(observer -> ledger.reordered(numbers, observer, namespace))
                .sum();
    }

    public FlowFigures figures() {
        long expected = groups.stream().mapToLong(EventBatch::expected).sum();
        long received = groups.stream()
                .mapToLong(group -> unmarked(group).isPresent() ? group.expected() : group.received())
                .sum();
        long reordered = byNamespace().entrySet().stream()
                .mapToLong(together -> reordered(together.getKey(), together.getValue()))
                .sum();
        return new FlowFigures(
                groups.stream().mapToLong(group -> group.entries().size()).sum(),
                expected,
                received,
                expected - received,
                groups.stream().mapToLong(EventBatch::duplicated).sum(),
                reordered,
                latency());
    }

    public FlowTimeline timeline() {
        return FlowTimeline.of(groups);
    }

    private FlowFigures.Latency latency() {
        return FlowFigures.Latency.of(groups.stream()
                .flatMap(group -> group.latencies().stream())
                .mapToDouble(Double::doubleValue)
                .toArray());
    }
}
