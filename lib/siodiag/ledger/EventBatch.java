package siodiag.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import siodiag.target.Flow;

/** The events of one kind (name, namespace, way of sending) and what became of them. Pure. */
public record EventBatch(Flow flow, Flow.Send send, List<Ledger.Entry> entries, List<String> observers) {
    public static final String SENDER = "sender";

    /** The same with only the events that were sent so far. */
    public EventBatch soFar() {
        return new EventBatch(
                flow, send, entries.stream().filter(Ledger.Entry::isSent).toList(), observers);
    }

    /** The same kind, with other events. */
    public EventBatch with(List<Ledger.Entry> others) {
        return new EventBatch(flow, send, others, observers);
    }

    /** Whether only the acknowledgement answers: nothing of it is expected at any observer. */
    public boolean isOnlyAcknowledged() {
        return !flow.receive().isRelayed();
    }

    /** A delivery as it should be: at an observer, in the namespace and under the name that the flow says. */
    public boolean isRight(Ledger.Arrival arrival) {
        return observers.contains(arrival.observer()) && isAsExpected(arrival);
    }

    /** Whether it came in the namespace and under the name that the flow says, to whomever. */
    public boolean isAsExpected(Ledger.Arrival arrival) {
        return !isOnlyAcknowledged()
                && arrival.namespace().equals(flow.receiveNamespace(send))
                && (flow.receive().anyEvent() || arrival.event().equals(flow.receiveEvent(send)));
    }

    public List<Ledger.Arrival> right() {
        return arrivals().stream().filter(this::isRight).toList();
    }

    /** How many of the events came to that observer. */
    public long receivedBy(String observer) {
        return entries.stream().filter(entry -> rightAt(entry, observer) > 0).count();
    }

    /** Whether some observers got all of it and others nothing, though all did the same. */
    public boolean isSplit() {
        return observers.stream().anyMatch(name -> receivedBy(name) == 0)
                && observers.stream().anyMatch(name -> receivedBy(name) == entries.size());
    }

    /** The observers to whom at least one event came as it should. */
    public Set<String> receivers() {
        return right().stream().map(Ledger.Arrival::observer).collect(Collectors.toCollection(TreeSet::new));
    }

    public List<Ledger.Arrival> arrivals() {
        List<Ledger.Arrival> all = new ArrayList<>();
        entries.forEach(entry -> all.addAll(entry.arrivals()));
        return all;
    }

    /** Arrivals at an observer that are not as they should be. */
    public List<Ledger.Arrival> misdelivered() {
        return arrivals().stream()
                .filter(arrival -> observers.contains(arrival.observer()) && !isRight(arrival))
                .toList();
    }

    public List<Ledger.Arrival> atTheSender() {
        return arrivals().stream()
                .filter(arrival -> arrival.observer().equals(SENDER))
                .toList();
    }

    /** Deliveries; acknowledgements of what is only acknowledged. */
    public long expected() {
        return (long) entries.size() * (isOnlyAcknowledged() ? 1 : observers.size());
    }

    /** Of the expected, those that came at least once. */
    public long received() {
        return isOnlyAcknowledged()
                ? acknowledged()
                : entries.stream()
                        .mapToLong(entry -> observers.stream()
                                .filter(observer -> rightAt(entry, observer) > 0)
                                .count())
                        .sum();
    }

    public long duplicated() {
        return entries.stream()
                .mapToLong(entry -> observers.stream()
                        .mapToLong(observer -> Math.max(0, rightAt(entry, observer) - 1))
                        .sum())
                .sum();
    }

    /** Whether nothing is to be hoped for: each that was sent was refused at the intake. */
    public boolean isRefused() {
        List<Ledger.Entry> sent = soFar().entries();
        return !sent.isEmpty()
                && sent.stream().noneMatch(entry -> entry.failure().isEmpty());
    }

    public boolean isComplete() {
        return received() == expected();
    }

    /** Whether the server has said what it must say to each event; those that never say anything need not be waited for. */
    public boolean isAnswered() {
        return send.via() != Flow.Via.HTTP && !flow.receive().isAcknowledged()
                || entries.stream()
                        .allMatch(entry ->
                                entry.isAcknowledged() || !entry.failure().isEmpty());
    }

    public boolean isAcknowledged() {
        return acknowledged() > 0;
    }

    public long acknowledged() {
        return entries.stream().filter(Ledger.Entry::isAcknowledged).count();
    }

    public List<Double> latencies() {
        if (isOnlyAcknowledged()) {
            return entries.stream()
                    .filter(Ledger.Entry::isAcknowledged)
                    .map(Ledger.Entry::acknowledgedMs)
                    .toList();
        }
        List<Double> latencies = new ArrayList<>();
        for (Ledger.Entry entry : entries) {
            entry.arrivals().stream().filter(this::isRight).forEach(arrival -> latencies.add(entry.latencyMs(arrival)));
        }
        return latencies;
    }

    /** The fastest delivery, milliseconds; 0 where there was none. */
    public double fastestMs() {
        return latencies().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    }

    /** The events that some observer never got, or that were not acknowledged. */
    public List<Ledger.Entry> lost() {
        return isOnlyAcknowledged()
                ? entries.stream().filter(entry -> !entry.isAcknowledged()).toList()
                : entries.stream()
                        .filter(entry -> observers.stream().anyMatch(name -> rightAt(entry, name) == 0))
                        .toList();
    }

    /** Whether those that never arrived, if any, were sent before all those that did. */
    public boolean lostOnlyFirst() {
        return lost().equals(entries.subList(0, lost().size()));
    }

    private long rightAt(Ledger.Entry entry, String observer) {
        return entry.arrivals().stream()
                .filter(arrival -> arrival.observer().equals(observer) && isRight(arrival))
                .count();
    }
}
