package siodiag.probe.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import siodiag.core.Scope;
import siodiag.core.Text;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/**
 * CONNECT to several namespaces over one connection. Where that connection ends, the names that were not answered before
 * are asked again, each on a connection of its own: only then can it be told which of them ends it.
 */
public final class ConnectRound {
    private final Scope scope = Scope.current();
    private final Target target;
    private final Transports transports;
    private final Duration watched;
    private final Duration longer;
    private final Answers answers;
    private final Map<String, String> lastEvents = new ConcurrentHashMap<>();

    /**
     * The answers by namespace, in the order of the names, each as it comes.
     *
     * @param soon    what they have come to after a first watch
     * @param lasting after a longer one: some servers disconnect a client only once a look-up has ended
     */
    record Answers(
            Map<String, CompletableFuture<ConnectResult>> soon, Map<String, CompletableFuture<ConnectResult>> lasting) {
        private static Answers open(List<String> names) {
            Answers answers = new Answers(new LinkedHashMap<>(), new LinkedHashMap<>());
            names.forEach(name -> {
                answers.soon.put(name, new CompletableFuture<>());
                answers.lasting.put(name, new CompletableFuture<>());
            });
            return answers;
        }

        private void complete(String name, ConnectResult answer) {
            soon.get(name).complete(answer);
            lasting.get(name).complete(answer);
        }

        /** Whoever waits for them goes on, and fails as well. */
        private void fail(String name, Throwable failure) {
            soon.get(name).completeExceptionally(failure);
            lasting.get(name).completeExceptionally(failure);
        }
    }

    private ConnectRound(Target target, Transports transports, Duration watched, Duration longer, Answers answers) {
        this.target = target;
        this.transports = transports;
        this.watched = watched;
        this.longer = longer;
        this.answers = answers;
    }

    /**
     * The answers by namespace, in the order of the names, each as it comes.
     *
     * @param target  with the credentials to show
     * @param watched how long a client that is connected is watched for being disconnected again
     */
    public static Map<String, CompletableFuture<ConnectResult>> start(
            Target target, Transports transports, List<String> namespaces, Duration watched) {
        return start(target, transports, namespaces, watched, watched).lasting();
    }

    /** The same in two stages. @param longer the second watch, from the answer on as well */
    public static Answers start(
            Target target, Transports transports, List<String> namespaces, Duration watched, Duration longer) {
        Answers answers = Answers.open(namespaces);
        if (!namespaces.isEmpty()) {
            Transports shown = transports.with(target.credentials());
            Scope.current()
                    .fork("connect " + Text.cut(String.join(",", namespaces), 60), () -> {
                        new ConnectRound(target, shown, watched, longer, answers).run(namespaces);
                        return null;
                    })
                    .exceptionally(failure -> {
                        namespaces.forEach(name -> answers.fail(name, failure));
                        return null;
                    });
        }
        return answers;
    }

    /** All of them, once all are there. */
    public static CompletableFuture<Map<String, ConnectResult>> all(
            Map<String, CompletableFuture<ConnectResult>> asked) {
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                .thenApply(answered -> {
                    Map<String, ConnectResult> answers = new LinkedHashMap<>();
                    asked.forEach((name, answer) -> answers.put(name, answer.join()));
                    return answers;
                });
    }

    private void run(List<String> names) {
        try (SocketClient client = transports.open(
                (from, event, packet, nanos) -> lastEvents.put(from, packet.toString()), target.timeout())) {
            List<CompletableFuture<Void>> asked = new ArrayList<>();
            names.forEach(name -> asked.add(client.connect(name, target.auth(), target.timeout())
                    .thenCompose(answer -> settle(client, name, answer))));
            CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).join();
        } catch (ExchangeException failure) {
            names.forEach(name -> answers.complete(name, SingleConnect.notOpened(failure)));
        }
    }

    /** Completes once both watches of that namespace are over. */
    private CompletableFuture<Void> settle(SocketClient client, String name, ConnectResult answer) {
        if (!(answer instanceof ConnectResult.Connected)) {
            report(client, name, answer);
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<ConnectResult> disconnected = client.disconnected(name)
                .thenApply(out -> SingleConnect.reasoned(out, lastEvents.getOrDefault(name, "")));
        disconnected
                .copy()
                .completeOnTimeout(answer, watched.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(settled -> {
                    if (settled == answer) {
                        answers.soon.get(name).complete(answer);
                    }
                });
        return disconnected
                .copy()
                .completeOnTimeout(answer, longer.toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(settled -> report(client, name, settled));
    }

    /** Where the connection has ended, the namespace is asked again by itself. */
    private void report(SocketClient client, String name, ConnectResult settled) {
        boolean cut = answers.soon.size() > 1
                && client.closure().isDone()
                && (settled instanceof ConnectResult.SessionClosed || settled instanceof ConnectResult.Disconnected);
        if (cut) {
            scope.fork(
                            "connect " + name,
                            () -> SingleConnect.answerThatLasts(target, transports, name, target.auth(), longer))
                    .whenComplete((answer, failure) -> {
                        if (failure == null) {
                            answers.complete(name, answer);
                        } else {
                            answers.fail(name, failure);
                        }
                    });
        } else {
            answers.complete(name, settled);
        }
    }
}
