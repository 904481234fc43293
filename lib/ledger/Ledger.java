package siodiag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Accounts for events: who sent what, who received what, when, how often. Each event carries a mark of its own in every
 * object of its data, by which it is known again wherever and under whatever name it turns up.
 */
final class Ledger {
    static final String MARK = "diagnostic_id";
    private static final int MOST_ARRIVALS_OF_ONE = 1000;
    private static final int MOST_UNMARKED = 2000;
    /** Of one kind, so that a busy stream of another does not crowd it out. */
    private static final int MOST_UNMARKED_ALIKE = 120;
    private static final int LONGEST_UNMARKED = 10_000;
    private static final int LONGEST_ACKNOWLEDGEMENT = 160;
    /** A change between looking and waiting is met at the latest after this time. */
    private static final long LOOK_AGAIN_MS = 20;

    private final String run = "diag-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36) + "-";
    private final Pattern marks = Pattern.compile(Pattern.quote(run) + "(\\d{1,9})");
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();
    private final Map<String, List<Integer>> order = new HashMap<>();
    private final Map<String, List<Arrival>> unmarked = new HashMap<>();
    private int unmarkedKept;

    /** One turning-up of an event. */
    record Arrival(String observer, String namespace, String event, JsonNode args, long nanos) {
    }

    /** One event from its sending to its last arrival. */
    static final class Entry {
        final int number;
        final Flow.Send send;
        final JsonNode data;
        private long sentNanos;
        private String acknowledgement;
        private String failure = "";
        private final List<Arrival> arrivals = new ArrayList<>();

        Entry(int number, Flow.Send send, JsonNode data) {
            this.number = number;
            this.send = send;
            this.data = data;
        }

        synchronized boolean isSent() {
            return sentNanos != 0;
        }

        synchronized void sent() {
            sentNanos = System.nanoTime();
        }

        /** @param words with which the server took it: its acknowledgement, or the 2xx */
        synchronized void acknowledged(String words) {
            acknowledgement = Text.cut(words, LONGEST_ACKNOWLEDGEMENT);
        }

        synchronized void failed(String how) {
            failure = how;
        }

        synchronized boolean isAcknowledged() {
            return acknowledgement != null;
        }

        /** What the server said to it; null where it said nothing. */
        synchronized String acknowledgement() {
            return acknowledgement;
        }

        synchronized String failure() {
            return failure;
        }

        synchronized List<Arrival> arrivals() {
            return List.copyOf(arrivals);
        }

        /** Milliseconds from the sending to that arrival. */
        synchronized double latencyMs(Arrival arrival) {
            return (arrival.nanos() - sentNanos) / 1e6;
        }

        private synchronized void add(Arrival arrival) {
            if (arrivals.size() < MOST_ARRIVALS_OF_ONE) {
                arrivals.add(arrival);
            }
        }
    }

    /** A new event to send, its data marked. */
    synchronized Entry open(Flow.Send send) {
        int number = entries.size();
        Entry entry = new Entry(number, send, marked(send.data().deepCopy(), run + number));
        entries.put(number, entry);
        return entry;
    }

    /** Keeps an arrival where it carries a mark of this ledger. Called on the threads of the observers. */
    void arrived(Arrival arrival) {
        Matcher mark = marks.matcher(arrival.args().toString());
        if (!mark.find()) {
            keepUnmarked(arrival);
            return;
        }
        Entry entry;
        synchronized (this) {
            int number = Integer.parseInt(mark.group(1));
            entry = entries.get(number);
            if (entry != null) {
                order.computeIfAbsent(arrival.observer() + " " + arrival.namespace(), key -> new ArrayList<>())
                        .add(number);
            }
        }
        if (entry != null) {
            entry.add(arrival);
            changed();
        }
    }

    /** Events without a mark under that name: our own whose data was cut, or other people's. */
    synchronized List<Arrival> unmarked(String observer, String namespace, String event) {
        return List.copyOf(unmarked.getOrDefault(kind(observer, namespace, event), List.of()));
    }

    private synchronized void keepUnmarked(Arrival arrival) {
        if (unmarkedKept >= MOST_UNMARKED || arrival.args().toString().length() >= LONGEST_UNMARKED) {
            return;
        }
        List<Arrival> alike = unmarked.computeIfAbsent(
                kind(arrival.observer(), arrival.namespace(), arrival.event()), name -> new ArrayList<>());
        if (alike.size() < MOST_UNMARKED_ALIKE) {
            alike.add(arrival);
            unmarkedKept++;
        }
    }

    private static String kind(String observer, String namespace, String event) {
        return String.join(" ", observer, namespace, event);
    }

    /** Something happened that a waiter may be waiting for. */
    synchronized void changed() {
        notifyAll();
    }

    /** Waits until the condition holds, looking again at each change. @return whether it does */
    boolean await(BooleanSupplier condition, Deadline deadline) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            synchronized (this) {
                long left = deadline.millisLeft();
                if (left <= 0) {
                    return condition.getAsBoolean();
                }
                wait(Math.min(left, LOOK_AGAIN_MS));
            }
        }
        return true;
    }

    /** How many of the events an observer first got after a later one of the same sender. */
    synchronized long overtaken(Set<Integer> of, String observer, String namespace) {
        long overtaken = 0;
        int highest = -1;
        for (int number : new LinkedHashSet<>(order.getOrDefault(observer + " " + namespace, List.of()))) {
            if (of.contains(number)) {
                overtaken += number < highest ? 1 : 0;
                highest = Math.max(highest, number);
            }
        }
        return overtaken;
    }

    /** The mark as a field of every object, and in texts that hold {@code {mark}}: servers may drop fields or wrap. */
    private static JsonNode marked(JsonNode node, String mark) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(marked(field.getValue(), mark)));
            object.put(MARK, mark);
        } else if (node.isTextual()) {
            return TextNode.valueOf(node.asText().replace("{mark}", mark));
        }
        return node;
    }
}
