package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Events of which none arrived where it should: the first explanation that fits. Pure: entries in, findings out. */
final class Undelivered {
    private final Group group;
    private final Optional<Group> trial;
    private final Optional<Ledger.Arrival> unmarked;
    private final Set<String> hearing;
    private final String label;
    private final List<String> evidence;

    /**
     * @param trial    the same event in a {@link JoinTrial}
     * @param unmarked what may be one of the events, without the mark it was sent with
     */
    Undelivered(Group group, Optional<Group> trial, Optional<Ledger.Arrival> unmarked) {
        this.group = group;
        this.trial = trial;
        this.unmarked = unmarked;
        this.hearing = trial.map(Group::hearing).orElse(Set.of());
        this.label = group.send().label();
        this.evidence = new ArrayList<>(List.of(RelayFindings.account(group)));
    }

    List<Finding> findings() {
        return Stream.<Supplier<Optional<Finding>>>of(this::withoutMark, this::atSomeNodes, this::onlyLater,
                this::afterJoining, this::astray, this::atTheSender, this::onlyAcknowledged)
                .map(Supplier::get).flatMap(Optional::stream).findFirst()
                .map(found -> found.hop() == Hop.CLUSTER ? List.of(RelayFindings.taken(group),
                        Finding.skip(RelayFindings.relay(group), Hop.RELAY, "nodes that pass events on"), found)
                        : List.of(RelayFindings.taken(group), found))
                .orElseGet(this::noReaction);
    }

    private Optional<Finding> withoutMark() {
        return unmarked.map(arrival -> RelayFindings.quirk(group, Sign.FIELDS_CHANGED, label, label + ": "
                + String.join("; ", Fields.altered(group.entries().get(0).data, arrival.args()))));
    }

    /** Some connections get the event and others don't, though all did the same: they are with different processes. */
    private Optional<Finding> atSomeNodes() {
        if (hearing.size() < 2 || !isSplit(trial.get())) {
            return Optional.empty();
        }
        evidence.add("sent again, it arrives at " + String.join(", ", hearing) + ", and not at "
                + trial.get().observers().stream().filter(name -> !hearing.contains(name)).collect(Collectors.joining(", "))
                + ": connections to one address that do the same reach different processes");
        return Optional.of(Finding.fail("cluster." + group.send().namespace() + "." + group.send().event(), Hop.CLUSTER,
                Sign.OTHER_NODE_DEAF, label, evidence.get(0)).withEvidence(evidence));
    }

    /** Heard by some of the newcomers, not by all of them, and by none who was there before. */
    private boolean isSplit(Group again) {
        return group.observers().stream().noneMatch(hearing::contains)
                && hearing.size() < again.observers().size() - group.observers().size();
    }

    private Optional<Finding> onlyLater() {
        if (hearing.isEmpty() || !hearing.containsAll(group.observers())) {
            return Optional.empty();
        }
        evidence.add("sent again later, the same event arrives at " + String.join(", ", hearing)
                + ": those sent right after connecting are lost");
        return failed(Sign.SOME_LOST, "the first " + group.entries().size() + " " + label);
    }

    private Optional<Finding> afterJoining() {
        Flow.Join join = group.flow().join();
        if (join == null || !hearing.contains(JoinTrial.DASHBOARD)) {
            return Optional.empty();
        }
        evidence.add("after " + Flow.fill(join.event(), group.send()) + " "
                + Text.cut(Flow.fill(join.data(), group.send()).toString(), 60) + " the same event arrives in "
                + group.flow().receiveNamespace(group.send()));
        return failed(Sign.DELIVERED_AFTER_JOIN, label);
    }

    private Optional<Finding> astray() {
        return Stream.concat(group.astray().stream(), trial.stream().flatMap(late -> late.astray().stream()))
                .findFirst().flatMap(this::astray);
    }

    private Optional<Finding> astray(Ledger.Arrival arrival) {
        String namespace = group.flow().receiveNamespace(group.send());
        String expected = group.flow().receiveEvent(group.send());
        String event = Text.cut(arrival.event(), 80);
        evidence.add("expected " + expected + " in " + namespace + "; arrived as " + event + " in " + arrival.namespace()
                + ", at " + arrival.observer());
        return arrival.namespace().equals(namespace)
                ? failed(Sign.OTHER_EVENT, expected + " arrives as " + event)
                : failed(Sign.OTHER_NAMESPACE, label + " arrives in " + arrival.namespace());
    }

    private Optional<Finding> atTheSender() {
        if (group.arrivals().stream().noneMatch(arrival -> arrival.observer().equals(Group.SENDER))) {
            return Optional.empty();
        }
        evidence.add("the sender itself received it " + Text.count(group.arrivals().size(), "time"));
        return failed(Sign.DELIVERED_TO_SENDER, label);
    }

    private Optional<Finding> onlyAcknowledged() {
        if (!group.isAcknowledged()) {
            return Optional.empty();
        }
        group.entries().stream().filter(Ledger.Entry::isAcknowledged).findFirst()
                .ifPresent(entry -> evidence.add(RelayFindings.said(entry)));
        return failed(Sign.NOT_DELIVERED, label);
    }

    private List<Finding> noReaction() {
        evidence.add("no acknowledgement, and nobody received anything");
        return List.of(Finding.fail(RelayFindings.event(group.send()), Hop.EVENT, Sign.NO_REACTION, label,
                "no reaction to " + label).withEvidence(evidence),
                Finding.skip(RelayFindings.relay(group), Hop.RELAY, "a reaction to " + label));
    }

    private Optional<Finding> failed(Sign sign, String subject) {
        return Optional.of(RelayFindings.failed(group, sign, subject, evidence));
    }
}
