package siodiag.probe.relay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.catalogue.Hop;
import siodiag.core.Text;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.SocketClient;
import siodiag.protocol.UnknownNamespace;
import siodiag.target.Flow;
import siodiag.target.Marks;

/**
 * What clients of one role emit after connecting and before they count: a login, say, or joining a room.
 *
 * @param namespaces in which the steps are taken that name none
 */
public record Preparation(List<Flow.Step> steps, Set<String> namespaces) {
    private static final String HERE = "{namespace}";
    /** What the ids of findings about it begin with. */
    public static final String SETUP = "event.setup.";

    public static final Preparation NONE = new Preparation(List.of(), Set.of());

    public static Preparation ofSender(Flow flow, Collection<String> sendsTo) {
        return new Preparation(flow.setup().sender(), Set.copyOf(sendsTo));
    }

    public static Preparation ofDashboards(Flow flow, List<Flow.Send> sends) {
        Set<String> receivedIn = new LinkedHashSet<>();
        sends.forEach(send -> receivedIn.add(flow.receiveNamespace(send)));
        return new Preparation(flow.setup().dashboard(), receivedIn);
    }

    /**
     * Takes all steps, in order.
     *
     * @param mark what stands for {@code {mark}}: the client's own
     * @param notes gets what the server answered
     * @return what went wrong
     */
    Optional<Finding> run(SocketClient client, Inbox ears, String mark, Duration timeout, List<String> notes) {
        for (Flow.Step step : steps) {
            for (String namespace : step.namespace().contains(HERE) ? namespaces : Set.of(step.namespace())) {
                Optional<Finding> failure = take(step, namespace, client, ears, mark, timeout, notes);
                if (failure.isPresent()) {
                    return failure;
                }
            }
        }
        if (!steps.isEmpty() && steps.get(steps.size() - 1).waitFor() == null) {
            client.connect(UnknownNamespace.namespace(), "", timeout)
                    .join(); // behind what was emitted: that is taken by then
        }
        return Optional.empty();
    }

    private static Optional<Finding> take(
            Flow.Step step,
            String namespace,
            SocketClient client,
            Inbox ears,
            String mark,
            Duration timeout,
            List<String> notes) {
        String label = Flow.quoted(step.event()) + " to " + namespace;
        CompletableFuture<JsonNode> awaited =
                step.waitFor() == null || step.awaitsAck() ? null : ears.next(namespace, step.waitFor());
        CompletableFuture<JsonNode> acknowledged = client.emit(
                namespace,
                step.event(),
                step.args().stream().map(arg -> Marks.fill(arg, mark, false)).toList(),
                timeout);
        CompletableFuture<JsonNode> answer = step.awaitsAck() ? acknowledged : awaited;
        if (answer == null) {
            return Optional.empty();
        }
        try {
            CompletableFuture.anyOf(answer, client.cutOff()).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException unanswered) {
            // What there is tells.
        }
        if (answer.isDone() && !answer.isCompletedExceptionally()) {
            notes.add("setup: " + label + " is answered with "
                    + Text.cut(answer.join().toString(), 160));
            return Optional.empty();
        }
        return Optional.of(failure(step, label, client, ears, timeout));
    }

    private static Finding failure(Flow.Step step, String label, SocketClient client, Inbox ears, Duration timeout) {
        String id = SETUP + step.event();
        if (client.cutOff().isDone()) {
            return Finding.fail(
                    id,
                    Hop.SESSION,
                    Symptom.CLOSED_IN_USE,
                    "at the setup step " + label,
                    "the server ended the connection at " + label,
                    client.cutOff().join().evidence());
        }
        List<String> evidence = new ArrayList<>(List.of("setup: " + label + ": no "
                + (step.awaitsAck() ? "acknowledgement" : "event " + Flow.quoted(step.waitFor())) + " within "
                + Text.duration(timeout)));
        ears.lately().forEach(heard -> evidence.add("it received " + heard));
        return Finding.fail(id, Hop.EVENT, Symptom.NO_REACTION, label, "no answer to the setup step " + label)
                .withEvidence(evidence);
    }
}
