package siodiag;

import java.time.Duration;
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
     * @param auth    the auth object; empty for none
     * @param watched how long a client that is let in may be put out again
     */
    static Map<String, Admission> ask(Target target, Transports transports, List<String> namespaces, String auth,
            Duration watched) {
        return all(start(target, transports, namespaces, auth, watched)).join();
    }

    /** The same, each as it comes. */
    static Map<String, CompletableFuture<Admission>> start(Target target, Transports transports, List<String> namespaces,
            String auth, Duration watched) {
        Map<String, CompletableFuture<Admission>> asked = new LinkedHashMap<>();
        namespaces.forEach(name -> asked.put(name,
                Threads.start(() -> SingleConnect.answerThatLasts(target, transports, name, auth, watched))));
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
