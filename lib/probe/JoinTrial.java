package siodiag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Events that reached nobody, sent again for one more dashboard, which is in every namespace that is known and has asked
 * to join the rooms: to find out where the events went.
 */
final class JoinTrial {
    private static final String DASHBOARD = "the joining dashboard";
    private static final Duration UNANSWERED_JOIN = Duration.ofMillis(400);

    private final Target target;
    private final Ledger ledger;
    private final List<Group> trials = new ArrayList<>();

    JoinTrial(Target target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    /** Sends one event of each group again. @throws WireFailure where no session opens for the dashboard */
    void start(List<Group> deaf, HookSender sender, Dashboards dashboards, Transports transports, List<String> joined)
            throws WireFailure, InterruptedException {
        Set<String> everywhere = new LinkedHashSet<>(joined);
        everywhere.add("/");
        everywhere.addAll(Target.DEFAULT_NAMESPACES);
        SocketClient dashboard = dashboards.add(DASHBOARD, transports, everywhere);
        awaitAnswers(deaf.stream().filter(group -> group.flow().join() != null)
                .map(group -> join(dashboard, group)).toList());
        for (Group group : deaf) {
            Ledger.Entry entry = ledger.open(group.send());
            trials.add(new Group(group.flow(), group.send(), List.of(entry), List.of(DASHBOARD)));
            sender.send(entry);
        }
    }

    /** What became of that group's event; nothing where it was not tried. */
    Optional<Group> of(Group group) {
        return trials.stream().filter(trial -> trial.send() == group.send()).findFirst();
    }

    /** Whether each of the groups turned up somewhere in its trial. */
    boolean explains(List<Group> deaf) {
        return !trials.isEmpty() && deaf.stream().allMatch(group -> of(group)
                .map(trial -> !trial.right().isEmpty() || !trial.astray().isEmpty()).orElse(false));
    }

    private CompletableFuture<JsonNode> join(SocketClient dashboard, Group group) {
        String room = Flow.fill(group.flow().join().data(), group.send());
        return dashboard.emit(group.flow().receiveNamespace(group.send()),
                Flow.fill(group.flow().join().event(), group.send()),
                Json.MAPPER.getNodeFactory().textNode(room), target.timeout());
    }

    /** Until the requests to join are answered; servers that acknowledge nothing get a moment. */
    private static void awaitAnswers(List<CompletableFuture<JsonNode>> joins) throws InterruptedException {
        try {
            CompletableFuture.allOf(joins.toArray(CompletableFuture[]::new))
                    .get(UNANSWERED_JOIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unanswered) {
            // The trial shows whether the joining worked.
        }
    }
}
