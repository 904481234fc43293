package siodiag.probe.relay;

import java.util.Optional;
import siodiag.ledger.EventBatch;

/**
 * What was seen of a group of events beside the burst.
 *
 * @param single   the same events one by one; nothing where there was no need to look
 * @param trial    the same event in a {@link LateJoinerCheck}
 * @param aloneMs  how long one took all by itself, milliseconds; its fastest where there was no need to look
 * @param balancer why several processes are known to stand behind the address
 */
record Observations(
        Optional<EventBatch> single, Optional<EventBatch> trial, double aloneMs, Optional<String> balancer) {
    static Observations none(EventBatch group) {
        return new Observations(Optional.empty(), Optional.empty(), group.fastestMs(), Optional.empty());
    }
}
