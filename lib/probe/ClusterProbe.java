package siodiag;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Hop cluster: whether an event sent to one node reaches a client of another, each way. */
final class ClusterProbe {
    /** A dashboard that has only just connected may not be in its rooms yet. */
    private static final Duration BEFORE_AGAIN = Duration.ofMillis(1000);

    private final Target target;
    private final Transports here;
    private final List<String> joined;
    private final Findings findings;

    ClusterProbe(Target target, Transports here, List<String> joined, Findings findings) {
        this.target = target;
        this.here = here;
        this.joined = joined;
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
        CompletableFuture<Void> back = Threads.start(() -> {
            crossing(peer, peers, target.url(), here);
            return null;
        });
        crossing(target.url(), here, peer, peers);
        back.join();
    }

    private void crossing(URI from, Transports sending, URI to, Transports receiving) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        String id = "cluster." + from + "->" + to;
        Ledger ledger = new Ledger();
        List<Flow.Send> sends = target.flow().sends(joined);
        try (Dashboards local = new Dashboards(target, ledger, List.of());
                Dashboards remote = new Dashboards(target, ledger, List.of())) {
            local.add("dashboard here", sending, joined);
            remote.add("dashboard there", receiving, joined);
            SocketClient sender = local.add(Group.SENDER, sending, joined);
            HookSender hook = new HookSender(target, sending.engine(), sender, ledger);
            Deadline deadline = Deadline.in(target.timeout());
            List<Group> first = send(sends, hook, ledger, remote);
            ledger.await(() -> isComplete(first), deadline.orSooner(BEFORE_AGAIN));
            List<Group> again = isComplete(first) ? first : send(sends, hook, ledger, remote);
            ledger.await(() -> isComplete(first) || isComplete(again), deadline);
            findings.add(judge(id, from + " to " + to, isComplete(again) ? again : first, ledger).took(watch.millis()));
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

    private static Finding judge(String id, String way, List<Group> groups, Ledger ledger) {
        long expected = groups.stream().mapToLong(Group::expected).sum();
        long received = groups.stream().mapToLong(Group::received).sum();
        long local = ledger.entries().stream().filter(entry -> entry.arrivals().stream()
                .anyMatch(arrival -> arrival.observer().equals("dashboard here"))).count();
        String account = way + ": " + received + " of " + expected + " events cross; " + local
                + " reach a dashboard of the node they were sent to";
        return received == expected ? Finding.pass(id, Hop.CLUSTER, account)
                : Finding.fail(id, Hop.CLUSTER, Sign.OTHER_NODE_DEAF, way, account, account);
    }
}
