package siodiag.probe.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.ledger.DeliveryReport;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Fields;
import siodiag.ledger.Ledger;
import siodiag.protocol.ServerFamily;
import siodiag.target.Flow;

/** Events of which none arrived where it should: the first explanation that fits. Pure: entries in, findings out. */
final class DeliveryFailure {
    private static final int MAX_ANSWERS = 3;
    private final DeliveryReport account;
    private final EventBatch group;
    private final Observations looks;
    private final ServerFamily family;
    private final Set<String> receivers;
    private final String label;
    private final List<String> evidence;

    DeliveryFailure(DeliveryReport account, EventBatch group, Observations looks, ServerFamily family) {
        this.account = account;
        this.group = group;
        this.looks = looks;
        this.family = family;
        this.receivers = looks.trial().map(EventBatch::receivers).orElse(Set.of());
        this.label = group.send().label();
        this.evidence = new ArrayList<>(List.of(RelayFindings.account(group)));
    }

    List<Finding> findings() {
        Optional<Finding> explanation = explanation();
        if (explanation.isEmpty()) {
            return noReaction();
        }
        Finding found = explanation.get();
        return found.hop() == Hop.CLUSTER
                ? List.of(
                        RelayFindings.taken(group),
                        Finding.skip(RelayFindings.relay(group), Hop.RELAY, "nodes that forward events"),
                        found)
                : List.of(RelayFindings.taken(group), found);
    }

    private Optional<Finding> explanation() {
        return withoutMark()
                .or(this::withoutContent)
                .or(this::onlyInBursts)
                .or(this::atSomeClients)
                .or(this::onlyLater)
                .or(this::afterJoining)
                .or(this::misdelivered)
                .or(this::atTheSender)
                .or(this::onlyAcknowledged);
    }

    private Optional<Finding> withoutMark() {
        return account.unmarked(group)
                .map(arrival -> RelayFindings.quirk(
                        group,
                        Symptom.FIELDS_CHANGED,
                        label,
                        label + ": "
                                + String.join(
                                        "; ", Fields.altered(group.entries().get(0).args, arrival.args()))));
    }

    /** Binary events come without their bytes; with them they go to the first receiver only, whoever that is. */
    private Optional<Finding> withoutContent() {
        Optional<String> seen = RelayFindings.emptyPackets(group, account.ledger());
        seen.ifPresent(evidence::add);
        return seen.flatMap(empty -> failed(Symptom.PARTLY_LOST, label));
    }

    private Optional<Finding> onlyInBursts() {
        Optional<String> seen = RelayFindings.burst(group, looks);
        seen.ifPresent(evidence::add);
        return seen.flatMap(lost -> failed(
                Symptom.PARTLY_LOST,
                group.entries().size() + " of " + group.entries().size() + " " + label));
    }

    /** Some connections get the event and others don't, though all did the same. */
    private Optional<Finding> atSomeClients() {
        if (receivers.isEmpty() || !isSplit(looks.trial().get())) {
            return Optional.empty();
        }
        evidence.add("sent again, it arrives at " + String.join(", ", receivers) + ", and not at "
                + looks.trial().get().observers().stream()
                        .filter(name -> !receivers.contains(name))
                        .collect(Collectors.joining(", "))
                + ", connected in the same way");
        if (looks.balancer().isEmpty()) {
            return failed(Symptom.PARTLY_LOST, label);
        }
        evidence.add(looks.balancer().get());
        return Optional.of(
                Finding.fail(RelayFindings.cluster(group), Hop.CLUSTER, Symptom.CROSS_NODE_LOST, label, evidence.get(0))
                        .withEvidence(evidence));
    }

    /** Heard by some of those that only came for the trial, not by all of them. */
    static boolean isSplit(EventBatch again) {
        Set<String> receivers = again.receivers();
        long alike = again.observers().stream()
                .filter(name -> !name.equals(LateJoinerCheck.DASHBOARD))
                .count();
        long heard = receivers.stream()
                .filter(name -> !name.equals(LateJoinerCheck.DASHBOARD))
                .count();
        return heard > 0 && heard < alike;
    }

    private Optional<Finding> onlyLater() {
        if (receivers.isEmpty() || !receivers.containsAll(group.observers())) {
            return Optional.empty();
        }
        evidence.add("sent again later, the same event arrives at " + String.join(", ", receivers)
                + ": those sent right after connecting are lost");
        return failed(Symptom.PARTLY_LOST, "the first " + group.entries().size() + " " + label);
    }

    private Optional<Finding> afterJoining() {
        Flow.Join join = group.flow().join();
        if (join == null || !receivers.contains(LateJoinerCheck.DASHBOARD)) {
            return Optional.empty();
        }
        evidence.add("after " + Flow.fill(join.event(), group.send()) + " "
                + Text.cut(Flow.fill(join.data(), group.send()).toString(), 60) + " the same event arrives in "
                + group.flow().receiveNamespace(group.send()));
        return failed(Symptom.DELIVERED_AFTER_JOIN, label);
    }

    private Optional<Finding> misdelivered() {
        return Stream.concat(
                        group.misdelivered().stream(),
                        looks.trial().stream().flatMap(late -> late.misdelivered().stream()))
                .findFirst()
                .flatMap(this::misdelivered);
    }

    private Optional<Finding> misdelivered(Ledger.Arrival arrival) {
        String namespace = group.flow().receiveNamespace(group.send());
        String expected = group.flow().receiveEvent(group.send());
        String event = Text.cut(arrival.event(), 80);
        evidence.add("expected " + Flow.quoted(expected) + " in " + namespace + "; arrived as " + Flow.quoted(event)
                + " in " + arrival.namespace() + ", at " + arrival.observer());
        return arrival.namespace().equals(namespace)
                ? failed(Symptom.OTHER_EVENT, Flow.quoted(expected) + " arrives as " + Flow.quoted(event))
                : failed(Symptom.OTHER_NAMESPACE, label + " arrives in " + arrival.namespace());
    }

    private Optional<Finding> atTheSender() {
        List<Ledger.Arrival> back = group.atTheSender();
        if (back.isEmpty()) {
            return Optional.empty();
        }
        List<Ledger.Arrival> right = back.stream().filter(group::isAsExpected).toList();
        if (right.isEmpty()) {
            evidence.add("the sender itself receives "
                    + Text.cut(back.get(0).args().toString(), 120) + " in "
                    + back.get(0).namespace() + ", which is not the event that the flow expects");
            return Optional.empty();
        }
        evidence.add("the sender itself received it " + Text.count(right.size(), "time"));
        return failed(Symptom.DELIVERED_TO_SENDER, label);
    }

    private Optional<Finding> onlyAcknowledged() {
        if (!group.isAcknowledged()) {
            return Optional.empty();
        }
        group.entries().stream()
                .filter(Ledger.Entry::isAcknowledged)
                .findFirst()
                .ifPresent(entry -> evidence.add(RelayFindings.answer(entry) + describeEmpty(entry)));
        answers();
        return failed(Symptom.NOT_DELIVERED, label);
    }

    /** What an application tells the sender beside the flow may be its refusal. */
    private void answers() {
        account.ledger().unmarked(EventBatch.SENDER, group.send().namespace()).stream()
                .limit(MAX_ANSWERS)
                .forEach(arrival -> evidence.add(
                        "the sender received " + Text.cut(arrival.args().toString(), 160)));
    }

    /** In a namespace without any handler python-socketio (5.7) acknowledges everything, with nothing. */
    private String describeEmpty(Ledger.Entry entry) {
        return family == ServerFamily.PYTHON && "[]".equals(entry.acknowledgement())
                ? ", which python-socketio also sends if the namespace has no handler at all"
                : "";
    }

    private List<Finding> noReaction() {
        evidence.add("no acknowledgement, and no observer received anything");
        answers();
        evidence.add(possibilities());
        return List.of(
                Finding.fail(
                                RelayFindings.event(group.send()),
                                Hop.EVENT,
                                Symptom.NO_REACTION,
                                label,
                                "no reaction to " + label)
                        .withEvidence(evidence),
                Finding.skip(RelayFindings.relay(group), Hop.RELAY, "a reaction to " + label));
    }

    /** Node acknowledges only what the handler acknowledges; the others acknowledge what a handler has taken. */
    private String possibilities() {
        String unhandled = "there is no handler for this event, or the handler fails";
        return switch (family) {
            case PYTHON, JAVA ->
                family.title() + " acknowledges events automatically once a handler has run, so " + unhandled;
            default ->
                unhandled
                        + "; or it is handled without an acknowledgement and sent to a room that no observer is in: \"setup\" or \"join\" in a flow file makes the observers join it";
        };
    }

    private Optional<Finding> failed(Symptom sign, String subject) {
        return Optional.of(RelayFindings.failed(group, sign, subject, evidence));
    }
}
