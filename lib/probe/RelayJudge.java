package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells from the ledger what became of each group of events. Pure: entries in, findings out. */
final class RelayJudge {
    static final double LATE_MS = 1000;
    private static final double LATE_SHARE = 0.05;

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
                return List.of(refused.get(), Finding.skip(relay(group), Hop.RELAY, "the HTTP intake"));
            }
        }
        return group.right().isEmpty() ? undelivered(group, trial) : delivered(group, aloneMs);
    }

    private Optional<Finding> refusedIngest(Group group) {
        return group.entries().stream().filter(entry -> !entry.failure().isEmpty()).findFirst().map(entry -> {
            boolean absent = entry.failure().matches("HTTP (404|405|501)\\b.*");
            return Finding.fail(event(group), Hop.EVENT, absent ? Sign.INGEST_ABSENT : Sign.INGEST_ERROR,
                    group.send().label(), group.send().label() + " fails", group.send().label() + ": " + entry.failure());
        });
    }

    private List<Finding> undelivered(Group group, Optional<Group> trial) {
        String label = group.send().label();
        List<String> evidence = new ArrayList<>(List.of(account(group)));
        List<Ledger.Arrival> astray = new ArrayList<>(group.astray());
        trial.ifPresent(late -> astray.addAll(late.astray()));
        Set<String> hearing = trial.map(Group::hearing).orElse(Set.of());
        boolean toSender = group.arrivals().stream().anyMatch(arrival -> arrival.observer().equals(Group.SENDER));
        Optional<Ledger.Arrival> unmarked = account.unmarked(group);
        if (unmarked.isPresent()) {
            String difference = group.send().label() + ": " + String.join("; ",
                    Fields.altered(group.entries().get(0).data, unmarked.get().args()));
            return List.of(taken(group), quirk(group, Sign.FIELDS_CHANGED, group.send().label(), difference));
        } else if (hearing.size() > 1 && isSplit(group, trial.get())) {
            return List.of(taken(group), Finding.skip(relay(group), Hop.RELAY, "nodes that pass events on"),
                    nodesApart(group, trial.get(), evidence));
        } else if (!hearing.isEmpty() && hearing.containsAll(group.observers())) {
            evidence.add("sent again later, the same event arrives at " + String.join(", ", hearing)
                    + ": those sent right after connecting are lost");
            return List.of(taken(group), relayed(group, Sign.SOME_LOST, "the first " + group.entries().size() + " "
                    + label, evidence));
        } else if (hearing.contains(JoinTrial.DASHBOARD) && group.flow().join() != null) {
            evidence.add("after " + joinWords(group) + " the same event arrives in "
                    + group.flow().receiveNamespace(group.send()));
            return List.of(taken(group), relayed(group, Sign.DELIVERED_AFTER_JOIN, label, evidence));
        } else if (!astray.isEmpty()) {
            return List.of(taken(group), astray(group, astray.get(0), evidence));
        } else if (toSender) {
            evidence.add("the sender itself received it " + Text.count(group.arrivals().size(), "time"));
            return List.of(taken(group), relayed(group, Sign.DELIVERED_TO_SENDER, label, evidence));
        } else if (group.isAcknowledged()) {
            group.entries().stream().filter(Ledger.Entry::isAcknowledged).findFirst()
                    .ifPresent(entry -> evidence.add(said(entry)));
            return List.of(taken(group), relayed(group, Sign.NOT_DELIVERED, label, evidence));
        }
        evidence.add("no acknowledgement, and nobody received anything");
        return List.of(Finding.fail(event(group), Hop.EVENT, Sign.NO_REACTION, label, "no reaction to " + label)
                .withEvidence(evidence), Finding.skip(relay(group), Hop.RELAY, "a reaction to " + label));
    }

    /** Heard by some of the newcomers, not by all of them, and by none who was there before. */
    private static boolean isSplit(Group group, Group trial) {
        Set<String> hearing = trial.hearing();
        return group.observers().stream().noneMatch(hearing::contains)
                && hearing.size() < trial.observers().size() - group.observers().size();
    }

    /** Some connections get the event and others don't, though all did the same: they are with different processes. */
    private static Finding nodesApart(Group group, Group trial, List<String> evidence) {
        Set<String> hearing = trial.hearing();
        evidence.add("sent again, it arrives at " + String.join(", ", hearing) + ", and not at "
                + trial.observers().stream().filter(name -> !hearing.contains(name)).collect(Collectors.joining(", "))
                + ": connections to one address that do the same reach different processes");
        return Finding.fail("cluster." + group.send().namespace() + "." + group.send().event(), Hop.CLUSTER,
                Sign.OTHER_NODE_DEAF, group.send().label(), evidence.get(0)).withEvidence(evidence);
    }

    private Finding astray(Group group, Ledger.Arrival arrival, List<String> evidence) {
        String expected = group.flow().receiveEvent(group.send()) + " in " + group.flow().receiveNamespace(group.send());
        String event = Text.cut(arrival.event(), 80);
        evidence.add("expected " + expected + "; arrived as " + event + " in " + arrival.namespace() + ", at "
                + arrival.observer());
        boolean elsewhere = !arrival.namespace().equals(group.flow().receiveNamespace(group.send()));
        return relayed(group, elsewhere ? Sign.OTHER_NAMESPACE : Sign.OTHER_EVENT, elsewhere
                ? group.send().label() + " arrives in " + arrival.namespace()
                : group.flow().receiveEvent(group.send()) + " arrives as " + event, evidence);
    }

    private List<Finding> delivered(Group group, double aloneMs) {
        List<Finding> findings = new ArrayList<>(List.of(taken(group)));
        if (!group.isComplete()) {
            findings.add(someLost(group));
        }
        quirks(group, aloneMs, findings);
        if (findings.size() == 1) {
            findings.add(Finding.pass(relay(group), Hop.RELAY, account(group)));
        }
        return findings;
    }

    private static Finding someLost(Group group) {
        List<Ledger.Entry> lost = group.lost();
        String numbers = lost.stream().map(entry -> "#" + (group.entries().indexOf(entry) + 1))
                .collect(Collectors.joining(", "));
        List<String> evidence = new ArrayList<>(List.of(account(group), "lost: " + Text.cut(numbers, 200)));
        lost.stream().filter(Ledger.Entry::isAcknowledged).findFirst().ifPresent(entry -> evidence.add(said(entry)));
        return relayed(group, Sign.SOME_LOST, lost.size() + " of " + group.entries().size() + " "
                + group.send().label(), evidence);
    }

    /** An acknowledgement may well say why the event goes no further. */
    private static String said(Ledger.Entry entry) {
        return "the acknowledgement of one that was not delivered: " + entry.acknowledgement();
    }

    private void quirks(Group group, double aloneMs, List<Finding> findings) {
        String label = group.send().label();
        if (group.duplicated() > 0) {
            findings.add(quirk(group, Sign.SOME_TWICE, label, group.duplicated() + " more deliveries than events; "
                    + account(group)));
        }
        altered(group).ifPresent(difference -> findings.add(quirk(group, Sign.FIELDS_CHANGED, label, difference)));
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
        return Optional.of(quirk(group, Sign.LATE, group.send().label(), String.format(Locale.ROOT,
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
                findings.add(Finding.warn("relay." + namespace + ".order", Hop.RELAY, Sign.OUT_OF_ORDER, namespace,
                        seen, seen));
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

    private static Finding taken(Group group) {
        String label = group.send().label();
        return group.isAcknowledged() ? Finding.pass(event(group), Hop.EVENT, label + " is acknowledged")
                : Finding.info(event(group), Hop.EVENT, label + " is not acknowledged");
    }

    private static Finding relayed(Group group, Sign sign, String subject, List<String> evidence) {
        return Finding.fail(relay(group), Hop.RELAY, sign, subject, evidence.get(0)).withEvidence(evidence);
    }

    private static Finding quirk(Group group, Sign sign, String subject, String evidence) {
        return Finding.warn(relay(group), Hop.RELAY, sign, subject, evidence, evidence);
    }

    private static String account(Group group) {
        long acknowledged = group.entries().stream().filter(Ledger.Entry::isAcknowledged).count();
        return group.send().label() + ": sent " + group.entries().size() + ", acknowledged " + acknowledged
                + ", received " + group.received() + " of " + group.expected() + " by "
                + Text.count(group.observers().size(), "dashboard");
    }

    private static String joinWords(Group group) {
        return Flow.fill(group.flow().join().event(), group.send()) + " "
                + Text.cut(Flow.fill(group.flow().join().data(), group.send()).toString(), 60);
    }

    private static String event(Group group) {
        return event(group.send());
    }

    /** The id of the check that tells whether the server takes that event. */
    static String event(Flow.Send send) {
        return "event." + send.namespace() + "." + send.event();
    }

    private static String relay(Group group) {
        return "relay." + group.send().namespace() + "." + group.send().event();
    }
}
