package siodiag;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Each namespace asked with the token, and with a wrong one and none where authentication is the question. The flow goes
 * on over those that let the token in; a namespace that never answers, or never turns a wrong token away, holds up
 * nothing but the judgement.
 *
 * @param given the answers to the token under test, as they come
 * @param all   the same, once all are there
 * @param judge all answers, once they are there
 */
record Admissions(Map<String, CompletableFuture<Admission>> given, CompletableFuture<Map<String, Admission>> all,
        CompletableFuture<AdmissionJudge> judge) {
    /** How long the others wait for a silent one. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    static Admissions ask(Target target, Transports transports, boolean authentication) {
        List<String> names = target.namespaces();
        Duration moment = SingleConnect.MOMENT;
        var decoy = Threads.start(() ->
                SingleConnect.answerThatLasts(target, transports, Decoy.namespace(), target.auth(), moment));
        var root = Threads.start(() -> SingleConnect.answerThatLasts(target, transports, "/", target.auth(), moment));
        var given = NamespaceProbe.start(target, transports, names, target.auth(), moment);
        var all = NamespaceProbe.all(given);
        boolean compare = authentication
                || all.join().values().stream().anyMatch(Admission.Refused.class::isInstance);
        List<String> compared = compare ? names : List.of();
        Duration lookUp = SingleConnect.LOOK_UP;
        var wrong = NamespaceProbe.all(
                NamespaceProbe.start(target, transports, compared, Target.auth(Decoy.token()), lookUp));
        var none = NamespaceProbe.all(NamespaceProbe.start(target, transports, compared, "", lookUp));
        var lasting = Threads.start(() -> decidesLate(wrong.join(), none.join())
                ? NamespaceProbe.ask(target, transports, names, target.auth(), lookUp) : all.join());
        return new Admissions(given, all, CompletableFuture.allOf(decoy, root, lasting).thenApply(answered ->
                new AdmissionJudge(lasting.join(), wrong.join(), none.join(), decoy.join(), root.join())));
    }

    /** Whether clients without the right token are let in first and put out later: the right one is then watched as long. */
    private static boolean decidesLate(Map<String, Admission> wrong, Map<String, Admission> none) {
        return Stream.of(wrong, none).flatMap(answers -> answers.values().stream()).anyMatch(Admission::isLate);
    }

    /** The namespaces that let the token in, all of them or, where there are some, those that do so soon. */
    List<String> joined() {
        CompletableFuture<Void> soon = new CompletableFuture<>();
        Threads.after(PATIENCE, () -> soon.complete(null));
        CompletableFuture.anyOf(all, soon).join();
        List<String> joined = joined(sofar());
        return joined.isEmpty() ? joined(all.join()) : joined;
    }

    /** Whether an answer so far was the end of the session, which decides how far the rest is looked at. */
    boolean isCutOff() {
        return sofar().values().stream().anyMatch(answer ->
                answer instanceof Admission.Closed || answer instanceof Admission.PutOut);
    }

    /** The namespaces that let the token in. */
    static List<String> joined(Map<String, Admission> given) {
        return given.keySet().stream().filter(name -> given.get(name) instanceof Admission.Joined).toList();
    }

    private Map<String, Admission> sofar() {
        Map<String, Admission> answers = new LinkedHashMap<>();
        given.forEach((name, answer) -> {
            if (answer.isDone()) {
                answers.put(name, answer.join());
            }
        });
        return answers;
    }
}
