package siodiag.probe.connect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import siodiag.core.Scope;
import siodiag.core.Wait;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Sessions;
import siodiag.protocol.Transports;
import siodiag.protocol.UnknownNamespace;
import siodiag.target.Target;

/**
 * Each namespace asked with the credentials, and with wrong ones and none where authentication is the question: a
 * connection each. The flow goes on over the namespaces that are connected; one that never answers holds up nothing but
 * the judgement.
 *
 * @param given the answers to the credentials under test, as they come
 * @param all   the same, once all are there
 * @param none  the answers without credentials, or without an auth object; empty where not asked
 * @param judge all answers, once they are there
 * @param patience how long the others wait for a silent one
 */
public record ConnectAttempts(
        Map<String, CompletableFuture<ConnectResult>> given,
        CompletableFuture<Map<String, ConnectResult>> all,
        CompletableFuture<Map<String, ConnectResult>> none,
        CompletableFuture<ConnectJudge> judge,
        Duration timeout) {
    private static final String ROOT = "/";

    public static ConnectAttempts ask(Target target, Transports transports, boolean authentication) {
        List<String> names = target.namespaces();
        String unknown = UnknownNamespace.namespace();
        Duration moment = target.time(Wait.DISCONNECT);
        Duration lookUp = target.time(Wait.DISCONNECT_AFTER_LOOKUP);
        boolean alone = transports.engine().sessions().limit() != Sessions.UNLIMITED; // the next one waits for its end
        var round = ConnectRound.start(
                target,
                transports,
                with(names, ROOT, unknown),
                moment,
                authentication && !alone && target.credentials().hasSecrets() ? lookUp : moment);
        var asked = round.soon();
        var given = only(asked, names);
        var all = ConnectRound.all(given);
        boolean varied = target.credentials().hasSecrets()
                && (authentication
                        || all.join().values().stream()
                                .anyMatch(answer -> !(answer instanceof ConnectResult.Connected)));
        var wrong = ConnectRound.all(ConnectRound.start(
                target.with(target.credentials().wrong()), transports, varied ? names : List.of(), lookUp));
        var none = varied
                ? ConnectRound.all(ConnectRound.start(
                        target.with(target.credentials().without()), transports, with(names, ROOT), lookUp))
                : all.thenCompose(answers -> withoutAuth(target, transports, answers));
        var lasting = Scope.current()
                .fork(
                        "late answers",
                        () -> decidesLate(wrong.join(), none.join())
                                ? ConnectRound.all(only(round.lasting(), names)).join()
                                : all.join());
        CompletableFuture<ConnectJudge> judge = CompletableFuture.allOf(asked.get(ROOT), asked.get(unknown), lasting)
                .thenApply(answered -> new ConnectJudge(
                        target,
                        target.credentials().remarks(Instant.now()),
                        lasting.join(),
                        wrong.join(),
                        none.join(),
                        asked.get(unknown).join(),
                        asked.get(ROOT).join()));
        return new ConnectAttempts(given, all, none, judge, target.time(Wait.NAMESPACES));
    }

    /** A server that never answers a CONNECT with an auth object may answer one without. */
    private static CompletableFuture<Map<String, ConnectResult>> withoutAuth(
            Target target, Transports transports, Map<String, ConnectResult> answers) {
        boolean unanswered = !target.auth().isEmpty() && isSilent(answers);
        return unanswered
                ? ConnectRound.all(ConnectRound.start(
                        target.with(target.credentials().withoutAuth()),
                        transports,
                        target.namespaces(),
                        target.time(Wait.DISCONNECT)))
                : CompletableFuture.completedFuture(Map.of());
    }

    /** Whether clients without the right credentials are connected first and disconnected later: the right ones are then watched as long. */
    private static boolean decidesLate(Map<String, ConnectResult> wrong, Map<String, ConnectResult> none) {
        return Stream.of(wrong, none)
                .flatMap(answers -> answers.values().stream())
                .anyMatch(ConnectResult::isLate);
    }

    /** The namespaces that are connected: all of them or, where there are some, those that are so soon. */
    public List<String> joined() {
        CompletableFuture.anyOf(all)
                .copy()
                .completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        List<String> joined = joined(sofar());
        return joined.isEmpty() ? joined(all.join()) : joined;
    }

    /** The namespaces that are connected without an auth object where none answers a CONNECT with one. */
    public List<String> joinedWithoutAuth() {
        return ConnectJudge.joinedWithoutAuth(all.join(), isSilent(all.join()) ? none.join() : Map.of());
    }

    /** Whether an answer so far was the end of the session, which decides how far the rest is looked at. */
    public boolean isCutOff() {
        return sofar().values().stream()
                .anyMatch(answer ->
                        answer instanceof ConnectResult.SessionClosed || answer instanceof ConnectResult.Disconnected);
    }

    /** The namespaces that are connected. */
    public static List<String> joined(Map<String, ConnectResult> given) {
        return given.keySet().stream()
                .filter(name -> given.get(name) instanceof ConnectResult.Connected)
                .toList();
    }

    static boolean isSilent(Map<String, ConnectResult> answers) {
        return !answers.isEmpty() && answers.values().stream().allMatch(ConnectResult.TimedOut.class::isInstance);
    }

    private static List<String> with(List<String> names, String... more) {
        List<String> all = new ArrayList<>(names);
        Stream.of(more).filter(name -> !all.contains(name)).forEach(all::add);
        return all;
    }

    private static Map<String, CompletableFuture<ConnectResult>> only(
            Map<String, CompletableFuture<ConnectResult>> asked, List<String> names) {
        Map<String, CompletableFuture<ConnectResult>> only = new LinkedHashMap<>();
        names.forEach(name -> only.put(name, asked.get(name)));
        return only;
    }

    private Map<String, ConnectResult> sofar() {
        Map<String, ConnectResult> answers = new LinkedHashMap<>();
        given.forEach((name, answer) -> {
            if (answer.isDone()) {
                answers.put(name, answer.join());
            }
        });
        return answers;
    }
}
