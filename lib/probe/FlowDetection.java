package siodiag;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out which of the built-in flows a server follows, by trying; only where {@code /} is under test. */
final class FlowDetection {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final String OBSERVER = "observer";

    private FlowDetection() {
    }

    /** The flow that works; {@code echo} where none does, so that its failure is what is diagnosed. */
    static Flow run(Target target, Transports transports, List<String> joined, Findings findings)
            throws InterruptedException {
        if (!joined.contains("/")) {
            return Flows.ECHO;
        }
        Optional<Flow> socket = first(target, transports, Stream.of(Flows.ECHO, Flows.CLAUDE_MPM));
        Optional<Flow> found = socket.isPresent() ? socket
                : first(target, transports, Stream.of(Flows.CLAUDE_MPM_HTTP));
        findings.add(Finding.info("event.flow", Hop.EVENT, found.map(flow -> "the server follows the flow " + flow.name())
                .orElse("the server follows no flow that is built in; echo is expected")));
        return found.orElse(Flows.ECHO);
    }

    private static Optional<Flow> first(Target target, Transports transports, Stream<Flow> candidates)
            throws InterruptedException {
        Ledger ledger = new Ledger();
        List<String> root = List.of("/");
        try (Dashboards dashboards = new Dashboards(target, ledger, List.of())) {
            dashboards.add(OBSERVER, transports, root);
            SocketClient sender = dashboards.add(Group.SENDER, transports, root);
            HookSender hook = new HookSender(target, transports.engine(), sender, ledger);
            List<Group> groups = candidates.map(flow -> trial(flow, ledger)).toList();
            groups.forEach(group -> hook.send(group.entries().get(0)));
            ledger.await(() -> groups.stream().anyMatch(Group::isComplete), Deadline.in(target.timeout())
                    .orSooner(PATIENCE));
            return groups.stream().filter(Group::isComplete).map(Group::flow).findFirst();
        } catch (WireFailure failure) {
            return Optional.empty();
        }
    }

    private static Group trial(Flow flow, Ledger ledger) {
        List<Flow.Send> sends = flow.sends(List.of("/"));
        Flow.Send last = sends.get(sends.size() - 1);
        return new Group(flow, last, List.of(ledger.open(last)), List.of(OBSERVER));
    }
}
