package siodiag.probe.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.HttpReply;
import siodiag.protocol.HttpRequest;
import siodiag.protocol.Site;
import siodiag.protocol.Transports;
import siodiag.protocol.UnknownNamespace;
import siodiag.target.Application;
import siodiag.target.Recognition;
import siodiag.target.Target;

/** Asks a server who it is: {@code GET /health}, then one connection to names that such applications have. */
public final class RecognitionProbe {
    private static final String ID = "engine.application";

    private final Target target;
    private final CompletableFuture<Optional<Application>> health;

    private RecognitionProbe(Target target, CompletableFuture<Optional<Application>> health) {
        this.target = target;
        this.health = health;
    }

    /** Asks for the health while other probes work. */
    public static RecognitionProbe start(Target target, Engine engine) {
        return new RecognitionProbe(
                target, Scope.current().fork("GET /health", () -> health(engine.site(), timeout(target))));
    }

    /**
     * The application, once there is a transport to ask for namespaces; tells what it was recognised by.
     *
     * @param transports what carries sessions
     */
    public Optional<Application> finish(Transports transports, Findings findings) {
        Optional<Application> named = health.join();
        boolean ask = named.isEmpty() && transports.any() && !target.stated().isComplete(target.credentials());
        Optional<Application> known = ask ? byNamespaces(transports, findings) : named;
        known.ifPresent(application -> findings.add(
                Finding.info(ID, Hop.ENGINE, "recognised as " + application.title() + ", by " + application.by())));
        return known;
    }

    private static Optional<Application> health(Site site, Duration timeout) {
        try {
            HttpReply reply = site.exchange(
                    HttpRequest.get(site.withQuery("/health"), Map.of("Accept", "application/json")),
                    Deadline.in(timeout));
            return Recognition.byHealth(reply.status(), reply.body());
        } catch (ExchangeException unanswered) {
            return Optional.empty();
        }
    }

    /** Without an auth object: what nobody stated is not sent, and some servers never answer one. */
    private Optional<Application> byNamespaces(Transports transports, Findings findings) {
        String unknown = UnknownNamespace.namespace();
        List<String> names = new ArrayList<>(List.of(unknown, "/hook")); // in the order in which a slow server answers
        Application.EIGHT.stream().filter(name -> !names.contains(name)).forEach(names::add);
        Map<String, ConnectResult> answers = new LinkedHashMap<>();
        var asked =
                ConnectRound.start(target.with(target.credentials().withoutAuth()), transports, names, Duration.ZERO);
        long timeout = timeout(target).toMillis();
        ConnectRound.all(asked)
                .completeOnTimeout(Map.of(), timeout, TimeUnit.MILLISECONDS)
                .join();
        asked.forEach((name, answer) -> answers.put(name, answer.getNow(new ConnectResult.TimedOut())));
        Optional<Application> known = Recognition.byNamespaces(answers, answers.get(unknown));
        if (known.isEmpty() && !target.expectations().arePromised()) {
            findings.add(Finding.info(
                    "namespace.others",
                    Hop.NAMESPACE,
                    "only / was tested, because no other namespace was given (--namespaces)"));
        }
        return known;
    }

    private static Duration timeout(Target target) {
        return target.timings().within(Wait.RECOGNITION);
    }
}
