package siodiag.probe.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Timings;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Ledger;
import siodiag.target.Flow;
import siodiag.target.Flows;

/**
 * Events with bytes, where text arrives and the flow is the echo, which keeps whatever fields there are. That bytes come
 * nowhere is not a fault, because nobody promised them; that they come to some clients and not to others is one.
 */
final class BinaryCheck {
    private static final String ID = "relay.bytes";
    private static final byte[] BYTES = {(byte) 0x89, 'P', 'N', 'G'};
    private static final int EVENTS = 2;

    private BinaryCheck() {}

    /** @param groups of which everything has arrived */
    static List<Finding> run(
            List<EventBatch> groups, RelayJudge judge, Ledger ledger, EventSender sender, Timings timings)
            throws InterruptedException {
        Optional<EventBatch> text = groups.stream().filter(BinaryCheck::isEcho).findFirst();
        return text.isEmpty() ? List.of() : look(text.get(), judge, ledger, sender, timings);
    }

    private static boolean isEcho(EventBatch group) {
        return group.flow() == Flows.ECHO && group.send().via() == Flow.Via.SOCKET;
    }

    private static List<Finding> look(
            EventBatch text, RelayJudge judge, Ledger ledger, EventSender sender, Timings timings)
            throws InterruptedException {
        Flow.Send send = text.send().with(withBytes(text.send().args().get(0)));
        List<Ledger.Entry> entries = new ArrayList<>();
        EventBatch group = new EventBatch(text.flow(), send, entries, text.observers());
        for (int i = 0; i < EVENTS; i++) {
            entries.add(ledger.open(send));
            sender.send(entries.get(i));
            ledger.await(group::isComplete, Deadline.in(timings.of(Wait.BYTES)));
        }
        if (isPartial(group, ledger)) {
            ledger.await(group::isComplete, Deadline.in(timings.of(Wait.BYTES_LOST)));
        }
        return isPartial(group, ledger)
                ? judge.judge(group, Observations.none(group))
                : List.of(Finding.info(
                        ID,
                        Hop.RELAY,
                        group.isComplete()
                                ? RelayFindings.account(group)
                                : send.label() + " does not arrive; no expectation says that it should"));
    }

    private static boolean isPartial(EventBatch group, Ledger ledger) {
        return !group.isComplete()
                && (!group.right().isEmpty()
                        || RelayFindings.emptyPackets(group, ledger).isPresent());
    }

    private static JsonNode withBytes(JsonNode data) {
        return ((ObjectNode) data.deepCopy()).set("bytes", BinaryNode.valueOf(BYTES));
    }
}
