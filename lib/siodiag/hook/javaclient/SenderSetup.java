package siodiag.hook.javaclient;

import io.socket.client.Ack;
import io.socket.client.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import siodiag.target.Flow;
import siodiag.target.Marks;

/** What the flow's sender emits in a namespace right after connecting, each step behind the answer to the one before. */
final class SenderSetup {
    private SenderSetup() {}

    /** Completes once all is answered as the flow says; where something never is, never. */
    static CompletableFuture<Void> run(Socket socket, String namespace, Flow flow) {
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        if (flow == null) {
            return done;
        }
        String mark = "hook-" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
        for (Flow.Step step : flow.setup().sender()) {
            if (step.namespace().contains("{namespace}") || step.namespace().equals(namespace)) {
                done = done.thenCompose(before -> take(socket, step, mark));
            }
        }
        return done;
    }

    private static CompletableFuture<Void> take(Socket socket, Flow.Step step, String mark) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        if (step.waitFor() == null) {
            answered.complete(null);
        } else if (!step.awaitsAck()) {
            socket.once(step.waitFor(), message -> answered.complete(null));
        }
        Object[] args = OrgJson.of(
                step.args().stream().map(arg -> Marks.fill(arg, mark, false)).toList());
        Ack acknowledged = message -> {
            if (step.awaitsAck()) {
                answered.complete(null);
            }
        };
        socket.emit(step.event(), args, acknowledged);
        return answered;
    }
}
