package siodiag.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import siodiag.diagnosis.Verdict;

/** The account of a target over the whole time. */
final class History {
    private static final int RECENT = 24;
    /** Of more, only number, sum and the longest are kept. */
    private static final int MAX_OUTAGES = 200;

    private final Instant start;
    private final Percentiles connect = new Percentiles();
    private final Percentiles answer = new Percentiles();
    private final Map<Verdict, Long> examinations = new EnumMap<>(Verdict.class);
    private final Map<String, Percentiles> hops = new TreeMap<>();
    private final Map<End, Long> ends = new LinkedHashMap<>();
    private final Deque<Double> recent = new ArrayDeque<>();
    private final List<Outage> outages = new ArrayList<>();
    private Outage longest;
    private Duration down = Duration.ZERO;
    private long outageCount;
    private long changes;
    private Verdict worst = Verdict.HEALTHY;

    /** How a kept connection ended. @param use {@code idle} or {@code used} @param how the kind's label */
    record End(String transport, String use, String how) {}

    History(Instant start) {
        this.start = start;
    }

    /** @param connectMs NaN where there was no connection */
    synchronized void examined(Verdict verdict, double connectMs) {
        examinations.merge(verdict, 1L, Long::sum);
        recent.add(connectMs);
        if (recent.size() > RECENT) {
            recent.remove();
        }
        if (!Double.isNaN(connectMs)) {
            connect.add(connectMs);
        }
    }

    /** @param ms how long a check of that hop took */
    synchronized void hop(String hop, double ms) {
        hops.computeIfAbsent(hop, name -> new Percentiles()).add(ms);
    }

    void answered(double ms) {
        answer.add(ms);
    }

    synchronized void ended(End end) {
        ends.merge(end, 1L, Long::sum);
    }

    synchronized void changed() {
        changes++;
    }

    /** A state that was reported. */
    synchronized void had(Verdict verdict) {
        worst = verdict.compareTo(worst) > 0 ? verdict : worst;
    }

    synchronized void add(Outage outage) {
        outageCount++;
        down = down.plus(outage.length());
        worst = Verdict.BROKEN;
        if (longest == null || outage.length().compareTo(longest.length()) > 0) {
            longest = outage;
        }
        if (outages.size() < MAX_OUTAGES) {
            outages.add(outage);
        }
    }

    Instant start() {
        return start;
    }

    Percentiles connect() {
        return connect;
    }

    Percentiles answer() {
        return answer;
    }

    synchronized Map<String, Percentiles> hops() {
        return new TreeMap<>(hops);
    }

    synchronized Map<End, Long> ends() {
        return new LinkedHashMap<>(ends);
    }

    synchronized List<Double> recent() {
        return List.copyOf(recent);
    }

    synchronized List<Outage> outages() {
        return outages.stream().sorted(Comparator.comparing(Outage::since)).toList();
    }

    synchronized Optional<Outage> longest() {
        return Optional.ofNullable(longest);
    }

    synchronized Duration down() {
        return down;
    }

    synchronized long outageCount() {
        return outageCount;
    }

    synchronized long changes() {
        return changes;
    }

    synchronized Verdict worst() {
        return worst;
    }

    synchronized long examinations(Verdict verdict) {
        return examinations.getOrDefault(verdict, 0L);
    }

    synchronized long examinations() {
        return examinations.values().stream().mapToLong(Long::longValue).sum();
    }
}
