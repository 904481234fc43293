package siodiag;

import java.util.List;

/** What is said of a group of events: two checks, whether the server took them and whether they were delivered. */
final class RelayFindings {
    private RelayFindings() {
    }

    static Finding taken(Group group) {
        String label = group.send().label();
        return group.isAcknowledged() ? Finding.pass(event(group.send()), Hop.EVENT, label + " is acknowledged")
                : Finding.info(event(group.send()), Hop.EVENT, label + " is not acknowledged");
    }

    static Finding failed(Group group, Sign sign, String subject, List<String> evidence) {
        return Finding.fail(relay(group), Hop.RELAY, sign, subject, evidence.get(0)).withEvidence(evidence);
    }

    static Finding quirk(Group group, Sign sign, String subject, String evidence) {
        return Finding.warn(relay(group), Hop.RELAY, sign, subject, evidence, evidence);
    }

    /** The figures. */
    static String account(Group group) {
        long acknowledged = group.entries().stream().filter(Ledger.Entry::isAcknowledged).count();
        return group.send().label() + ": sent " + group.entries().size() + ", acknowledged " + acknowledged
                + ", received " + group.received() + " of " + group.expected() + " by "
                + Text.count(group.observers().size(), "dashboard");
    }

    /** An acknowledgement may well say why the event goes no further. */
    static String said(Ledger.Entry entry) {
        return "the acknowledgement of one that was not delivered: " + entry.acknowledgement();
    }

    /** The id of the check that tells whether the server takes that event. */
    static String event(Flow.Send send) {
        return "event." + send.namespace() + "." + send.event();
    }

    /** The id of the check that tells whether it reaches the dashboards. */
    static String relay(Group group) {
        return "relay." + group.send().namespace() + "." + group.send().event();
    }
}
