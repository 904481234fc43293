package siodiag.probe.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.ledger.DeliveryReport;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Ledger;
import siodiag.protocol.Refusal;
import siodiag.protocol.ServerFamily;
import siodiag.target.Flow;

/** Tells from the ledger what became of each group of events. Pure: entries in, findings out. */
public final class RelayJudge {
    public static final double LATE_MS = 1000;
    private static final double LATE_SHARE = 0.05;
    /** So few out of so many prove no pattern: the first may wait for a connection to the broker, say. */
    private static final long FEW_REORDERED = 2;

    private static final double REORDERED_SHARE = 0.05;

    private final DeliveryReport account;
    private final double beforeMs;
    private final double afterMs;
    private final ServerFamily family;

    /**
     * @param beforeMs the answer time of the server before the events, milliseconds
     * @param afterMs  that right behind the last of them: how long the queue was
     */
    RelayJudge(DeliveryReport account, double beforeMs, double afterMs, ServerFamily family) {
        this.account = account;
        this.family = family;
        this.beforeMs = beforeMs;
        this.afterMs = afterMs;
    }

    List<Finding> judge(EventBatch group, Observations looks) {
        if (group.send().via() == Flow.Via.HTTP) {
            Optional<Finding> refused = refusedIngest(group);
            if (refused.isPresent()) {
                return List.of(refused.get(), Finding.skip(RelayFindings.relay(group), Hop.RELAY, "the HTTP intake"));
            }
        }
        if (group.isOnlyAcknowledged()) {
            return acknowledged(group, looks);
        }
        return group.right().isEmpty()
                ? new DeliveryFailure(account, group, looks, family).findings()
                : delivered(group, looks);
    }

    private Optional<Finding> refusedIngest(EventBatch group) {
        String label = group.send().label();
        return group.entries().stream()
                .filter(entry -> !entry.failure().isEmpty())
                .findFirst()
                .map(entry -> Finding.fail(
                        RelayFindings.event(group.send()),
                        Hop.EVENT,
                        entry.isAbsent() ? Symptom.INGEST_NOT_FOUND : Symptom.INGEST_ERROR,
                        label,
                        label + " fails",
                        label + ": " + entry.failure()));
    }

    /** What answers is the acknowledgement: nothing is relayed. */
    private List<Finding> acknowledged(EventBatch group, Observations looks) {
        String label = group.send().label();
        String check = RelayFindings.event(group.send());
        if (!group.isAcknowledged()) {
            return List.of(Finding.fail(
                    check,
                    Hop.EVENT,
                    Symptom.NO_REACTION,
                    label,
                    label + " is not acknowledged",
                    RelayFindings.account(group) + "; the flow expects an acknowledgement"));
        }
        List<Finding> findings = new ArrayList<>();
        if (!group.isComplete()) {
            findings.add(someLost(group, looks));
        }
        lacking(group).ifPresent(findings::add);
        late(group, looks.aloneMs()).ifPresent(findings::add);
        if (findings.isEmpty()) {
            findings.add(Finding.pass(check, Hop.EVENT, RelayFindings.account(group)));
        }
        return findings;
    }

    /** An acknowledgement without the content that it must have. */
    private static Optional<Finding> lacking(EventBatch group) {
        return group.entries().stream()
                .filter(entry -> !entry.lacks().isEmpty())
                .findFirst()
                .map(entry -> RelayFindings.quirk(
                        group,
                        Symptom.FIELDS_CHANGED,
                        group.send().label() + ", its acknowledgement",
                        "the acknowledgement of " + group.send().label() + " is " + entry.acknowledgement() + ": "
                                + String.join("; ", entry.lacks())));
    }

    private List<Finding> delivered(EventBatch group, Observations looks) {
        List<Finding> findings = new ArrayList<>(List.of(RelayFindings.taken(group)));
        if (!group.isComplete()) {
            findings.addAll(isSplit(group, looks) ? List.of(otherNode(group, looks)) : List.of(someLost(group, looks)));
        }
        quirks(group, looks.aloneMs(), findings);
        lacking(group).ifPresent(findings::add);
        if (findings.size() == 1) {
            findings.add(Finding.pass(RelayFindings.relay(group), Hop.RELAY, RelayFindings.account(group)));
        }
        return findings;
    }

    private static boolean isSplit(EventBatch group, Observations looks) {
        return looks.balancer().isPresent() && group.isSplit();
    }

    /** Some observers get all and others nothing, and several processes are known to be there. */
    private static Finding otherNode(EventBatch group, Observations looks) {
        return Finding.fail(
                RelayFindings.cluster(group),
                Hop.CLUSTER,
                Symptom.CROSS_NODE_LOST,
                group.send().label(),
                RelayFindings.account(group),
                RelayFindings.account(group),
                RelayFindings.byObserver(group),
                looks.balancer().orElseThrow());
    }

    private Finding someLost(EventBatch group, Observations looks) {
        List<Ledger.Entry> lost = group.lost();
        String numbers = lost.stream()
                .map(entry -> "#" + (group.entries().indexOf(entry) + 1))
                .collect(Collectors.joining(", "));
        List<String> evidence =
                new ArrayList<>(List.of(RelayFindings.account(group), "lost: " + Text.cut(numbers, 200)));
        if (group.receivers().size() < group.observers().size()) {
            evidence.add(RelayFindings.byObserver(group));
        }
        RelayFindings.emptyPackets(group, account.ledger()).ifPresent(evidence::add);
        RelayFindings.burst(group, looks).ifPresent(evidence::add);
        lost.stream()
                .filter(Ledger.Entry::isAcknowledged)
                .findFirst()
                .ifPresent(entry -> evidence.add(RelayFindings.answer(entry)));
        boolean limited = lost.stream()
                .filter(Ledger.Entry::isAcknowledged)
                .anyMatch(entry -> Refusal.speaksOfRate(entry.acknowledgement()));
        return RelayFindings.failed(
                group,
                limited ? Symptom.RATE_LIMITED : Symptom.PARTLY_LOST,
                lost.size() + " of " + group.entries().size() + " "
                        + group.send().label(),
                evidence);
    }

    private void quirks(EventBatch group, double aloneMs, List<Finding> findings) {
        String label = group.send().label();
        if (group.duplicated() > 0) {
            findings.add(RelayFindings.quirk(
                    group,
                    Symptom.DUPLICATED,
                    label,
                    group.duplicated() + " more deliveries than events; " + RelayFindings.account(group)));
        }
        altered(group)
                .ifPresent(difference ->
                        findings.add(RelayFindings.quirk(group, Symptom.FIELDS_CHANGED, label, difference)));
        late(group, aloneMs).ifPresent(findings::add);
    }

    /** Whether deliveries took long enough for a second look: their own doing, or a queue that a busy machine built. */
    boolean looksLate(EventBatch group) {
        return group.fastestMs() - beforeMs > LATE_MS || isLateBeyondQueue(group);
    }

    /** Late by the server's own doing: beyond what the queue explains, or late also for an event all by itself. */
    private Optional<Finding> late(EventBatch group, double aloneMs) {
        boolean late =
                isLateBeyondQueue(group) || group.fastestMs() - beforeMs > LATE_MS && aloneMs - beforeMs > LATE_MS;
        if (!late) {
            return Optional.empty();
        }
        double slowest = group.latencies().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        return Optional.of(RelayFindings.quirk(
                group,
                Symptom.LATE,
                group.send().label(),
                String.format(
                        Locale.ROOT,
                        "%s: %d deliveries, fastest %.0f ms, slowest %.0f ms, a single one %.0f ms; a plain response of the server took %.0f ms before and %.0f ms after them",
                        group.send().label(),
                        group.latencies().size(),
                        group.fastestMs(),
                        slowest,
                        aloneMs,
                        beforeMs,
                        afterMs)));
    }

    private boolean isLateBeyondQueue(EventBatch group) {
        double queue = Math.max(beforeMs, afterMs);
        List<Double> latencies = group.latencies();
        long late =
                latencies.stream().filter(latency -> latency - queue > LATE_MS).count();
        return late > latencies.size() * LATE_SHARE;
    }

    /** The order of all events of one sender in one namespace, whatever their names. */
    List<Finding> order() {
        List<Finding> findings = new ArrayList<>();
        account.byNamespace().forEach((namespace, together) -> {
            long reordered = account.reordered(namespace, together);
            if (reordered > 0) {
                long received =
                        together.stream().mapToLong(EventBatch::received).sum();
                String seen = reordered + " of " + received + " events in " + namespace
                        + " arrived after a later one of the same sender";
                boolean few = reordered <= FEW_REORDERED && reordered <= received * REORDERED_SHARE;
                String id = "relay." + namespace + ".order";
                findings.add(
                        few
                                ? Finding.info(id, Hop.RELAY, seen)
                                : Finding.warn(id, Hop.RELAY, Symptom.REORDERED, namespace, seen, seen));
            }
        });
        return findings;
    }

    private static Optional<String> altered(EventBatch group) {
        if (group.send().via() == Flow.Via.HTTP) {
            return Optional.empty();
        }
        for (Ledger.Entry entry : group.entries()) {
            for (Ledger.Arrival arrival : entry.arrivals()) {
                List<String> differences =
                        group.isRight(arrival) ? RelayFindings.altered(entry, group, arrival) : List.of();
                if (!differences.isEmpty()) {
                    return Optional.of(group.send().label() + ": " + String.join("; ", differences));
                }
            }
        }
        return Optional.empty();
    }
}
