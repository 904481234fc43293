package siodiag.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.catalogue.Hop;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.probe.connect.ConnectAttempts;
import siodiag.probe.connect.ConnectJudge;
import siodiag.probe.connect.ConnectRound;
import siodiag.probe.reach.Reach;
import siodiag.probe.relay.RelayProbe;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.PollingTrial;
import siodiag.protocol.ServerFamily;
import siodiag.protocol.SocketPacket;
import siodiag.protocol.Transports;
import siodiag.protocol.UnknownNamespace;
import siodiag.target.Plan;
import siodiag.target.Target;

/**
 * A look at a target that was examined before, with few connections: does what worked then still work? It finds that
 * something changed; a {@link DiagnosticRun} finds why.
 */
public final class LightRun {
    /** Each of the flow's events once, to one receiver. */
    private static final Plan ONCE = new Plan(1, 0, 1);

    private final Target target;
    private final Transports known;
    private final Findings findings;
    private Engine engine;
    private boolean isOpeningSpent;
    private List<String> joined = List.of();
    private double connectMs = Double.NaN;

    /**
     * What was seen.
     *
     * @param engine    the server that answered; null where none did
     * @param joined    the namespaces that accept the client
     * @param connectMs from the CONNECT's first byte, the opening of its session included, to its answer; NaN without one
     */
    public record Seen(List<Finding> findings, Engine engine, List<String> joined, double connectMs) {
        public ServerFamily family() {
            return engine == null ? ServerFamily.UNKNOWN : engine.family();
        }
    }

    /**
     * @param target as the last thorough run left it: recognised, with its parser
     * @param known  the transports that worked then; null where none did
     */
    public LightRun(Target target, Transports known) {
        this.target = target;
        this.known = known;
        this.findings = new Findings(target.secrets(), finding -> {});
    }

    /** @param limit what it may take at most; what it has seen by then is all there is */
    public Seen run(Duration limit) throws InterruptedException {
        try (Scope scope = new Scope()) {
            scope.<Void>fork("light examination", () -> {
                        examine();
                        return null;
                    })
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            String detail = "no result within " + Text.duration(limit);
            findings.add(Finding.fail(
                    "session.examination", Hop.SESSION, Symptom.UNUSABLE, "the examination", detail, detail));
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
        return new Seen(findings.sorted(), engine, joined, connectMs);
    }

    private void examine() throws InterruptedException {
        Optional<Engine> found = new Reach(target, findings).run();
        if (found.isEmpty()) {
            return;
        }
        engine = found.get();
        if (known == null) {
            return;
        }
        boolean opens = (known.webSocket() || engine.offersWebSocket()) && webSocket();
        if (!opens && engine.polling()) {
            polling();
        }
    }

    /** @return whether it opens */
    private boolean webSocket() throws InterruptedException {
        CompletableFuture<Void> polling = Scope.current().fork("polling", () -> {
            if (engine.polling() && known.polling() && known.webSocket() && !sends()) {
                checkPolling();
            }
            return null;
        });
        Transports transports = new Transports(engine, false, true);
        String unknown = UnknownNamespace.namespace();
        List<String> names = new ArrayList<>(target.namespaces());
        names.add(unknown);
        Stopwatch watch = new Stopwatch();
        Map<String, ConnectResult> answers = ConnectRound.all(
                        ConnectRound.start(target, transports, names, target.time(Wait.DISCONNECT)))
                .join();
        ConnectResult decoy = answers.remove(unknown);
        double took = watch.millis() - target.time(Wait.DISCONNECT).toMillis();
        boolean opens = !isUnopened(answers);
        if (opens) {
            judge(answers, decoy, took);
        } else {
            notOpened(answers);
        }
        polling.join();
        flow(transports);
        return opens;
    }

    private static boolean isUnopened(Map<String, ConnectResult> answers) {
        return answers.values().stream()
                .allMatch(answer -> answer instanceof ConnectResult.SessionClosed closed
                        && closed.closure().isUnopened());
    }

    /** What nobody stated is not sent. */
    private boolean sends() {
        return target.stated().flow() != null;
    }

    private void flow(Transports transports) throws InterruptedException {
        if (sends() && !joined.isEmpty()) {
            new RelayProbe(target, transports, joined, ONCE, findings).run();
        }
    }

    private void checkPolling() {
        try {
            PollingTrial trial = trial();
            PollingTrial.Round round = trial.round();
            trial.leave();
            if (!round.answered()) {
                pollingFailed(
                        round.closure() == null
                                ? "no answer within " + Text.duration(target.timeout())
                                : round.closure().how());
            }
        } catch (ExchangeException failure) {
            pollingFailed(failure.evidence());
        }
    }

    private void polling() throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        try {
            PollingTrial trial = trial();
            String namespace = target.namespaces().get(0);
            ConnectResult answer = answer(trial.round(namespace, target.auth()));
            double took = watch.millis();
            ConnectResult decoy = answer(trial.round());
            trial.leave();
            judge(new LinkedHashMap<>(Map.of(namespace, answer)), decoy, took);
        } catch (ExchangeException failure) {
            pollingFailed(failure.evidence());
        }
        flow(new Transports(engine, true, false));
    }

    private void pollingFailed(String how) {
        findings.add(Finding.fail(
                "transport.polling", Hop.TRANSPORT, Symptom.POLLING_FAILS, "polling", "polling fails", how));
    }

    /** The session that the handshake opened, once; then another one. */
    private PollingTrial trial() throws ExchangeException {
        boolean first = !isOpeningSpent;
        isOpeningSpent = true;
        return first ? engine.firstTrial(target.timeout()) : engine.openTrial(target.timeout());
    }

    private static ConnectResult answer(PollingTrial.Round round) {
        if (round.answer() == null) {
            return round.closure() == null
                    ? new ConnectResult.TimedOut()
                    : new ConnectResult.SessionClosed(round.closure());
        }
        return switch (round.answer().type()) {
            case SocketPacket.CONNECT -> new ConnectResult.Connected("");
            case SocketPacket.CONNECT_ERROR ->
                new ConnectResult.ConnectError(round.answer().json());
            default -> new ConnectResult.TimedOut();
        };
    }

    private void judge(Map<String, ConnectResult> answers, ConnectResult decoy, double took) {
        new ConnectJudge(target, List.of(), answers, Map.of(), Map.of(), decoy, answers.getOrDefault("/", decoy))
                .findings()
                .forEach(findings::add);
        joined = ConnectAttempts.joined(answers);
        if (!joined.isEmpty()) {
            connectMs = Math.max(0, took);
        }
    }

    private void notOpened(Map<String, ConnectResult> answers) {
        ConnectResult.SessionClosed first =
                (ConnectResult.SessionClosed) answers.values().iterator().next();
        findings.add(Finding.warn(
                "transport.websocket",
                Hop.TRANSPORT,
                Symptom.WEBSOCKET_FAILS,
                engine.site().endpoint().toString(),
                "WebSocket does not work",
                first.closure().how()));
    }
}
