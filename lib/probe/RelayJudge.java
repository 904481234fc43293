package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells from the ledger what became of each group of events. Pure: entries in, findings out. */
final class RelayJudge {
    static final double LATE_MS = 1000;
    private static final double LATE_SHARE = 0.05;
    /** So few out of so many prove no pattern: the first may wait for a connection to the broker, say. */
    private static final long FEW_OVERTAKEN = 2;
    private static final double OVERTAKEN_SHARE = 0.05;

    private final Account account;
    private final double beforeMs;
    private final double afterMs;

    /**
     * @param beforeMs the answer time of the server before the events, milliseconds
     * @param afterMs  that right behind the last of them: how long the queue was
     */
    RelayJudge(Account account, double beforeMs, double afterMs) {
        this.account = account;
        this.beforeMs = beforeMs;
        this.afterMs = afterMs;
    }

    /**
     * @param trial   the same event in a {@link JoinTrial}, where nothing had arrived
     * @param aloneMs how long the event took all by itself, milliseconds; its fastest where there was no need to look
     */
    List<Finding> judge(Group group, Optional<Group> trial, double aloneMs) {
        if (group.send().via() == Flow.Via.HTTP) {
            Optional<Finding> refused = refusedIngest(group);
            if (refused.isPresent()) {
                return List.of(refused.get(), Finding.skip(RelayFindings.relay(group), Hop.RELAY, "the HTTP intake"));
            }
        }
        return group.right().isEmpty() ? new Undelivered(group, trial, account.unmarked(group)).findings()
                : delivered(group, aloneMs);
    }

    private Optional<Finding> refusedIngest(Group group) {
        String label = group.send().label();
        return group.entries().stream().filter(entry -> !entry.failure().isEmpty()).findFirst().map(entry -> {
            boolean absent = entry.failure().matches("HTTP (404|405|501)\\b.*");
            return Finding.fail(RelayFindings.event(group.send()), Hop.EVENT,
                    absent ? Sign.INGEST_ABSENT : Sign.INGEST_ERROR, label, label + " fails", label + ": " + entry.failure());
        });
    }

    private List<Finding> delivered(Group group, double aloneMs) {
        List<Finding> findings = new ArrayList<>(List.of(RelayFindings.taken(group)));
        if (!group.isComplete()) {
            findings.add(someLost(group));
        }
        quirks(group, aloneMs, findings);
        if (findings.size() == 1) {
            findings.add(Finding.pass(RelayFindings.relay(group), Hop.RELAY, RelayFindings.account(group)));
        }
        return findings;
    }

    private static Finding someLost(Group group) {
        List<Ledger.Entry> lost = group.lost();
        String numbers = lost.stream().map(entry -> "#" + (group.entries().indexOf(entry) + 1))
                .collect(Collectors.joining(", "));
        List<String> evidence = new ArrayList<>(List.of(RelayFindings.account(group), "lost: " + Text.cut(numbers, 200)));
        lost.stream().filter(Ledger.Entry::isAcknowledged).findFirst()
                .ifPresent(entry -> evidence.add(RelayFindings.said(entry)));
        return RelayFindings.failed(group, Sign.SOME_LOST, lost.size() + " of " + group.entries().size() + " "
                + group.send().label(), evidence);
    }

    private void quirks(Group group, double aloneMs, List<Finding> findings) {
        String label = group.send().label();
        if (group.duplicated() > 0) {
            findings.add(RelayFindings.quirk(group, Sign.SOME_TWICE, label, group.duplicated()
                    + " more deliveries than events; " + RelayFindings.account(group)));
        }
        altered(group).ifPresent(difference ->
                findings.add(RelayFindings.quirk(group, Sign.FIELDS_CHANGED, label, difference)));
        late(group, aloneMs).ifPresent(findings::add);
    }

    /** Whether deliveries took long enough for a second look: their own doing, or a queue that a busy machine built. */
    boolean looksLate(Group group) {
        return group.fastestMs() - beforeMs > LATE_MS || isLateBeyondQueue(group);
    }

    /** Late by the server's own doing: beyond what the queue explains, or late also for an event all by itself. */
    private Optional<Finding> late(Group group, double aloneMs) {
        boolean late = isLateBeyondQueue(group) || group.fastestMs() - beforeMs > LATE_MS && aloneMs - beforeMs > LATE_MS;
        if (!late) {
            return Optional.empty();
        }
        double slowest = group.latencies().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return Optional.of(RelayFindings.quirk(group, Sign.LATE, group.send().label(), String.format(Locale.ROOT,
                "%s: %d deliveries, the fastest took %.0f ms, the slowest %.0f ms, one all by itself %.0f ms; a bare "
                        + "answer of the server took %.0f ms before and %.0f ms behind them", group.send().label(),
                group.latencies().size(), group.fastestMs(), slowest, aloneMs, beforeMs, afterMs)));
    }

    private boolean isLateBeyondQueue(Group group) {
        double queue = Math.max(beforeMs, afterMs);
        List<Double> latencies = group.latencies();
        long late = latencies.stream().filter(latency -> latency - queue > LATE_MS).count();
        return late > latencies.size() * LATE_SHARE;
    }

    /** The order of all events of one sender in one namespace, whatever their names. */
    List<Finding> order() {
        List<Finding> findings = new ArrayList<>();
        account.byNamespace().forEach((namespace, together) -> {
            long overtaken = account.overtaken(namespace, together);
            if (overtaken > 0) {
                long received = together.stream().mapToLong(Group::received).sum();
                String seen = overtaken + " of " + received + " events in " + namespace
                        + " arrived after a later one of the same sender";
                boolean few = overtaken <= FEW_OVERTAKEN && overtaken <= received * OVERTAKEN_SHARE;
                String id = "relay." + namespace + ".order";
                findings.add(few ? Finding.info(id, Hop.RELAY, seen)
                        : Finding.warn(id, Hop.RELAY, Sign.OUT_OF_ORDER, namespace, seen, seen));
            }
        });
        return findings;
    }

    private static Optional<String> altered(Group group) {
        if (group.send().via() == Flow.Via.HTTP) {
            return Optional.empty();
        }
        for (Ledger.Entry entry : group.entries()) {
            for (Ledger.Arrival arrival : entry.arrivals()) {
                List<String> differences = group.isRight(arrival) ? Fields.altered(entry.data, arrival.args())
                        : List.of();
                if (!differences.isEmpty()) {
                    return Optional.of(group.send().label() + ": " + String.join("; ", differences));
                }
            }
        }
        return Optional.empty();
    }
}
