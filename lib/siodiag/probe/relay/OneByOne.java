package siodiag.probe.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import siodiag.core.Deadline;
import siodiag.core.Timings;
import siodiag.core.Wait;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Ledger;

/**
 * Events that did not all arrive in a burst, sent again one by one to the same observers: was it the burst that lost
 * them?
 */
final class OneByOne {
    private static final int ROUNDS = 3;
    private static final int MAX_GROUPS = 12;
    /** So many in a row that do not arrive by themselves either: it is not the burst, and the rest would fare no better. */
    private static final int MAX_LOST = 2;

    private final Ledger ledger;
    private final Timings timings;
    private final Map<EventBatch, EventBatch> singles = new IdentityHashMap<>();

    OneByOne(Ledger ledger, Timings timings) {
        this.ledger = ledger;
        this.timings = timings;
    }

    void run(List<EventBatch> lossy, EventSender sender, Deadline deadline) throws InterruptedException {
        int lost = 0;
        for (EventBatch group : lossy.subList(0, Math.min(MAX_GROUPS, lossy.size()))) {
            if (lost == MAX_LOST) {
                return;
            }
            EventBatch single =
                    run(group, sender, timings.of(lost == 0 ? Wait.SINGLE_EVENT : Wait.LATER_SINGLE_EVENT), deadline);
            singles.put(group, single);
            lost = single.isComplete() ? 0 : lost + 1;
        }
    }

    private EventBatch run(EventBatch group, EventSender sender, Duration timeout, Deadline deadline)
            throws InterruptedException {
        List<Ledger.Entry> entries = new ArrayList<>();
        EventBatch single = group.with(entries);
        for (int i = 0; i < ROUNDS && single.isComplete() && !deadline.passed(); i++) {
            entries.add(ledger.open(group.send()));
            sender.send(entries.get(i));
            ledger.await(single::isComplete, deadline.orSooner(timeout));
        }
        return single;
    }

    /** The events of that group that were sent by themselves; nothing where that was not tried. */
    Optional<EventBatch> of(EventBatch group) {
        return Optional.ofNullable(singles.get(group));
    }

    /** Whether all of them arrived. */
    boolean isReceived(EventBatch group) {
        return of(group).filter(EventBatch::isComplete).isPresent();
    }
}
