package siodiag.probe.relay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import siodiag.core.Wait;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Ledger;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Application;
import siodiag.target.Flow;
import siodiag.target.Target;

/**
 * Events that reached nobody, sent again for more dashboards, to find out where the events went: one is in every
 * namespace that is known and has asked to join the rooms, the others do just as those that heard nothing.
 */
final class LateJoinerCheck {
    static final String DASHBOARD = "the late joiner";
    /** Enough for some to be on the sender's node and some not, where a balancer spreads them over two. */
    private static final int OTHERS = 5;

    private final Target target;
    private final Ledger ledger;
    private final List<EventBatch> trials = new ArrayList<>();

    LateJoinerCheck(Target target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    /** Sends one event of each group again. @throws ExchangeException where no session opens for the dashboard */
    void start(
            List<EventBatch> deaf, EventSender sender, Observers dashboards, Transports transports, List<String> joined)
            throws ExchangeException, InterruptedException {
        List<String> observers = new ArrayList<>(deaf.get(0).observers());
        SocketClient dashboard = dashboards.add(DASHBOARD, transports, everywhere(joined));
        observers.add(DASHBOARD);
        for (int i = 1; i <= OTHERS; i++) {
            observers.add("late joiner " + i);
            dashboards.add("late joiner " + i, transports, received(deaf));
        }
        awaitAnswers(deaf.stream()
                .filter(group -> group.flow().join() != null)
                .map(group -> join(dashboard, group))
                .toList());
        for (EventBatch group : deaf) {
            Ledger.Entry entry = ledger.open(group.send());
            trials.add(new EventBatch(group.flow(), group.send(), List.of(entry), observers));
            sender.send(entry);
        }
    }

    /** What became of that group's event; nothing where it was not tried. */
    Optional<EventBatch> of(EventBatch group) {
        return trials.stream().filter(trial -> trial.send() == group.send()).findFirst();
    }

    /** Whether each of the groups turned up somewhere in its trial. */
    boolean explains(List<EventBatch> deaf) {
        return !trials.isEmpty()
                && deaf.stream().allMatch(group -> of(group)
                        .map(trial -> !trial.right().isEmpty()
                                || !trial.misdelivered().isEmpty())
                        .orElse(false));
    }

    boolean isReceivedByAll() {
        return trials.stream().allMatch(EventBatch::isComplete);
    }

    /** Wherever an event may turn up, but for the namespaces that are known to let nobody in. */
    private Set<String> everywhere(List<String> joined) {
        Set<String> everywhere = new LinkedHashSet<>(target.flow().strict() ? Application.EIGHT : List.of());
        everywhere.add("/");
        everywhere.removeAll(target.namespaces());
        everywhere.addAll(joined);
        return everywhere;
    }

    private static Set<String> received(List<EventBatch> groups) {
        return groups.stream()
                .map(group -> group.flow().receiveNamespace(group.send()))
                .collect(Collectors.toSet());
    }

    private CompletableFuture<JsonNode> join(SocketClient dashboard, EventBatch group) {
        return dashboard.emit(
                group.flow().receiveNamespace(group.send()),
                Flow.fill(group.flow().join().event(), group.send()),
                List.of(Flow.fill(group.flow().join().data(), group.send())),
                target.timeout());
    }

    /** Until the requests to join are answered; servers that acknowledge nothing get a moment. */
    private void awaitAnswers(List<CompletableFuture<JsonNode>> joins) throws InterruptedException {
        try {
            CompletableFuture.allOf(joins.toArray(CompletableFuture[]::new))
                    .get(target.time(Wait.UNANSWERED_JOIN).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unanswered) {
            // The trial shows whether the joining worked.
        }
    }
}
