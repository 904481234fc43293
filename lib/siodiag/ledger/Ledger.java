package siodiag.ledger;

import com.fasterxml.jackson.databind.JsonNode;
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
import siodiag.core.Deadline;
import siodiag.core.Text;
import siodiag.target.Flow;
import siodiag.target.Marks;

/**
 * Accounts for events: who sent what, who received what, when, how often. Each event carries a mark of its own
 * ({@link Marks}), by which it is known again wherever and under whatever name it turns up.
 */
public final class Ledger {
    private static final int MAX_ARRIVALS_OF_ONE = 1000;
    private static final int MAX_UNMARKED = 2000;
    /** Of one kind, so that a busy stream of another does not crowd it out. */
    private static final int MAX_UNMARKED_ALIKE = 120;

    private static final int MAX_UNMARKED_LENGTH = 10_000;
    private static final int MAX_ACKNOWLEDGEMENT = 160;

    private final String run =
            "diag-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36) + "-";
    private final Pattern marks = Pattern.compile(Pattern.quote(run) + "(\\d{1,9})", Pattern.CASE_INSENSITIVE);
    private final JsonNode expectedAck;
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();
    private final Map<String, List<Integer>> order = new HashMap<>();
    private final Map<String, List<Arrival>> unmarked = new HashMap<>();
    private final Map<String, List<String>> emptyPackets = new HashMap<>();
    private int unmarkedKept;
    private int clients;

    /** One turning-up of an event. */
    public record Arrival(String observer, String namespace, String event, JsonNode args, long nanos) {}

    /** One event from its sending to its last arrival. */
    public static final class Entry {
        final int number;
        public final String mark;
        public final Flow.Send send;
        public final List<JsonNode> args;
        private final JsonNode expectedAck;
        private long sentNanos;
        private long acknowledgedNanos;
        private String acknowledgement;
        private List<String> lacks = List.of();
        private String failure = "";
        private final List<Arrival> arrivals = new ArrayList<>();

        Entry(int number, String mark, Flow.Send send, List<JsonNode> args, JsonNode expectedAck) {
            this.number = number;
            this.mark = mark;
            this.send = send;
            this.args = args;
            this.expectedAck = expectedAck;
        }

        synchronized boolean isSent() {
            return sentNanos != 0;
        }

        public synchronized void sent() {
            sentNanos = System.nanoTime();
        }

        /** @param words with which the server took it: the arguments of its acknowledgement, or the 2xx */
        public synchronized void acknowledged(JsonNode words) {
            acknowledgedNanos = System.nanoTime();
            acknowledgement = Text.cut(words.isTextual() ? words.asText() : words.toString(), MAX_ACKNOWLEDGEMENT);
            lacks = expectedAck == null || expectedAck.isBoolean() ? List.of() : Fields.lacking(expectedAck, words);
        }

        /** What its acknowledgement should have and has not, one line a field. */
        public synchronized List<String> lacks() {
            return lacks;
        }

        synchronized double acknowledgedMs() {
            return (acknowledgedNanos - sentNanos) / 1e6;
        }

        public synchronized void failed(String how) {
            failure = how;
        }

        public synchronized boolean isAcknowledged() {
            return acknowledgement != null;
        }

        /** What the server said to it; null where it said nothing. */
        public synchronized String acknowledgement() {
            return acknowledgement;
        }

        public synchronized String failure() {
            return failure;
        }

        /** Whether the answer to its POST was that there is no such intake. */
        public synchronized boolean isAbsent() {
            return failure.matches("HTTP (404|405|501)\\b.*");
        }

        public synchronized List<Arrival> arrivals() {
            return List.copyOf(arrivals);
        }

        /** Milliseconds from the sending to that arrival. */
        synchronized double latencyMs(Arrival arrival) {
            return (arrival.nanos() - sentNanos) / 1e6;
        }

        /** Milliseconds from the sending of this one to that of another. */
        public double msUntil(Entry later) {
            return (later.sentNanos() - sentNanos()) / 1e6;
        }

        synchronized long sentNanos() {
            return sentNanos;
        }

        private synchronized boolean hasArrived(Arrival again) {
            return arrivals.stream()
                    .anyMatch(one -> one.observer().equals(again.observer())
                            && one.namespace().equals(again.namespace())
                            && one.event().equals(again.event()));
        }

        private synchronized void add(Arrival arrival) {
            if (arrivals.size() < MAX_ARRIVALS_OF_ONE) {
                arrivals.add(arrival);
            }
        }
    }

    /** @param expectedAck as a {@link Flow.Receive} has it */
    public Ledger(JsonNode expectedAck) {
        this.expectedAck = expectedAck;
    }

    /** A new event to send, its arguments marked. */
    public synchronized Entry open(Flow.Send send) {
        int number = entries.size();
        String mark = run + number;
        Entry entry = new Entry(
                number,
                mark,
                send,
                send.args().stream()
                        .map(arg -> Marks.fill(arg, mark, send.tagged()))
                        .toList(),
                expectedAck == null ? null : Marks.fill(expectedAck, mark, false));
        entries.put(number, entry);
        return entry;
    }

    /** Keeps an arrival where it carries marks of this ledger. Called on the threads of the observers. */
    public void arrived(Arrival arrival) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (Matcher mark = marks.matcher(arrival.args().toString()); mark.find(); ) {
            numbers.add(Integer.parseInt(mark.group(1)));
        }
        if (numbers.isEmpty()) {
            keepUnmarked(arrival);
            return;
        }
        // An application may send all that it has each time (a list, a state): of those that are known nothing is new.
        numbers.forEach(number -> enter(number, arrival, numbers.size() > 1));
        changed();
    }

    private void enter(int number, Arrival arrival, boolean onlyNew) {
        Entry entry;
        synchronized (this) {
            entry = entries.get(number);
            if (entry == null || onlyNew && entry.hasArrived(arrival)) {
                return;
            }
            order.computeIfAbsent(arrival.observer() + " " + arrival.namespace(), key -> new ArrayList<>())
                    .add(number);
        }
        entry.add(arrival);
    }

    /** What stands for {@code {mark}} in the setup of a client: no two have the same, and it is the mark of no event. */
    public synchronized String clientMark() {
        return run + "c" + ++clients;
    }

    /** A binary event without its content came. */
    public synchronized void cameEmpty(String observer, String packet) {
        emptyPackets.computeIfAbsent(observer, name -> new ArrayList<>());
        if (emptyPackets.get(observer).size() < MAX_UNMARKED_ALIKE) {
            emptyPackets.get(observer).add(packet);
        }
    }

    /** The binary events without content that came to that observer, as they came. */
    public synchronized List<String> emptyPackets(String observer) {
        return List.copyOf(emptyPackets.getOrDefault(observer, List.of()));
    }

    /** Events without a mark under that name: our own whose data was cut, or other people's. */
    public synchronized List<Arrival> unmarked(String observer, String namespace, String event) {
        return List.copyOf(unmarked.getOrDefault(kind(observer, namespace, event), List.of()));
    }

    /** Events without a mark that came to that observer in that namespace, the first of each name. */
    public synchronized List<Arrival> unmarked(String observer, String namespace) {
        return unmarked.values().stream()
                .map(alike -> alike.get(0))
                .filter(arrival -> arrival.observer().equals(observer)
                        && arrival.namespace().equals(namespace))
                .toList();
    }

    private synchronized void keepUnmarked(Arrival arrival) {
        if (unmarkedKept >= MAX_UNMARKED || arrival.args().toString().length() >= MAX_UNMARKED_LENGTH) {
            return;
        }
        List<Arrival> alike = unmarked.computeIfAbsent(
                kind(arrival.observer(), arrival.namespace(), arrival.event()), name -> new ArrayList<>());
        if (alike.size() < MAX_UNMARKED_ALIKE) {
            alike.add(arrival);
            unmarkedKept++;
        }
    }

    private static String kind(String observer, String namespace, String event) {
        return String.join(" ", observer, namespace, event);
    }

    /** Something happened that a waiter may be waiting for. */
    public synchronized void changed() {
        notifyAll();
    }

    /**
     * Waits until the condition holds, looking again at each change.
     *
     * @param condition read under this ledger's lock, so that no change goes by unseen: whoever changes what it depends on
     *                  calls {@link #changed} afterwards
     * @return whether it holds
     */
    public synchronized boolean await(BooleanSupplier condition, Deadline deadline) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (deadline.passed()) {
                return false;
            }
            wait(Math.max(1, deadline.millisLeft()));
        }
        return true;
    }

    /** How many of the events an observer first got after a later one of the same sender. */
    synchronized long reordered(Set<Integer> of, String observer, String namespace) {
        long reordered = 0;
        int highest = -1;
        for (int number : new LinkedHashSet<>(order.getOrDefault(observer + " " + namespace, List.of()))) {
            if (of.contains(number)) {
                reordered += number < highest ? 1 : 0;
                highest = Math.max(highest, number);
            }
        }
        return reordered;
    }
}
