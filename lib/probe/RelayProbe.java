package siodiag;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * Hops event and relay: a hook sends, dashboards observe, and the ledger accounts for every event between them. What
 * arrives nowhere gets a {@link JoinTrial}.
 */
final class RelayProbe {
    /** The check that is there where an event of the flow was too large. */
    static final String SIZE = "event.size";
    private static final Duration BEFORE_TRIAL = Duration.ofMillis(1000);
    /** How long the events of a second round may take. */
    private static final Duration SECOND_ROUND = Duration.ofMillis(2000);
    /** Between the first who hears an event and the last. */
    private static final Duration FOR_THE_OTHERS = Duration.ofMillis(250);

    private final Target target;
    private final Transports transports;
    private final List<String> joined;
    private final Plan plan;
    private final Findings findings;
    private final Ledger ledger = new Ledger();
    private volatile List<Group> underWay = List.of();

    RelayProbe(Target target, Transports transports, List<String> joined, Plan plan, Findings findings) {
        this.target = target;
        this.transports = transports;
        this.joined = joined;
        this.plan = plan;
        this.findings = findings;
    }

    /** Sends, observes, and adds what became of it to the findings. */
    void run() throws InterruptedException {
        List<Flow.Send> sends = target.flow().sends(joined);
        if (sends.isEmpty()) {
            findings.add(Finding.skip("relay.flow", Hop.RELAY, "a namespace of the flow that lets the hook in"));
            return;
        }
        try (Dashboards dashboards = new Dashboards(target, ledger, joined);
                Dashboards hook = new Dashboards(target, ledger, joined)) {
            Set<String> watched = new LinkedHashSet<>(joined);
            sends.forEach(send -> watched.add(target.flow().receiveNamespace(send)));
            CompletableFuture<SocketClient> sender = Threads.start(() ->
                    hook.add(Group.SENDER, transports, sendNamespaces(sends)));
            for (int i = 1; i <= plan.observers(); i++) {
                dashboards.add("dashboard " + i, transports, watched);
            }
            account(sends, dashboards, hook, new HookSender(target, transports.engine(), sender.join(), ledger));
        } catch (WireFailure failure) {
            noSession(failure);
        } catch (CompletionException failure) {
            noSession((WireFailure) failure.getCause());
        }
    }

    private void noSession(WireFailure failure) {
        findings.add(NoSession.finding("relay.sessions", "no session for the flow", failure));
    }

    private static Set<String> sendNamespaces(List<Flow.Send> sends) {
        Set<String> names = new LinkedHashSet<>();
        sends.stream().filter(send -> send.via() == Flow.Via.SOCKET).forEach(send -> names.add(send.namespace()));
        return names;
    }

    private void account(List<Flow.Send> sends, Dashboards dashboards, Dashboards hook, HookSender sender)
            throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        List<Ledger.Entry> entries = opened(sends);
        underWay = groups(sends, entries, dashboards.names());
        double before = Math.min(sender.answerMs(), sender.answerMs()); // the first may wait behind the connecting
        // A server that takes long for each event gets as many as there is time for.
        boolean keptUp = sender.send(entries, plan.rate(), before, target.timeout().dividedBy(2).plus(plan.longest()));
        List<Group> groups = sent();
        CompletableFuture<Double> after = Threads.start(sender::answerMs);
        JoinTrial trial = settle(groups, sender, dashboards, hook);
        if (cameTooSoon(groups, trial) && cutOff(dashboards, hook).isEmpty()) {
            groups = againWhereComplete(groups, sends, hook);
        }
        double took = watch.millis();
        Optional<Closure> cut = cutOff(dashboards, hook);
        if (cut.isPresent() && cut.get().saysTooLarge()) {
            findings.add(Finding.warn(SIZE, Hop.EVENT, Sign.LARGE_EVENT_REFUSED,
                    transports.engine().site().endpoint().toString(), "an ordinary event is too large",
                    cut.get().evidence()));
            findings.add(Finding.skip("relay.delivery", Hop.RELAY, "a server that takes an ordinary event"));
        } else if (cut.isPresent()) {
            findings.add(Finding.fail("session.in-use", Hop.SESSION, Sign.CLOSED_IN_USE, "in the middle of the flow",
                    "the server ended a connection while events were sent", cut.get().evidence()));
            findings.add(Finding.skip("relay.delivery", Hop.RELAY, "connections that last"));
        } else {
            RelayJudge judge = new RelayJudge(new Account(ledger, groups), before, after.join());
            Map<Group, Double> alone = keptUp ? aloneMs(groups.stream().filter(judge::looksLate).toList(), sender)
                    : Map.of();
            groups.forEach(group -> judge.judge(group, trial.of(group), alone.getOrDefault(group, group.fastestMs()))
                    .forEach(finding -> findings.add(finding.took(took))));
            judge.order().forEach(findings::add);
        }
    }

    private List<Ledger.Entry> opened(List<Flow.Send> sends) {
        return IntStream.range(0, plan.events()).boxed().flatMap(round -> sends.stream().map(ledger::open)).toList();
    }

    private List<Group> groups(List<Flow.Send> sends, List<Ledger.Entry> entries, List<String> observers) {
        return sends.stream().map(send -> new Group(target.flow(), send,
                entries.stream().filter(entry -> entry.send == send).toList(), observers)).toList();
    }

    /** Whether the first events are lost and no others: those that were sent while everybody was new. */
    private static boolean cameTooSoon(List<Group> groups, JoinTrial trial) {
        List<Group> lossy = groups.stream().filter(group -> !group.isComplete()).toList();
        return !lossy.isEmpty() && lossy.stream().allMatch(group -> group.lostOnlyFirst() && (!group.right().isEmpty()
                || trial.of(group).map(later -> later.hearing().containsAll(group.observers())).orElse(false)));
    }

    /**
     * Sends all again from a hook that has only just connected, to dashboards that have not: a server may take a moment to
     * let a new dashboard into its rooms, but what a new hook sends must not be lost.
     *
     * @return the groups of this round where all of it arrives; else those of the first
     */
    private List<Group> againWhereComplete(List<Group> first, List<Flow.Send> sends, Dashboards hooks)
            throws InterruptedException {
        List<Ledger.Entry> entries = opened(sends);
        List<Group> second = groups(sends, entries, first.get(0).observers());
        try {
            SocketClient newcomer = hooks.add(Group.SENDER, transports, sendNamespaces(sends));
            new HookSender(target, transports.engine(), newcomer, ledger).send(entries, 0, 0, SECOND_ROUND);
        } catch (WireFailure failure) {
            return first;
        }
        boolean complete = ledger.await(() -> second.stream().allMatch(Group::isComplete), Deadline.in(SECOND_ROUND));
        if (complete) {
            underWay = second;
            findings.add(Finding.info("relay.new-dashboard", Hop.RELAY, "a dashboard that has only just connected misses "
                    + "events for a moment; later ones all arrive"));
        }
        return complete ? second : first;
    }

    /** The account so far, from any thread; nothing before the first event. */
    Optional<FlowFigures> figures() {
        List<Group> sofar = sent();
        return sofar.isEmpty() ? Optional.empty()
                : Optional.of(new Account(ledger, sofar).figures());
    }

    private List<Group> sent() {
        return underWay.stream().map(Group::soFar).filter(group -> !group.entries().isEmpty()).toList();
    }

    /** Waits until every delivery is accounted for, or until none is to be hoped for. */
    private JoinTrial settle(List<Group> groups, HookSender sender, Dashboards dashboards, Dashboards hook)
            throws InterruptedException {
        Deadline patience = Deadline.in(target.timeout().multipliedBy(3).dividedBy(4));
        Deadline first = patience.orSooner(BEFORE_TRIAL).orSooner(target.timeout().dividedBy(3));
        boolean complete = ledger.await(() -> isSettled(groups, dashboards, hook), first);
        JoinTrial trial = new JoinTrial(target, ledger);
        List<Group> deaf = groups.stream()
                .filter(group -> group.right().isEmpty() && !group.isRefused()).toList();
        if (!complete && !deaf.isEmpty() && cutOff(dashboards, hook).isEmpty()) {
            start(trial, deaf, sender, dashboards);
        }
        if (!complete) {
            ledger.await(() -> isSettled(groups, dashboards, hook) || trial.explains(deaf)
                    && groups.stream().allMatch(group -> group.isComplete() || deaf.contains(group)), patience);
            ledger.await(trial::isHeardByAll, patience.orSooner(FOR_THE_OTHERS));
        }
        return trial;
    }

    private void start(JoinTrial trial, List<Group> deaf, HookSender sender, Dashboards dashboards)
            throws InterruptedException {
        try {
            trial.start(deaf, sender, dashboards, transports, joined);
        } catch (WireFailure failure) {
            findings.add(Finding.info("relay.trial", Hop.RELAY, "no session for a second look", failure.evidence()));
        }
    }

    /** How long one event of each group takes without a burst, in milliseconds; the time-out where it does not arrive. */
    private Map<Group, Double> aloneMs(List<Group> groups, HookSender sender) throws InterruptedException {
        Map<Group, Double> latencies = new IdentityHashMap<>();
        if (groups.isEmpty()) {
            return latencies;
        }
        sender.answerMs();
        Map<Group, Group> singles = new IdentityHashMap<>();
        groups.forEach(group -> singles.put(group, new Group(group.flow(), group.send(),
                List.of(ledger.open(group.send())), group.observers())));
        singles.values().forEach(single -> sender.send(single.entries().get(0)));
        ledger.await(() -> singles.values().stream().allMatch(Group::isComplete), Deadline.in(target.timeout()));
        singles.forEach((group, single) -> latencies.put(group, single.latencies().stream()
                .mapToDouble(Double::doubleValue).min().orElse(target.timeout().toMillis())));
        return latencies;
    }

    /** How the first of all connections was cut off by the server, if any was. */
    private static Optional<Closure> cutOff(Dashboards dashboards, Dashboards hook) {
        return dashboards.cutOff().or(hook::cutOff);
    }

    private static boolean isSettled(List<Group> groups, Dashboards dashboards, Dashboards hook) {
        return cutOff(dashboards, hook).isPresent()
                || groups.stream().allMatch(group -> group.isRefused() || group.isComplete() && group.isAnswered());
    }
}
