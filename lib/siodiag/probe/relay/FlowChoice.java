package siodiag.probe.relay;

import java.util.ArrayList;
import java.util.List;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Ledger;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Flow;
import siodiag.target.Target;

/**
 * Which of the flows that a recognised application may have are this server's: each is tried with one event. A POST that
 * is answered goes somewhere: that it fails, or reaches nobody, is for the diagnosis.
 */
public final class FlowChoice {
    private static final String OBSERVER = "observer";

    private FlowChoice() {}

    /** Those that the server has; where it has none, the first of them, so that its failure is what is diagnosed. */
    public static List<Flow> of(Target target, Transports transports, List<String> joined, Findings findings)
            throws InterruptedException {
        List<Flow> candidates = target.expectations().flows().value();
        if (candidates.size() < 2 || !joined.contains("/")) {
            return candidates;
        }
        List<Flow> there = there(target, transports, candidates);
        findings.add(Finding.info(
                "event.flow",
                Hop.EVENT,
                there.isEmpty()
                        ? "the server supports none of the possible flows"
                        : "the server has "
                                + String.join(
                                        " and ", there.stream().map(Flow::name).toList())));
        return there.isEmpty() ? candidates.subList(0, 1) : there;
    }

    private static List<Flow> there(Target target, Transports transports, List<Flow> candidates)
            throws InterruptedException {
        Ledger ledger = new Ledger(null);
        List<String> root = List.of("/");
        try (Observers dashboards = new Observers(target, ledger, List.of(), Preparation.NONE)) {
            dashboards.add(OBSERVER, transports, root);
            SocketClient sender = dashboards.add(EventBatch.SENDER, transports, root);
            EventSender hook = new EventSender(target, transports.engine(), sender, ledger);
            List<EventBatch> groups = new ArrayList<>();
            candidates.forEach(flow -> groups.add(trial(flow, ledger)));
            groups.forEach(group -> hook.send(group.entries().get(0)));
            ledger.await(
                    () -> groups.stream().allMatch(group -> group.isComplete() || hasFailed(group)),
                    Deadline.in(target.timings().within(Wait.FLOW_CHOICE)));
            boolean promised = target.expectations().application().posts();
            return groups.stream()
                    .filter(group -> group.isComplete() || takesPosts(group, promised))
                    .map(EventBatch::flow)
                    .toList();
        } catch (ExchangeException failure) {
            return List.of();
        }
    }

    private static boolean hasFailed(EventBatch group) {
        return !group.entries().get(0).failure().isEmpty();
    }

    /** @param promised whether the intake belongs to the application, be it absent */
    private static boolean takesPosts(EventBatch group, boolean promised) {
        Ledger.Entry sent = group.entries().get(0);
        return group.send().via() == Flow.Via.HTTP && (promised || !sent.isAbsent());
    }

    private static EventBatch trial(Flow flow, Ledger ledger) {
        Flow.Send send = flow.sends(List.of("/")).get(0);
        return new EventBatch(flow, send, List.of(ledger.open(send)), List.of(OBSERVER));
    }
}
