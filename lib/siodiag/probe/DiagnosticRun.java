package siodiag.probe;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import siodiag.core.Text;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Redactor;
import siodiag.core.Scope;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.ledger.FlowFigures;
import siodiag.ledger.FlowTimeline;
import siodiag.probe.cluster.ClusterProbe;
import siodiag.probe.connect.ConnectAttempts;
import siodiag.probe.connect.EventAuthentication;
import siodiag.probe.connect.LastDisconnect;
import siodiag.probe.connect.LoginTrial;
import siodiag.probe.connect.NoSession;
import siodiag.probe.connect.RecognitionProbe;
import siodiag.probe.reach.OriginProbe;
import siodiag.probe.reach.Reach;
import siodiag.probe.relay.FlowChoice;
import siodiag.probe.relay.FlowProgress;
import siodiag.probe.relay.PayloadProbe;
import siodiag.probe.relay.Rehearsal;
import siodiag.probe.relay.RelayFindings;
import siodiag.probe.relay.RelayJudge;
import siodiag.probe.relay.RelayProbe;
import siodiag.probe.session.SessionStage;
import siodiag.probe.transport.TransportProbe;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Handshake;
import siodiag.protocol.ServerFamily;
import siodiag.protocol.Transports;
import siodiag.target.Application;
import siodiag.target.Flow;
import siodiag.target.Plan;
import siodiag.target.Target;

/**
 * One examination of a target, hop by hop: each needs what the one before has found, and where it found nothing the
 * rest is skipped and says so.
 */
public final class DiagnosticRun {

    /** What is looked at beyond the way to the namespaces. */
    public enum Part {
        AUTHENTICATION,
        SESSION,
        FLOW
    }

    /** A look at the same server with another client, after the flow. */
    public interface Hook {
        /** Adds its findings to those of the examination. @return whether it could connect */
        boolean run(DiagnosticRun done) throws InterruptedException;
    }

    private static final Duration NO_LIMIT = Duration.ofSeconds(Long.MAX_VALUE);
    /** For a close packet that is on its way when all is done. */
    private static final Duration CLOSE_GRACE = Duration.ofMillis(250);

    private final Scope scope = new Scope();
    private final Set<Part> parts;
    private final Plan plan;
    private final Findings findings;
    private final Redactor secrets;
    private volatile Target target;
    private volatile Engine engine;
    private volatile RelayProbe relay;
    private volatile SessionStage sessions;
    private volatile Transports transports;
    private volatile Reached reached;
    private CompletableFuture<Optional<LoginTrial.Answer>> login;
    private Hook hook;
    private FlowProgress.Listener listener = FlowProgress.Listener.NONE;
    private volatile boolean hooking;
    private volatile boolean hookConnected;
    private volatile boolean overtime;

    /** How far the way is open: what carries sessions, and the namespaces that let the client in. */
    public record Reached(Transports transports, List<String> joined) {}

    /** @param observer told of each finding as it comes, on the thread that found it */
    public DiagnosticRun(Target target, Set<Part> parts, Plan plan, Consumer<Finding> observer) {
        this.target = target;
        this.parts = parts.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(parts);
        this.plan = plan;
        this.secrets = target.secrets();
        this.findings = new Findings(secrets, observer);
    }

    /** Adds a look with another client; null for none. */
    public DiagnosticRun with(Hook other) {
        hook = other;
        return this;
    }

    /** Tells it how far a flow is that takes long. */
    public DiagnosticRun tell(FlowProgress.Listener other) {
        listener = other;
        return this;
    }

    /**
     * Runs all parts; ends early where the way ends, and at the latest when the time for all of it is over. Nothing of it goes
     * on afterwards: no thread, no connection.
     *
     * @param limit what it may take at most, where that is less than its own budget
     * @return whether it came to its end in time
     * @throws CancellationException where it was stopped
     */
    public boolean run(Duration limit) throws InterruptedException {
        if (parts.contains(Part.FLOW)) {
            Rehearsal.begun();
        }
        Duration budget = target.timeout()
                .plus(target.timings().beyondTimeout())
                .plus(plan.longest())
                .plus(target.idle());
        boolean limited = limit.compareTo(budget) < 0;
        try (scope) {
            boolean ended = isDone(
                    scope.<Void>fork("run", () -> {
                        examine();
                        return null;
                    }),
                    limited ? limit : budget);
            if (ended) {
                scope.join(Deadline.in(CLOSE_GRACE));
            } else if (!limited) {
                endUnfinished(budget);
            }
            return ended;
        }
    }

    public boolean run() throws InterruptedException {
        return run(NO_LIMIT);
    }

    private boolean isDone(CompletableFuture<Void> run, Duration limit) throws InterruptedException {
        try {
            run.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            return false;
        } catch (ExecutionException failure) {
            if (!scope.isOver()) {
                throw new IllegalStateException(failure.getCause());
            }
        }
        if (scope.isOver()) {
            throw new CancellationException("the run was stopped");
        }
        return true;
    }

    /** Ends it from any other thread: what it has found by now is all there will be, and {@link #run} throws. */
    public void stop() {
        scope.cancel();
    }

    /** Where nothing wrong was found by then, that the server takes so long is what is wrong. */
    private void endUnfinished(Duration budget) throws InterruptedException {
        overtime = true;
        if (sessions != null) {
            sessions.explain(Duration.ZERO);
        }
        FlowFigures sofar = figures();
        if (sofar != null && sofar.latencyMs().p50() > RelayJudge.LATE_MS) {
            findings.add(Finding.warn(
                    "relay.late",
                    Hop.RELAY,
                    Symptom.LATE,
                    "median delivery so far",
                    "slow deliveries",
                    String.format(
                            Locale.ROOT,
                            "%d of %d deliveries within %s: median %.0f ms, " + "longest %.0f ms",
                            sofar.received(),
                            sofar.expected(),
                            Text.duration(budget),
                            sofar.latencyMs().p50(),
                            sofar.latencyMs().max())));
        }
        List<Finding> seen = findings.sorted();
        Hop last = seen.isEmpty() ? Hop.RESOLVE : seen.get(seen.size() - 1).hop();
        String reason = "incomplete after " + Text.duration(budget) + ": the server responds, but slowly";
        findings.add(
                hooking || seen.stream().anyMatch(Finding::isTrouble)
                        ? Finding.skip(
                                last.label() + ".rest",
                                last,
                                "more time: a run takes at most --timeout plus "
                                        + target.timings().beyondTimeout().toSeconds() + " s; increase --timeout")
                        : Finding.fail(
                                last.label() + ".rest",
                                last,
                                Symptom.UNUSABLE,
                                "the run did not finish",
                                reason,
                                reason));
    }

    private void examine() throws InterruptedException {
        Optional<Engine> found = new Reach(target, findings).run();
        if (found.isEmpty()) {
            skip("an Engine.IO handshake", Hop.TRANSPORT);
            return;
        }
        engine = found.get();
        try (SessionStage stage = new SessionStage(target, found.get(), findings)) {
            sessions = stage;
            examine(found.get(), stage);
        }
    }

    private void examine(Engine engine, SessionStage stage) throws InterruptedException {
        RecognitionProbe recognition = RecognitionProbe.start(target, engine);
        if (!OriginProbe.run(target, engine, findings)) {
            skip("uncached handshakes", Hop.TRANSPORT);
            return;
        }
        transports = stage.alone(new TransportProbe(target, engine, findings).run());
        target = target.with(transports.engine().parser());
        recognition.finish(transports, findings).ifPresent(application -> recognised(application, transports));
        if (!transports.any()) {
            skip(
                    findings.hasFailed(Hop.NAMESPACE) ? "a parser that both sides support" : "a working transport",
                    Hop.NAMESPACE);
        } else if (parts.contains(Part.SESSION) && !stage.open(target, transports)) {
            skip("a second connection", Hop.NAMESPACE);
        } else {
            namespaces(transports);
        }
        stage.lookAfterwards(transports);
    }

    /** From here on it is expected to do what such an application does. */
    private void recognised(Application application, Transports transports) {
        target = target.as(application);
        TransportProbe.missing(transports, application).ifPresent(findings::add);
        target.credentials().secrets().forEach(secrets::add);
    }

    private void namespaces(Transports transports) throws InterruptedException {
        ConnectAttempts asked = ConnectAttempts.ask(target, transports, parts.contains(Part.AUTHENTICATION));
        CompletableFuture<Void> judged = scope.fork("judge the answers", () -> {
            asked.judge().join().findings().forEach(findings::add);
            return null;
        });
        List<String> joined = asked.joined();
        if (joined.isEmpty()) {
            joined = withoutAuth(asked);
        }
        if (joined.isEmpty() || asked.isCutOff() || sessions.isTight()) {
            judged.join();
        }
        if (joined.isEmpty()) {
            withoutNamespace();
        } else {
            reached = new Reached(transports, joined);
            String first = joined.get(0);
            judged.thenRun(() -> loginWhereOpen(transports, first));
            staying(transports, joined);
            judged.join();
            authenticatesByEvent(transports, joined);
            if (relay != null && !findings.hasFailed(Hop.SESSION) && !sessions.isTight()) {
                relay.lookAgain();
            }
        }
        judged.join();
    }

    /** Where nobody promised a namespace and none is wrong, the rest is only not tested. */
    private void withoutNamespace() {
        if (target.expectations().arePromised() || findings.hasFailed(Hop.values())) {
            skip("a namespace that accepts the client", Hop.EVENT);
            return;
        }
        untested(
                "the server has no namespace /, and no other was given: list the application's namespaces with --namespaces");
        findings.add(Finding.skip(Hop.SESSION.label(), Hop.SESSION, "a namespace that accepts the client"));
    }

    /** A server that never answers an auth object is examined further without one. */
    private List<String> withoutAuth(ConnectAttempts asked) {
        List<String> joined = asked.joinedWithoutAuth();
        if (!joined.isEmpty()) {
            target = target.with(target.credentials().withoutAuth());
        }
        return joined;
    }

    /** Sends the flow through, and what a hook sends, while the connections of hop session stay. */
    private void staying(Transports transports, List<String> joined) throws InterruptedException {
        Optional<String> tooFew = sessions.tooFew(transports);
        if (tooFew.isPresent()) {
            oneAfterTheOther(transports, joined, tooFew.get());
            return;
        }
        CompletableFuture<Void> joining = scope.fork("stay in the namespaces", () -> join(transports, joined));
        flow(transports, joined);
        hook();
        joining.join();
    }

    /** A flow that is only acknowledged takes no connection but its sender's; the one that stays comes behind it. */
    private void oneAfterTheOther(Transports transports, List<String> joined, String tooFew)
            throws InterruptedException {
        if (parts.contains(Part.FLOW)
                && target.flow() != null
                && !target.flow().receive().isRelayed()) {
            PayloadProbe.announced(transports, findings);
            relay(transports, joined);
        } else {
            for (Hop hop : List.of(Hop.EVENT, Hop.RELAY)) {
                findings.add(Finding.untested(hop.label() + ".flow", hop, tooFew));
            }
        }
        join(transports, joined);
    }

    /** Ends the watch of the connections that stay, and tells whether clients have to send an event to be served or to stay. */
    private void authenticatesByEvent(Transports transports, List<String> joined) throws InterruptedException {
        Optional<LastDisconnect> lastDisconnect = sessions.finish(findings.hasFailed(Hop.values()));
        boolean unserved = relay != null && isUnserved(figures());
        Optional<LoginTrial.Answer> answer =
                !sessions.isTight() && EventAuthentication.isSuspected(target.flow(), unserved)
                        ? login(transports, joined.get(0)).join()
                        : Optional.empty();
        new EventAuthentication(
                        target.flow(),
                        target.credentials().isStated(),
                        unserved,
                        findings.has(Symptom.TOKEN_REFUSED),
                        lastDisconnect.orElse(null),
                        answer.orElse(null))
                .finding()
                .ifPresent(findings::add);
    }

    /** While the flow is tried: where every client is connected and some should not, they may have to authenticate later. */
    private void loginWhereOpen(Transports transports, String namespace) {
        if (findings.has(Symptom.AUTH_BYPASSED)
                && parts.contains(Part.FLOW)
                && EventAuthentication.isSuspected(target.flow(), true)) {
            login(transports, namespace);
        }
    }

    /** Asked once. */
    private synchronized CompletableFuture<Optional<LoginTrial.Answer>> login(Transports transports, String namespace) {
        if (login == null) {
            login = scope.fork("login by event", () -> LoginTrial.run(target, transports, namespace));
        }
        return login;
    }

    /** Whether nothing came of any event: none received or, where that is all that is expected, none acknowledged. */
    private boolean isUnserved(FlowFigures sofar) {
        return sofar == null
                || sofar.received() == 0
                        && (sofar.expected() > 0 || findings.sorted().stream().noneMatch(RelayFindings::isTaken));
    }

    private Void join(Transports transports, List<String> joined) {
        if (!parts.contains(Part.SESSION)) {
            return null;
        }
        try {
            sessions.join(target, transports, joined);
        } catch (ExchangeException failure) {
            findings.add(NoSession.finding("session.stays", "no session to watch", failure));
        }
        return null;
    }

    private void flow(Transports transports, List<String> joined) throws InterruptedException {
        if (!parts.contains(Part.FLOW)) {
            return;
        }
        boolean low = PayloadProbe.announced(transports, findings);
        if (target.flow() == null) {
            untested("the application's events are unknown: give --send EVENT --data JSON --expect EVENT, or "
                    + "--flow FILE");
            return;
        }
        if (!low) {
            PayloadProbe.run(target, transports, findings);
        }
        if (findings.hasFailed(Hop.SESSION, Hop.TRANSPORT)) {
            skip("stable sessions", Hop.RELAY);
            return;
        }
        relay(transports, joined);
        if (!findings.hasFailed(Hop.SESSION)) {
            for (URI peer : target.peers()) {
                new ClusterProbe(target, transports, joined, parts.contains(Part.AUTHENTICATION), findings).run(peer);
            }
        }
    }

    private void relay(Transports transports, List<String> joined) throws InterruptedException {
        for (Flow flow : FlowChoice.of(target, transports, joined, findings)) {
            target = target.with(flow);
            relay = new RelayProbe(target, transports, joined, plan, findings).tell(listener);
            relay.run();
        }
    }

    private void untested(String why) {
        if (!parts.contains(Part.FLOW)) {
            return;
        }
        findings.add(Finding.untested("event.flow", Hop.EVENT, why));
        findings.add(Finding.untested("relay.flow", Hop.RELAY, why));
    }

    private void hook() throws InterruptedException {
        if (hook != null) {
            hooking = true;
            hookConnected = hook.run(this);
        }
    }

    private void skip(String waitsFor, Hop from) {
        for (Hop hop : Hop.values()) {
            boolean asked = hop != Hop.CLUSTER || !target.peers().isEmpty();
            if (hop.compareTo(from) >= 0 && asked && isExamined(hop)) {
                findings.add(Finding.skip(hop.label(), hop, waitsFor));
            }
        }
    }

    private boolean isExamined(Hop hop) {
        return switch (hop) {
            case AUTH -> parts.contains(Part.AUTHENTICATION);
            case SESSION -> parts.contains(Part.SESSION);
            case EVENT, RELAY, CLUSTER -> parts.contains(Part.FLOW);
            default -> true;
        };
    }

    /** A finding of somebody else's, to be diagnosed with the rest. */
    public void add(Finding finding) {
        findings.add(finding);
    }

    /** How far the way was found open; nothing where no namespace lets the client in, or not in time. */
    public Optional<Reached> reached() {
        return overtime ? Optional.empty() : Optional.ofNullable(reached);
    }

    /** What carries sessions, be it none; nothing where the way ended before. */
    public Optional<Transports> transports() {
        return Optional.ofNullable(transports);
    }

    /** Whether the hook's own client could connect. */
    public boolean hasHookConnected() {
        return hookConnected;
    }

    public boolean hasFailed(Hop... hops) {
        return findings.hasFailed(hops);
    }

    public List<Finding> findings() {
        return findings.sorted();
    }

    public Target target() {
        return target;
    }

    public ServerFamily family() {
        return engine == null ? ServerFamily.UNKNOWN : engine.family();
    }

    /** What the server announced in its handshake; nothing where there was none. */
    public Optional<Handshake> handshake() {
        return Optional.ofNullable(engine).map(Engine::handshake);
    }

    /** The account of the flow so far; null before there is one. */
    public FlowFigures figures() {
        RelayProbe account = relay;
        return account == null ? null : account.figures().orElse(null);
    }

    /** The course of its events. */
    public FlowTimeline timeline() {
        RelayProbe account = relay;
        return account == null ? FlowTimeline.NONE : account.timeline();
    }
}
