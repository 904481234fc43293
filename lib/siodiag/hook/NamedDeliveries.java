package siodiag.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import siodiag.core.Deadline;
import siodiag.probe.relay.StandingReceiver;
import siodiag.target.Flow;

/**
 * Which of the events of a record reach a receiver. They have no marks, so they are counted by name; what the flow says nothing
 * about is not expected.
 */
final class NamedDeliveries implements StandingReceiver.Listener {
    private record Key(String namespace, String event) {}

    private static final String ANY = "*";

    private final Flow flow;
    private final List<Flow.Send> sends;
    private final Map<Key, Integer> expected = new LinkedHashMap<>();
    private final Map<Key, Integer> received = new HashMap<>();
    private int interruptions;
    private long arrived;

    /** @param flow what is known of the application; null for nothing */
    NamedDeliveries(Flow flow, List<Flow.Send> sends) {
        this.flow = flow;
        this.sends = sends;
    }

    /** A recorded event goes out. @param posted over HTTP */
    synchronized void sent(String namespace, String event, boolean posted) {
        if (flow == null || !flow.receive().isRelayed()) {
            return;
        }
        Optional<Flow.Send> known = sends.stream()
                .filter(send -> posted
                        ? send.via() == Flow.Via.HTTP
                        : send.via() == Flow.Via.SOCKET
                                && send.namespace().equals(namespace)
                                && send.event().equals(event))
                .findFirst();
        known.ifPresent(send -> expected.merge(
                new Key(flow.receiveNamespace(send), posted ? ANY : flow.receiveEvent(send)), 1, Integer::sum));
    }

    @Override
    public synchronized void received(String namespace, String event, JsonNode packet) {
        arrived++;
        received.merge(new Key(namespace, event), 1, Integer::sum);
        received.merge(new Key(namespace, ANY), 1, Integer::sum);
        notifyAll();
    }

    @Override
    public void connected() {
        // What counts is what arrives.
    }

    @Override
    public synchronized void disconnected() {
        interruptions++;
    }

    /** Waits until all that is expected has arrived. */
    synchronized void awaitAll(Deadline deadline) throws InterruptedException {
        while (lost() > 0 && !deadline.passed()) {
            wait(Math.max(1, deadline.millisLeft()));
        }
    }

    synchronized int interruptions() {
        return interruptions;
    }

    /** Events of any name that came, expected or not. */
    synchronized long arrived() {
        return arrived;
    }

    synchronized int expected() {
        return expected.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized int lost() {
        return expected.entrySet().stream()
                .mapToInt(one -> Math.max(0, one.getValue() - received.getOrDefault(one.getKey(), 0)))
                .sum();
    }

    /** {@code , delivered 29 of 30}; empty where nothing is expected. */
    String summary() {
        int all = expected();
        return all == 0 ? "" : ", delivered " + (all - lost()) + " of " + all;
    }

    /** By name, those that are missing. */
    synchronized List<String> missing() {
        return expected.entrySet().stream()
                .filter(one -> received.getOrDefault(one.getKey(), 0) < one.getValue())
                .map(one -> Flow.quoted(one.getKey().event()) + " in "
                        + one.getKey().namespace() + ": " + received.getOrDefault(one.getKey(), 0) + " of "
                        + one.getValue())
                .toList();
    }
}
