package siodiag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.HdrHistogram.Histogram;

/** What the ledger says of some groups of events taken together. */
record Account(Ledger ledger, List<Group> groups) {

    /** How soon after the last event was sent those count that came without a mark. */
    private static final double SOON_MS = 500;

    /**
     * Where events of the expected name came without their mark, one for each two that were sent at the least and two for
     * each at the most: our own, cut. Other people's come before and afterwards as well.
     */
    Optional<Ledger.Arrival> unmarked(Group group) {
        if (group.entries().isEmpty() || !group.right().isEmpty()) {
            return Optional.empty();
        }
        List<Ledger.Arrival> like = ledger.unmarked(group.observers().get(0),
                group.flow().receiveNamespace(group.send()), group.flow().receiveEvent(group.send()));
        List<Ledger.Entry> sent = group.entries();
        List<Ledger.Arrival> soon = like.stream().filter(arrival -> sent.get(0).latencyMs(arrival) > 0
                && sent.get(sent.size() - 1).latencyMs(arrival) < SOON_MS).toList();
        int others = like.size() - soon.size();
        boolean ours = 2 * soon.size() >= sent.size() && soon.size() <= 2 * sent.size() && others <= 1 + soon.size() / 2;
        return ours ? Optional.of(soon.get(0)) : Optional.empty();
    }

    /** By the namespace of arrival: the groups that arrive there, of one sender, whatever their names. */
    Map<String, List<Group>> byNamespace() {
        return groups.stream().collect(Collectors.groupingBy(
                group -> group.flow().receiveNamespace(group.send()), LinkedHashMap::new, Collectors.toList()));
    }

    /** How many deliveries of these groups in that namespace came after a later event of the same sender. */
    long overtaken(String namespace, List<Group> together) {
        Set<Integer> numbers = together.stream().flatMap(group -> group.entries().stream())
                .map(entry -> entry.number).collect(Collectors.toSet());
        return together.get(0).observers().stream()
                .mapToLong(observer -> ledger.overtaken(numbers, observer, namespace)).sum();
    }

    FlowFigures figures() {
        long expected = groups.stream().mapToLong(Group::expected).sum();
        long received = groups.stream().mapToLong(group -> unmarked(group).isPresent() ? group.expected()
                : group.received()).sum();
        long reordered = byNamespace().entrySet().stream()
                .mapToLong(together -> overtaken(together.getKey(), together.getValue())).sum();
        return new FlowFigures(groups.stream().mapToLong(group -> group.entries().size()).sum(), expected, received,
                expected - received, groups.stream().mapToLong(Group::duplicated).sum(), reordered, latency());
    }

    private FlowFigures.Latency latency() {
        Histogram microseconds = new Histogram(3);
        groups.stream().flatMap(group -> group.latencies().stream())
                .forEach(latency -> microseconds.recordValue(Math.max(0, Math.round(latency * 1000))));
        return new FlowFigures.Latency(ms(microseconds, 50), ms(microseconds, 95), ms(microseconds, 99),
                ms(microseconds, 100));
    }

    private static double ms(Histogram microseconds, double percentile) {
        return microseconds.getTotalCount() == 0 ? 0 : microseconds.getValueAtPercentile(percentile) / 1000.0;
    }
}
