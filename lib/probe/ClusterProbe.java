package siodiag;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Hop cluster: whether an event sent to one node reaches a client of another, each way. What a node does not even relay
 * to its own clients says nothing of the way between the nodes.
 */
final class ClusterProbe {
    /** A dashboard that has only just connected may not be in its rooms yet. */
    private static final Duration BEFORE_AGAIN = Duration.ofMillis(1000);
    private static final String LOCAL = "dashboard here";

    private final Target target;
    private final Transports here;
    private final List<String> joined;
    private final boolean authentication;
    private final Findings findings;

    /** @param authentication whether to see that the other nodes enforce it */
    ClusterProbe(Target target, Transports here, List<String> joined, boolean authentication, Findings findings) {
        this.target = target;
        this.here = here;
        this.joined = joined;
        this.authentication = authentication;
        this.findings = findings;
    }

    void run(URI peer) throws InterruptedException {
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
        CompletableFuture<Void> back = Threads.start(() -> {
            crossing(peer, peers, target.url(), here);
            return null;
        });
        crossing(target.url(), here, peer, peers);
        CompletableFuture.allOf(back, admitted).join();
    }

    /** What the peer says to those namespaces that let the client in here; only what is wrong is worth a word. */
    private CompletableFuture<Void> admissions(Target there, Transports peers) {
        return Threads.start(() -> Admissions.ask(there, peers, authentication)).thenCompose(Admissions::judge)
                .thenAccept(judge -> judge.findings().stream().filter(Finding::isTrouble)
                        .map(finding -> finding.at(there.url())).forEach(findings::add));
    }

    private void crossing(URI from, Transports sending, URI to, Transports receiving) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        String id = "cluster." + from + "->" + to;
        Ledger ledger = new Ledger();
        try (Dashboards local = new Dashboards(target, ledger, List.of());
                Dashboards remote = new Dashboards(target, ledger, List.of())) {
            local.add(LOCAL, sending, joined);
            SocketClient receiver = remote.add("dashboard there", receiving, joined);
            SocketClient sender = local.add(Group.SENDER, sending, joined);
            List<Flow.Send> sends = target.flow().sends(joined).stream()
                    .filter(send -> send.via() == Flow.Via.HTTP || sender.isIn(send.namespace()))
                    .filter(send -> receiver.isIn(target.flow().receiveNamespace(send))).toList();
            HookSender hook = new HookSender(target, sending.engine(), sender, ledger);
            Deadline deadline = Deadline.in(target.timeout());
            List<Group> first = send(sends, hook, ledger, remote);
            ledger.await(() -> isComplete(first), deadline.orSooner(BEFORE_AGAIN));
            List<Group> again = isComplete(first) ? first : send(sends, hook, ledger, remote);
            ledger.await(() -> isComplete(first) || isComplete(again), deadline);
            findings.add(judge(id, from, to, isComplete(first) ? first : again).took(watch.millis()));
        } catch (WireFailure failure) {
            findings.add(failure.kind() == WireFailure.Kind.REFUSED
                    ? Finding.fail(id, Hop.SESSION, Sign.CLOSED_IN_USE, "a node has ended",
                            "nothing listens any more on the way from " + from + " to " + to,
                            from + " to " + to + ": " + failure.evidence() + ", after both had answered")
                    : Finding.fail(id, Hop.CLUSTER, Sign.UNUSABLE, from + " to " + to, "no session for the crossing",
                            failure.evidence()));
        }
    }

    /** One event of each kind. */
    private List<Group> send(List<Flow.Send> sends, HookSender hook, Ledger ledger, Dashboards remote) {
        List<Group> groups = sends.stream()
                .map(send -> new Group(target.flow(), send, List.of(ledger.open(send)), remote.names())).toList();
        groups.forEach(group -> hook.send(group.entries().get(0)));
        return groups;
    }

    private static boolean isComplete(List<Group> groups) {
        return groups.stream().allMatch(Group::isComplete);
    }

    /** Whether events that the sender's own node has relayed don't reach the other. */
    private static boolean isDeaf(List<Group> groups) {
        return groups.stream().anyMatch(group -> isHeardLocally(group) && !group.isComplete());
    }

    private Finding judge(String id, URI from, URI to, List<Group> groups) {
        long local = groups.stream().filter(ClusterProbe::isHeardLocally).count();
        long crossing = groups.stream().filter(Group::isComplete).count();
        String account = from + " to " + to + ": " + crossing + " of " + groups.size() + " events cross; " + local
                + " reach a dashboard of the node they were sent to";
        if (isDeaf(groups)) {
            return Finding.fail(id, Hop.CLUSTER, Sign.OTHER_NODE_DEAF, from + " to " + to, account, account);
        } else if (crossing > 0) {
            return Finding.pass(id, Hop.CLUSTER, account);
        } else if (groups.isEmpty() || from.equals(target.url())) {
            return Finding.skip(id, Hop.CLUSTER, groups.isEmpty() ? "a namespace that lets the client in at both nodes"
                    : "events that reach the dashboards of the node they were sent to");
        }
        Sign sign = groups.stream().anyMatch(Group::isAcknowledged) ? Sign.NOT_DELIVERED : Sign.NO_REACTION;
        return Finding.fail(id, sign == Sign.NO_REACTION ? Hop.EVENT : Hop.RELAY, sign, events(groups) + " at " + from,
                "no event reaches anybody", account);
    }

    private static boolean isHeardLocally(Group group) {
        return group.arrivals().stream().anyMatch(arrival -> arrival.observer().equals(LOCAL));
    }

    private static String events(List<Group> groups) {
        Set<String> names = groups.stream().map(group -> group.send().event())
                .collect(Collectors.toCollection(TreeSet::new));
        return String.join(", ", names);
    }
}
