package siodiag.passive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** That an event of one client is received as an event by others: seen in the content, each time with another value. */
final class Relation {
    private static final int ENOUGH_VALUES = 2;
    private static final int MAX_VALUES = 8;
    private static final int MAX_KEPT = 2000;
    /** Receivers in all the outcomes that are kept. */
    private static final int MAX_KEPT_RECEIVERS = 20_000;

    private static final int MAX_CLIENTS = 1000;
    /** Of more receivers, the first are followed, always the same ones; the others are counted. */
    private static final int MAX_FOLLOWED = 200;

    final Emit.Name sent;
    final Emit.Name received;
    final boolean posted;
    /** By the path of the value in what was sent: distinct values that came through. */
    private final Map<String, Set<String>> values = new HashMap<>();
    /** What became of each event that was sent, the last of them. */
    final Deque<Outcome> outcomes = new ArrayDeque<>();
    /** By receiver and sender: the number of the last event received, to see the order. */
    private final Map<String, Long> last = new LinkedHashMap<>();

    private final Set<String> followed = new HashSet<>();
    private int keptReceivers;

    long reordered;
    /** Deliveries to receivers that are not followed. */
    long others;

    boolean toOthers;
    boolean toSender;
    String sample;

    /**
     * An event that was sent, once there is nothing more to come of it.
     *
     * @param unique    the paths of values that no other event had: by these it can be recognised
     * @param receivers others than the sender who received it
     * @param twice     those of them who received exactly the same again
     */
    record Outcome(
            String sender,
            long at,
            Map<String, String> told,
            Set<String> unique,
            Set<String> receivers,
            Set<String> twice,
            Map<String, Long> latencies) {}

    Relation(Emit.Name sent, Emit.Name received, boolean posted) {
        this.sent = sent;
        this.received = received;
        this.posted = posted;
    }

    void matched(String path, String value) {
        Set<String> seen = values.computeIfAbsent(path, first -> new HashSet<>());
        if (seen.size() < MAX_VALUES) {
            seen.add(value);
        }
    }

    /** Several observations with several values: no coincidence. */
    boolean isConfirmed() {
        return values.values().stream().anyMatch(seen -> seen.size() >= ENOUGH_VALUES);
    }

    /** The paths of values that came through each time with another value. */
    Set<String> paths() {
        Set<String> paths = new HashSet<>();
        values.forEach((path, seen) -> {
            if (seen.size() >= ENOUGH_VALUES) {
                paths.add(path);
            }
        });
        return paths;
    }

    void arrived(String receiver, Emit emit) {
        if (last.size() < MAX_CLIENTS) {
            Long before = last.put(receiver + " " + emit.sender, emit.number);
            if (before != null && before > emit.number) {
                reordered++;
                last.put(receiver + " " + emit.sender, before);
            }
        }
    }

    /** Whether what that client receives is accounted for one by one. */
    boolean follows(String receiver) {
        return followed.contains(receiver) || followed.size() < MAX_FOLLOWED && followed.add(receiver);
    }

    void settle(Outcome outcome) {
        outcomes.addLast(outcome);
        keptReceivers += outcome.receivers().size();
        while (outcomes.size() > MAX_KEPT || keptReceivers > MAX_KEPT_RECEIVERS) {
            keptReceivers -= outcomes.removeFirst().receivers().size();
        }
    }
}
