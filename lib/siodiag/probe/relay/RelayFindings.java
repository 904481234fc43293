package siodiag.probe.relay;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Fields;
import siodiag.ledger.Ledger;
import siodiag.target.Flow;

/** What is said of a group of events: two checks, whether the server took them and whether they were delivered. */
public final class RelayFindings {
    private RelayFindings() {}

    static Finding taken(EventBatch group) {
        String label = group.send().label();
        return group.isAcknowledged()
                ? Finding.pass(event(group.send()), Hop.EVENT, label + " is acknowledged")
                : Finding.info(event(group.send()), Hop.EVENT, label + " is not acknowledged");
    }

    /** Whether the finding tells of an event that the server acknowledged. */
    public static boolean isTaken(Finding finding) {
        return finding.status() == Status.PASS && finding.id().startsWith("event./");
    }

    static Finding failed(EventBatch group, Symptom sign, String subject, List<String> evidence) {
        return Finding.fail(relay(group), Hop.RELAY, sign, subject, evidence.get(0))
                .withEvidence(evidence);
    }

    static Finding quirk(EventBatch group, Symptom sign, String subject, String evidence) {
        return Finding.warn(relay(group), Hop.RELAY, sign, subject, evidence, evidence);
    }

    /** The figures. */
    static String account(EventBatch group) {
        return group.send().label() + ": sent " + group.entries().size() + ", acknowledged " + group.acknowledged()
                + (group.isOnlyAcknowledged()
                        ? ""
                        : ", received " + group.received() + " of " + group.expected() + " by "
                                + Text.count(group.observers().size(), "receiver"));
    }

    /** How many came to whom. */
    static String byObserver(EventBatch group) {
        return group.observers().stream()
                        .map(name -> name + " received " + group.receivedBy(name))
                        .collect(Collectors.joining(", "))
                + " of " + group.entries().size() + " each";
    }

    /** What a burst loses and single events do not. */
    static Optional<String> burst(EventBatch group, Observations looks) {
        return looks.single()
                .filter(EventBatch::isComplete)
                .map(single -> String.format(
                        Locale.ROOT,
                        "in a burst of %d, %d of %d arrived; one by one all %d arrive",
                        group.entries().size(),
                        group.received(),
                        group.expected(),
                        single.entries().size()));
    }

    /** Binary events that came without their content, at the observers or at the sender. */
    static Optional<String> emptyPackets(EventBatch group, Ledger ledger) {
        return Stream.concat(group.observers().stream(), Stream.of(EventBatch.SENDER))
                .filter(name -> !ledger.emptyPackets(name).isEmpty())
                .findFirst()
                .map(name -> name + " received "
                        + Text.count(ledger.emptyPackets(name).size(), "binary event") + " without content, "
                        + Text.quote(ledger.emptyPackets(name).get(0), 60)
                        + ": the first receiver of a broadcast consumes the bytes");
    }

    /** An acknowledgement may well say why the event goes no further. */
    static String answer(Ledger.Entry entry) {
        return "the acknowledgement of one that was not delivered: " + entry.acknowledgement();
    }

    /** What arrived otherwise than it was sent, as far as the flow promises it. */
    static List<String> altered(Ledger.Entry entry, EventBatch group, Ledger.Arrival arrival) {
        return group.flow().strict()
                ? Fields.altered(entry.args, arrival.args())
                : Fields.changed(entry.args, arrival.args(), entry.mark);
    }

    /** The id of the check that tells whether the server takes that event. */
    public static String event(Flow.Send send) {
        return "event." + check(send);
    }

    /** The id of the check that tells whether it reaches clients of another process. */
    static String cluster(EventBatch group) {
        return "cluster." + check(group.send());
    }

    /** The id of the check that tells whether it reaches the dashboards. */
    static String relay(EventBatch group) {
        return "relay." + check(group.send());
    }

    private static String check(Flow.Send send) {
        return send.namespace() + "." + send.event() + (send.hasBytes() ? ".bytes" : "");
    }
}
