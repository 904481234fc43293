package siodiag.probe.cluster;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Ledger;
import siodiag.probe.connect.ConnectAttempts;
import siodiag.probe.reach.Reach;
import siodiag.probe.relay.EventSender;
import siodiag.probe.relay.Observers;
import siodiag.probe.relay.Preparation;
import siodiag.probe.relay.RelayProbe;
import siodiag.probe.transport.TransportProbe;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Flow;
import siodiag.target.Target;

/**
 * Hop cluster: whether an event sent to one node reaches a client of another, each way. What a node does not even relay
 * to its own clients says nothing of the way between the nodes.
 */
public final class ClusterProbe {
    private static final String LOCAL = "local receiver";

    private final Target target;
    private final Transports here;
    private final List<String> joined;
    private final boolean authentication;
    private final Findings findings;

    /** @param authentication whether to see that the other nodes enforce it */
    public ClusterProbe(
            Target target, Transports here, List<String> joined, boolean authentication, Findings findings) {
        this.target = target;
        this.here = here;
        this.joined = joined;
        this.authentication = authentication;
        this.findings = findings;
    }

    public void run(URI peer) throws InterruptedException {
        Target there = target.at(peer);
        Optional<Engine> engine = new Reach(there, findings).run();
        if (engine.isEmpty()) {
            findings.add(Finding.skip("cluster." + peer, Hop.CLUSTER, "a handshake with " + peer));
            return;
        }
        Transports peers = new TransportProbe(there, engine.get(), findings).run();
        if (!peers.any()) {
            findings.add(Finding.skip("cluster." + peer, Hop.CLUSTER, "a transport to " + peer));
            return;
        }
        CompletableFuture<Void> admitted = admissions(there.withNamespaces(joined), peers);
        CompletableFuture<Void> back = Scope.current().fork("events from " + peer, () -> {
            crossing(peer, peers, target.url(), here);
            return null;
        });
        crossing(target.url(), here, peer, peers);
        CompletableFuture.allOf(back, admitted).join();
    }

    /** What the peer says to those namespaces that let the client in here; only what is wrong is worth a word. */
    private CompletableFuture<Void> admissions(Target there, Transports peers) {
        return Scope.current().fork("connect at " + there.url(), () -> {
            ConnectAttempts.ask(there, peers, authentication).judge().join().findings().stream()
                    .filter(Finding::isTrouble)
                    .map(finding -> finding.at(there.url()))
                    .forEach(findings::add);
            return null;
        });
    }

    private void crossing(URI from, Transports sending, URI to, Transports receiving) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        String id = "cluster." + from + "->" + to;
        Ledger ledger = new Ledger(null);
        List<Flow.Send> all = target.flow().sends(joined);
        Preparation dashboards = Preparation.ofDashboards(target.flow(), all);
        try (Observers local = new Observers(target, ledger, List.of(), dashboards);
                Observers remote = new Observers(target, ledger, List.of(), dashboards);
                Observers hooks = new Observers(
                        target, ledger, List.of(), Preparation.ofSender(target.flow(), RelayProbe.namespaces(all)))) {
            local.add(LOCAL, sending, joined);
            SocketClient receiver = remote.add("remote receiver", receiving, joined);
            SocketClient sender = hooks.add(EventBatch.SENDER, sending, joined);
            List<Flow.Send> sends = all.stream()
                    .filter(send -> send.via() == Flow.Via.HTTP || sender.isIn(send.namespace()))
                    .filter(send -> receiver.isIn(target.flow().receiveNamespace(send)))
                    .toList();
            EventSender hook = new EventSender(target, sending.engine(), sender, ledger);
            Deadline deadline = Deadline.in(target.timeout());
            List<EventBatch> first = send(sends, hook, ledger, remote);
            ledger.await(() -> isComplete(first), deadline.orSooner(target.time(Wait.BEFORE_CLUSTER_RETRY)));
            List<EventBatch> again = isComplete(first) ? first : send(sends, hook, ledger, remote);
            ledger.await(() -> isComplete(first) || isComplete(again), deadline);
            findings.add(judge(id, from, to, isComplete(first) ? first : again).took(watch.millis()));
        } catch (ExchangeException failure) {
            findings.add(
                    failure.kind() == ExchangeException.Kind.REFUSED
                            ? Finding.fail(
                                    id,
                                    Hop.SESSION,
                                    Symptom.CLOSED_IN_USE,
                                    "a node went down",
                                    "nothing is listening any more on the path from " + from + " to " + to,
                                    from + " to " + to + ": " + failure.evidence() + ", after both had answered")
                            : Finding.fail(
                                    id,
                                    Hop.CLUSTER,
                                    Symptom.UNUSABLE,
                                    from + " to " + to,
                                    "no session for the cross-node test",
                                    failure.evidence()));
        }
    }

    /** One event of each kind. */
    private List<EventBatch> send(List<Flow.Send> sends, EventSender hook, Ledger ledger, Observers remote) {
        List<EventBatch> groups = sends.stream()
                .map(send -> new EventBatch(target.flow(), send, List.of(ledger.open(send)), remote.names()))
                .toList();
        groups.forEach(group -> hook.send(group.entries().get(0)));
        return groups;
    }

    private static boolean isComplete(List<EventBatch> groups) {
        return groups.stream().allMatch(EventBatch::isComplete);
    }

    /** Whether events that the sender's own node has relayed don't reach the other. */
    private static boolean isDeaf(List<EventBatch> groups) {
        return groups.stream().anyMatch(group -> isReceivedLocally(group) && !group.isComplete());
    }

    private Finding judge(String id, URI from, URI to, List<EventBatch> groups) {
        long local = groups.stream().filter(ClusterProbe::isReceivedLocally).count();
        long crossing = groups.stream().filter(EventBatch::isComplete).count();
        String account = from + " to " + to + ": " + crossing + " of " + groups.size() + " events cross; " + local
                + " reach a receiver on the node they were sent to";
        if (isDeaf(groups)) {
            return Finding.fail(id, Hop.CLUSTER, Symptom.CROSS_NODE_LOST, from + " to " + to, account, account);
        } else if (crossing > 0) {
            return Finding.pass(id, Hop.CLUSTER, account);
        } else if (groups.isEmpty() || from.equals(target.url())) {
            return Finding.skip(
                    id,
                    Hop.CLUSTER,
                    groups.isEmpty()
                            ? "a namespace that accepts the client on both nodes"
                            : "events that reach the receivers on their own node");
        }
        Symptom sign =
                groups.stream().anyMatch(EventBatch::isAcknowledged) ? Symptom.NOT_DELIVERED : Symptom.NO_REACTION;
        return Finding.fail(
                id,
                sign == Symptom.NO_REACTION ? Hop.EVENT : Hop.RELAY,
                sign,
                events(groups) + " at " + from,
                "no event reaches a receiver",
                account);
    }

    private static boolean isReceivedLocally(EventBatch group) {
        return group.arrivals().stream().anyMatch(arrival -> arrival.observer().equals(LOCAL));
    }

    private static String events(List<EventBatch> groups) {
        Set<String> names =
                groups.stream().map(group -> group.send().event()).collect(Collectors.toCollection(TreeSet::new));
        return String.join(", ", names);
    }
}
