package siodiag;

import java.util.ArrayList;
import java.util.List;

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

    /** Whether nothing is to be hoped for: each was refused at the intake. */
    boolean isRefused() {
        return entries.stream().noneMatch(entry -> entry.failure().isEmpty());
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

    /** Which events some observer never got, for people. */
    List<String> lost() {
        return entries.stream().filter(entry -> observers.stream().anyMatch(name -> rightAt(entry, name) == 0))
                .map(entry -> "#" + (entries.indexOf(entry) + 1)).toList();
    }

    private long rightAt(Ledger.Entry entry, String observer) {
        return entry.arrivals().stream().filter(arrival -> arrival.observer().equals(observer) && isRight(arrival))
                .count();
    }
}
