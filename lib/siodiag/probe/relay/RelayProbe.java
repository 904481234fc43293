package siodiag.probe.relay;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.ledger.DeliveryReport;
import siodiag.ledger.EventBatch;
import siodiag.ledger.FlowFigures;
import siodiag.ledger.FlowTimeline;
import siodiag.ledger.Ledger;
import siodiag.probe.connect.NoSession;
import siodiag.probe.transport.Balancer;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.SessionEnd;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Flow;
import siodiag.target.Plan;
import siodiag.target.Target;

/**
 * Hops event and relay: a hook sends, dashboards observe, and the ledger accounts for every event between them. What
 * arrives nowhere gets a {@link LateJoinerCheck}.
 */
public final class RelayProbe {
    /** The check that is there where an event of the flow was too large. */
    public static final String SIZE = "event.size";

    private static final int MAX_RECHECKED = 3;

    private final Target target;
    private final Transports transports;
    private final List<String> joined;
    private final Plan plan;
    private final Findings findings;
    private final Ledger ledger;
    private final Map<EventBatch, Finding> none = new LinkedHashMap<>();
    private volatile List<EventBatch> underWay = List.of();
    private FlowProgress.Listener listener = FlowProgress.Listener.NONE;

    public RelayProbe(Target target, Transports transports, List<String> joined, Plan plan, Findings findings) {
        this.target = target;
        this.transports = transports;
        this.joined = joined;
        this.plan = plan;
        this.findings = findings;
        this.ledger = new Ledger(target.flow().receive().ack());
    }

    /** Tells it how far the sending is. */
    public RelayProbe tell(FlowProgress.Listener other) {
        listener = other;
        return this;
    }

    /** Sends, observes, and adds what became of it to the findings. */
    public void run() throws InterruptedException {
        List<Flow.Send> sends = target.flow().sends(joined);
        if (sends.isEmpty()) {
            findings.add(Finding.skip("relay.flow", Hop.RELAY, "a namespace of the flow that accepts the sender"));
            return;
        }
        Rehearsal.begun().join();
        boolean relayed = target.flow().receive().isRelayed();
        try (Observers dashboards =
                        new Observers(target, ledger, joined, Preparation.ofDashboards(target.flow(), sends));
                Observers hook =
                        new Observers(target, ledger, joined, Preparation.ofSender(target.flow(), namespaces(sends)))) {
            Set<String> watched = new LinkedHashSet<>(joined);
            sends.forEach(send -> watched.add(target.flow().receiveNamespace(send)));
            CompletableFuture<SocketClient> sender = Scope.current()
                    .fork("connect the sender", () -> hook.add(EventBatch.SENDER, transports, namespaces(sends)));
            for (int i = 1;
                    relayed
                            && i <= plan.observers(target.flow())
                            && dashboards.unready().isEmpty();
                    i++) {
                dashboards.add("receiver " + i, transports, watched);
            }
            EventSender sending = new EventSender(target, transports.engine(), sender.join(), ledger);
            Optional<Finding> unready = hook.unready().or(dashboards::unready);
            if (unready.isPresent()) {
                findings.add(unready.get());
                findings.add(Finding.skip("relay.delivery", Hop.RELAY, "the setup of the flow's clients"));
            } else {
                account(sends, dashboards, hook, sending);
            }
        } catch (ExchangeException failure) {
            noSession(failure);
        } catch (CompletionException failure) {
            noSession((ExchangeException) failure.getCause());
        }
    }

    private void noSession(ExchangeException failure) {
        findings.add(NoSession.finding("relay.sessions", "no session for the flow", failure));
    }

    /** Those that the sender is in. */
    public static Set<String> namespaces(List<Flow.Send> sends) {
        Set<String> names = new LinkedHashSet<>();
        sends.stream().filter(send -> send.via() == Flow.Via.SOCKET).forEach(send -> names.add(send.namespace()));
        return names;
    }

    private void account(List<Flow.Send> sends, Observers dashboards, Observers hook, EventSender sender)
            throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        List<Ledger.Entry> entries = opened(sends);
        underWay = groups(sends, entries, dashboards.names());
        double before = Math.min(sender.answerMs(), sender.answerMs()); // the first may wait behind the connecting
        // A server that takes long for each event gets as many as there is time for.
        FlowProgress progress = new FlowProgress(
                listener, entries.size(), plan.rate(), () -> figures().orElse(null));
        progress.plan(sends.size());
        boolean keptUp = sender.send(
                entries, plan.rate(), before, target.timeout().dividedBy(2).plus(plan.longest()), progress::sent);
        List<EventBatch> groups = sent();
        CompletableFuture<Double> after = Scope.current().fork("answer time", sender::answerMs);
        OneByOne singles = new OneByOne(ledger, target.timings());
        LateJoinerCheck trial = settle(groups, singles, sender, dashboards, hook);
        if (cameTooSoon(groups, singles, trial) && cutOff(dashboards, hook).isEmpty()) {
            groups = againWhereComplete(groups, sends, hook);
        }
        double took = watch.millis();
        List<String> notes = Stream.concat(hook.notes().stream(), dashboards.notes().stream())
                .distinct()
                .toList();
        Optional<SessionEnd> cut = cutOff(dashboards, hook);
        if (cut.isPresent()) {
            cutOff(cut.get(), notes);
            return;
        }
        RelayJudge judge = new RelayJudge(
                new DeliveryReport(ledger, groups),
                before,
                after.join(),
                transports.engine().family());
        Map<EventBatch, Double> alone =
                keptUp ? aloneMs(groups.stream().filter(judge::looksLate).toList(), sender) : Map.of();
        Optional<String> balancer = groups.stream()
                        .anyMatch(group -> group.isSplit()
                                || trial.of(group)
                                        .filter(DeliveryFailure::isSplit)
                                        .isPresent())
                ? Balancer.look(target, transports.engine())
                : Optional.empty();
        groups.forEach(group -> judge.judge(
                        group,
                        new Observations(
                                singles.of(group),
                                trial.of(group),
                                alone.getOrDefault(group, group.fastestMs()),
                                balancer))
                .forEach(finding -> add(group, withNotes(finding, notes).took(took))));
        judge.order().forEach(findings::add);
        if (groups.stream().allMatch(EventBatch::isComplete)) {
            BinaryCheck.run(groups, judge, ledger, sender, target.timings()).forEach(findings::add);
            burst(groups, hook);
        }
    }

    private void add(EventBatch group, Finding finding) {
        findings.add(finding);
        if (finding.sign() == Symptom.NOT_DELIVERED || finding.sign() == Symptom.NO_REACTION) {
            none.putIfAbsent(group, finding);
        }
    }

    private void cutOff(SessionEnd cut, List<String> notes) {
        if (cut.isTooLarge()) {
            findings.add(Finding.warn(
                    SIZE,
                    Hop.EVENT,
                    Symptom.LARGE_EVENT_REFUSED,
                    transports.engine().site().endpoint().toString(),
                    "an ordinary event is too large",
                    cut.evidence()));
            findings.add(Finding.skip("relay.delivery", Hop.RELAY, "a server that accepts an ordinary event"));
        } else {
            findings.add(withNotes(
                    Finding.fail(
                            "session.in-use",
                            Hop.SESSION,
                            Symptom.CLOSED_IN_USE,
                            "during the flow",
                            "the server closed a connection while events were sent",
                            cut.evidence()),
                    notes));
            findings.add(Finding.skip("relay.delivery", Hop.RELAY, "stable connections"));
        }
    }

    private void burst(List<EventBatch> groups, Observers hook) throws InterruptedException {
        PollingBurst burst =
                new PollingBurst(target, transports, ledger, PollingBurst.keepsToPolling(findings.sorted()));
        Optional<EventBatch> called = groups.stream().filter(burst::isCalledFor).findFirst();
        if (called.isPresent()) {
            burst.run(called.get(), hook).forEach(findings::add);
        }
    }

    /**
     * Sends once more, from new clients to new clients, what had come to nothing: handlers may have been registered late.
     * To be called at the end of the examination.
     */
    public void lookAgain() throws InterruptedException {
        if (none.isEmpty()) {
            return;
        }
        List<EventBatch> late = none.keySet().stream().limit(MAX_RECHECKED).toList();
        List<Flow.Send> sends = late.stream().map(EventBatch::send).toList();
        try (Observers dashboards =
                        new Observers(target, ledger, joined, Preparation.ofDashboards(target.flow(), sends));
                Observers hook =
                        new Observers(target, ledger, joined, Preparation.ofSender(target.flow(), namespaces(sends)))) {
            dashboards.add(
                    "late receiver",
                    transports,
                    late.stream()
                            .map(group -> group.flow().receiveNamespace(group.send()))
                            .distinct()
                            .toList());
            EventSender sender = new EventSender(
                    target, transports.engine(), hook.add(EventBatch.SENDER, transports, namespaces(sends)), ledger);
            List<EventBatch> again = late.stream()
                    .map(group -> new EventBatch(
                            group.flow(),
                            group.send(),
                            List.of(ledger.open(group.send())),
                            group.isOnlyAcknowledged() ? List.of() : dashboards.names()))
                    .toList();
            again.forEach(group -> sender.send(group.entries().get(0)));
            ledger.await(
                    () -> again.stream().allMatch(EventBatch::isComplete), Deadline.in(target.time(Wait.LATE_CHECK)));
            for (int i = 0; i < again.size(); i++) {
                reportLate(late.get(i), again.get(i));
            }
        } catch (ExchangeException failure) {
            findings.add(Finding.info("relay.later", Hop.RELAY, "no session for the final check", failure.evidence()));
        }
    }

    private void reportLate(EventBatch first, EventBatch again) {
        if (again.isComplete()) {
            Finding before = none.get(first);
            String seen = String.format(
                    Locale.ROOT,
                    "%s: sent again %.1f s after the first, it arrives: the server registers its handlers only some time after accepting clients",
                    first.send().label(),
                    first.entries().get(0).msUntil(again.entries().get(0)) / 1000);
            findings.add(
                    Finding.fail(before.id() + ".later", before.hop(), before.sign(), before.subject(), seen, seen));
        }
    }

    /** What the server said in the setup may tell why events go no further. */
    private static Finding withNotes(Finding finding, List<String> notes) {
        return !finding.isTrouble() || notes.isEmpty()
                ? finding
                : finding.withEvidence(Stream.concat(finding.evidence().stream(), notes.stream())
                        .toList());
    }

    private List<Ledger.Entry> opened(List<Flow.Send> sends) {
        return IntStream.range(0, plan.events())
                .boxed()
                .flatMap(round -> sends.stream().map(ledger::open))
                .toList();
    }

    private List<EventBatch> groups(List<Flow.Send> sends, List<Ledger.Entry> entries, List<String> observers) {
        return sends.stream()
                .map(send -> new EventBatch(
                        target.flow(),
                        send,
                        entries.stream().filter(entry -> entry.send == send).toList(),
                        observers))
                .toList();
    }

    /** Whether the first events are lost and no others: those that were sent while everybody was new. */
    private static boolean cameTooSoon(List<EventBatch> groups, OneByOne singles, LateJoinerCheck trial) {
        List<EventBatch> lossy =
                groups.stream().filter(group -> !group.isComplete()).toList();
        return !lossy.isEmpty()
                && lossy.stream()
                        .allMatch(group -> group.lostOnlyFirst()
                                && (!group.right().isEmpty()
                                        || singles.isReceived(group)
                                        || trial.of(group)
                                                .map(later -> later.receivers().containsAll(group.observers()))
                                                .orElse(false)));
    }

    /**
     * Sends all again from a hook that has only just connected, to dashboards that have not: a server may take a moment to
     * let a new dashboard into its rooms, but what a new hook sends must not be lost.
     *
     * @return the groups of this round where all of it arrives; else those of the first
     */
    private List<EventBatch> againWhereComplete(List<EventBatch> first, List<Flow.Send> sends, Observers hooks)
            throws InterruptedException {
        List<Ledger.Entry> entries = opened(sends);
        List<EventBatch> second = groups(sends, entries, first.get(0).observers());
        try {
            SocketClient newcomer = hooks.add(EventBatch.SENDER, transports, namespaces(sends));
            new EventSender(target, transports.engine(), newcomer, ledger)
                    .send(entries, 0, 0, target.time(Wait.SECOND_ROUND));
        } catch (ExchangeException failure) {
            return first;
        }
        boolean complete = ledger.await(
                () -> second.stream().allMatch(EventBatch::isComplete), Deadline.in(target.time(Wait.SECOND_ROUND)));
        if (complete) {
            underWay = second;
            findings.add(Finding.info(
                    "relay.new-dashboard",
                    Hop.RELAY,
                    "a receiver misses events right after connecting; later ones all arrive"));
        }
        return complete ? second : first;
    }

    /** The account so far, from any thread; nothing before the first event. */
    public Optional<FlowFigures> figures() {
        List<EventBatch> sofar = sent();
        return sofar.isEmpty() ? Optional.empty() : Optional.of(new DeliveryReport(ledger, sofar).figures());
    }

    /** The course of the events so far, from any thread. */
    public FlowTimeline timeline() {
        return new DeliveryReport(ledger, sent()).timeline();
    }

    private List<EventBatch> sent() {
        return underWay.stream()
                .map(EventBatch::soFar)
                .filter(group -> !group.entries().isEmpty())
                .toList();
    }

    /** Waits until every delivery is accounted for, or until none is to be hoped for. */
    private LateJoinerCheck settle(
            List<EventBatch> groups, OneByOne singles, EventSender sender, Observers dashboards, Observers hook)
            throws InterruptedException {
        Deadline answerTimeout = Deadline.in(target.timeout().multipliedBy(3).dividedBy(4));
        boolean answersOnly = groups.stream().allMatch(EventBatch::isOnlyAcknowledged);
        Deadline first = answersOnly
                ? Deadline.in(target.timeout())
                : answerTimeout
                        .orSooner(target.time(Wait.BEFORE_TRIAL))
                        .orSooner(target.timeout().dividedBy(3));
        LateJoinerCheck trial = new LateJoinerCheck(target, ledger);
        if (ledger.await(() -> isSettled(groups, dashboards, hook), first)
                || cutOff(dashboards, hook).isPresent()
                || answersOnly && groups.stream().noneMatch(EventBatch::isAcknowledged)) {
            return trial;
        }
        singles.run(
                groups.stream()
                        .filter(group -> !group.isComplete() && !group.isRefused())
                        .toList(),
                sender,
                answerTimeout);
        List<EventBatch> deaf = groups.stream()
                .filter(group -> !group.isOnlyAcknowledged()
                        && group.right().isEmpty()
                        && !group.isRefused()
                        && !singles.isReceived(group))
                .toList();
        if (!deaf.isEmpty() && cutOff(dashboards, hook).isEmpty()) {
            start(trial, deaf, sender, dashboards);
        }
        ledger.await(
                () -> isSettled(groups, dashboards, hook)
                        || (deaf.isEmpty() || trial.explains(deaf))
                                && groups.stream()
                                        .allMatch(group -> group.isComplete()
                                                || deaf.contains(group)
                                                || singles.of(group).isPresent()),
                answerTimeout.orSooner(target.time(Wait.TRIAL)));
        ledger.await(trial::isReceivedByAll, answerTimeout.orSooner(target.time(Wait.OTHER_OBSERVERS)));
        return trial;
    }

    private void start(LateJoinerCheck trial, List<EventBatch> deaf, EventSender sender, Observers dashboards)
            throws InterruptedException {
        try {
            trial.start(deaf, sender, dashboards, transports, joined);
        } catch (ExchangeException failure) {
            findings.add(Finding.info("relay.trial", Hop.RELAY, "no session for the second check", failure.evidence()));
        }
    }

    /** How long one event of each group takes without a burst, in milliseconds; the timeout where it does not arrive. */
    private Map<EventBatch, Double> aloneMs(List<EventBatch> groups, EventSender sender) throws InterruptedException {
        Map<EventBatch, Double> latencies = new IdentityHashMap<>();
        if (groups.isEmpty()) {
            return latencies;
        }
        sender.answerMs();
        Map<EventBatch, EventBatch> singles = new IdentityHashMap<>();
        groups.forEach(group -> singles.put(
                group,
                new EventBatch(group.flow(), group.send(), List.of(ledger.open(group.send())), group.observers())));
        singles.values().forEach(single -> sender.send(single.entries().get(0)));
        ledger.await(() -> singles.values().stream().allMatch(EventBatch::isComplete), Deadline.in(target.timeout()));
        singles.forEach((group, single) -> latencies.put(
                group,
                single.latencies().stream()
                        .mapToDouble(Double::doubleValue)
                        .min()
                        .orElse((double) target.timeout().toMillis())));
        return latencies;
    }

    /** How the first of all connections was cut off by the server, if any was. */
    private static Optional<SessionEnd> cutOff(Observers dashboards, Observers hook) {
        return dashboards.cutOff().or(hook::cutOff);
    }

    private static boolean isSettled(List<EventBatch> groups, Observers dashboards, Observers hook) {
        return cutOff(dashboards, hook).isPresent()
                || groups.stream().allMatch(group -> group.isRefused() || group.isComplete() && group.isAnswered());
    }
}
