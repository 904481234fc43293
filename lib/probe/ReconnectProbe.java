package siodiag;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Hop session: a second connection after the first, before anything else could disturb it. */
final class ReconnectProbe {
    private static final String ID = "session.reconnect";
    private static final int NAMESPACES_TRIED = 3;
    /** A namespace that takes longer is left to the namespace probe. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(1);
    /** The official clients' own delay before they reconnect: a server may need it to clear up. */
    private static final Duration CLIENTS_DELAY = Duration.ofSeconds(1);

    private ReconnectProbe() {
    }

    /** Whether to go on: false where a second connection fails after a first has succeeded. */
    static boolean run(Target target, Transports transports, Findings findings) {
        List<String> names = target.namespaces();
        for (String name : names.subList(0, Math.min(names.size(), NAMESPACES_TRIED))) {
            Admission first = SingleConnect.answer(target, transports, name, FIRST_ANSWER);
            if (first instanceof Admission.Joined) {
                return again(target, transports, name, findings);
            }
            if (!(first instanceof Admission.Refused)) {
                return true;
            }
        }
        return true;
    }

    private static Admission later(Target target, Transports transports, String name) {
        CompletableFuture<Admission> later = new CompletableFuture<>();
        Threads.after(CLIENTS_DELAY, () -> Threads.run(() ->
                later.complete(SingleConnect.answer(target, transports, name, target.timeout()))));
        return later.join();
    }

    private static boolean again(Target target, Transports transports, String name, Findings findings) {
        Stopwatch watch = new Stopwatch();
        Admission second = SingleConnect.answer(target, transports, name, target.timeout());
        if (second instanceof Admission.Joined) {
            findings.add(Finding.pass(ID, Hop.SESSION, "a second connection after the first succeeds")
                    .took(watch.millis()));
            return true;
        }
        Admission third = second instanceof Admission.Silent ? second : later(target, transports, name);
        if (third instanceof Admission.Joined) {
            findings.add(Finding.info(ID, Hop.SESSION, "a second connection right after the first fails, one after "
                    + CLIENTS_DELAY.toMillis() + " ms succeeds", "at once: " + Admission.describe(second)));
            return true;
        }
        findings.add(Finding.fail(ID, Hop.SESSION, Sign.SECOND_CONNECTION_FAILS, name, "a second connection fails",
                "first CONNECT " + name + ": let in", "second, after the first was closed: "
                        + Admission.describe(second), "another try: " + Admission.describe(third))
                .took(watch.millis()));
        return false;
    }
}
