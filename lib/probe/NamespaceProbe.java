package siodiag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Hop namespace: what the server says to a CONNECT to each namespace, each on a connection of its own. */
final class NamespaceProbe {
    private NamespaceProbe() {
    }

    /**
     * The admissions by namespace, in the order of the names.
     *
     * @param auth the auth object; empty for none
     */
    static Map<String, Admission> ask(Target target, Transports transports, List<String> namespaces, String auth) {
        return all(start(target, transports, namespaces, auth)).join();
    }

    /** The same, each as it comes. */
    static Map<String, CompletableFuture<Admission>> start(Target target, Transports transports, List<String> namespaces,
            String auth) {
        Map<String, CompletableFuture<Admission>> asked = new LinkedHashMap<>();
        namespaces.forEach(name -> asked.put(name,
                Threads.start(() -> SingleConnect.answerThatLasts(target, transports, name, auth))));
        return asked;
    }

    static CompletableFuture<Map<String, Admission>> all(Map<String, CompletableFuture<Admission>> asked) {
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new)).thenApply(answered -> {
            Map<String, Admission> answers = new LinkedHashMap<>();
            asked.forEach((name, answer) -> answers.put(name, answer.join()));
            return answers;
        });
    }
}
