package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The events of one kind (name, namespace, way of sending) and what became of them. Pure. */
record Group(Flow flow, Flow.Send send, List<Ledger.Entry> entries, List<String> observers) {
    static final String SENDER = "sender";

    /** The same with only the events that were sent so far. */
    Group soFar() {
        return new Group(flow, send, entries.stream().filter(Ledger.Entry::isSent).toList(), observers);
    }

    /** A delivery as it should be: at an observer, in the namespace and under the name that the flow says. */
    boolean isRight(Ledger.Arrival arrival) {
        return observers.contains(arrival.observer()) && arrival.namespace().equals(flow.receiveNamespace(send))
                && isRightEvent(arrival);
    }

    boolean isRightEvent(Ledger.Arrival arrival) {
        return flow.receive().anyEvent() || arrival.event().equals(flow.receiveEvent(send));
    }

    List<Ledger.Arrival> right() {
        return arrivals().stream().filter(this::isRight).toList();
    }

    /** The observers to whom at least one event came as it should. */
    Set<String> hearing() {
        return right().stream().map(Ledger.Arrival::observer).collect(Collectors.toCollection(TreeSet::new));
    }

    List<Ledger.Arrival> arrivals() {
        List<Ledger.Arrival> all = new ArrayList<>();
        entries.forEach(entry -> all.addAll(entry.arrivals()));
        return all;
    }

    /** Arrivals at an observer that are not as they should be. */
    List<Ledger.Arrival> astray() {
        return arrivals().stream().filter(arrival -> !arrival.observer().equals(SENDER) && !isRight(arrival)).toList();
    }

    long expected() {
        return (long) entries.size() * observers.size();
    }

    /** Deliveries that came at least once. */
    long received() {
        return entries.stream().mapToLong(entry -> observers.stream()
                .filter(observer -> rightAt(entry, observer) > 0).count()).sum();
    }

    long duplicated() {
        return entries.stream().mapToLong(entry -> observers.stream()
                .mapToLong(observer -> Math.max(0, rightAt(entry, observer) - 1)).sum()).sum();
    }

    /** Whether nothing is to be hoped for: each that was sent was refused at the intake. */
    boolean isRefused() {
        List<Ledger.Entry> sent = soFar().entries();
        return !sent.isEmpty() && sent.stream().noneMatch(entry -> entry.failure().isEmpty());
    }

    boolean isComplete() {
        return received() == expected();
    }

    /** Whether the server has said what it says to each event; those that never say anything need not be waited for. */
    boolean isAnswered() {
        return send.via() != Flow.Via.HTTP || entries.stream().allMatch(entry ->
                entry.isAcknowledged() || !entry.failure().isEmpty());
    }

    boolean isAcknowledged() {
        return entries.stream().anyMatch(Ledger.Entry::isAcknowledged);
    }

    List<Double> latencies() {
        List<Double> latencies = new ArrayList<>();
        for (Ledger.Entry entry : entries) {
            entry.arrivals().stream().filter(this::isRight).forEach(arrival ->
                    latencies.add(entry.latencyMs(arrival)));
        }
        return latencies;
    }

    /** The fastest delivery, milliseconds; 0 where there was none. */
    double fastestMs() {
        return latencies().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    /** The events that some observer never got. */
    List<Ledger.Entry> lost() {
        return entries.stream().filter(entry -> observers.stream().anyMatch(name -> rightAt(entry, name) == 0))
                .toList();
    }

    /** Whether those that never arrived, if any, were sent before all those that did. */
    boolean lostOnlyFirst() {
        return lost().equals(entries.subList(0, lost().size()));
    }

    private long rightAt(Ledger.Entry entry, String observer) {
        return entry.arrivals().stream().filter(arrival -> arrival.observer().equals(observer) && isRight(arrival))
                .count();
    }
}
