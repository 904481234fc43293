package siodiag;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One examination of a target, hop by hop: each needs what the one before has found, and where it found nothing the
 * rest is skipped and says so.
 */
public final class Examination {

    /** What is looked at beyond the way to the namespaces. */
    public enum Part { AUTHENTICATION, SESSION, FLOW, HOOK }

    /** What all waits together may take beyond --timeout, so that a verdict comes while someone waits for it. */
    private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(7);

    private final Set<Part> parts;
    private final Plan plan;
    private final Findings findings;
    private volatile Target target;
    private volatile Family family = Family.UNKNOWN;
    private volatile RelayProbe relay;
    private volatile Reached reached;
    private volatile boolean hooking;
    private volatile boolean hookConnected;
    private volatile boolean overtime;

    /** How far the way is open: what carries sessions, and the namespaces that let the client in. */
    record Reached(Transports transports, List<String> joined) {
    }

    /** @param observer told of each finding as it comes, on the thread that found it */
    Examination(Target target, Set<Part> parts, Plan plan, Consumer<Finding> observer) {
        this.target = target;
        this.parts = parts.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(parts);
        this.plan = plan;
        this.findings = new Findings(new Secrets(target.token()), observer);
    }

    /**
     * Runs all parts; ends early where the way ends, and at the latest when the time for all of it is over.
     *
     * @return whether it came to its end in time
     */
    boolean run() throws InterruptedException {
        Duration budget = target.timeout().plus(BEYOND_TIMEOUT).plus(plan.longest());
        try {
            Threads.start(() -> {
                examine();
                lookAfterwards();
                return null;
            }).get(budget.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException over) {
            endUnfinished(budget);
            return false;
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    /** Where nothing wrong was found by then, that the server takes so long is what is wrong. */
    private void endUnfinished(Duration budget) {
        overtime = true;
        FlowFigures sofar = figures();
        if (sofar != null && sofar.latencyMs().p50() > RelayJudge.LATE_MS) {
            findings.add(Finding.warn("relay.late", Hop.RELAY, Sign.LATE, "half of those that came by then",
                    "deliveries take long", String.format(Locale.ROOT, "%d of %d deliveries in %d ms; half of them took "
                            + "longer than %.0f ms, one of them %.0f ms", sofar.received(), sofar.expected(),
                            budget.toMillis(), sofar.latencyMs().p50(), sofar.latencyMs().max())));
        }
        List<Finding> seen = findings.sorted();
        Hop last = seen.isEmpty() ? Hop.RESOLVE : seen.get(seen.size() - 1).hop();
        String told = "not done after " + budget.toMillis() + " ms: the server answers, but takes long for each answer";
        findings.add(hooking || seen.stream().anyMatch(Finding::isTrouble) ? Finding.skip(last.label() + ".rest", last,
                "more time: the whole run may take --timeout and " + BEYOND_TIMEOUT.toSeconds()
                        + " s; give a longer --timeout")
                : Finding.fail(last.label() + ".rest", last, Sign.UNUSABLE, "the examination did not end", told, told));
    }

    private void examine() throws InterruptedException {
        Optional<Engine> engine = new Reach(target, findings).run();
        if (engine.isEmpty()) {
            skip("an Engine.IO handshake", Hop.TRANSPORT);
            return;
        }
        family = engine.get().family();
        OriginProbe.run(target, engine.get(), findings);
        Transports transports = new TransportProbe(target, engine.get(), findings).run();
        if (!transports.any()) {
            skip("a transport that carries a session", Hop.NAMESPACE);
        } else if (parts.contains(Part.SESSION) && !ReconnectProbe.run(target, transports, findings)) {
            skip("a second connection", Hop.NAMESPACE);
        } else {
            namespaces(transports);
        }
    }

    /** Where the server ended a session: does it still listen, or has it died? */
    private void lookAfterwards() {
        if (findings.sorted().stream().anyMatch(finding -> finding.sign() == Sign.CLOSED_IN_USE)
                && !Reach.isListening(target)) {
            findings.add(Finding.fail("session.afterwards", Hop.SESSION, Sign.CLOSED_IN_USE, "the process has ended",
                    "nothing listens any more", "afterwards nothing listens at " + target.endpoint()
                            + ": the server process has ended"));
        }
    }

    private void namespaces(Transports transports) throws InterruptedException {
        CompletableFuture<Void> root = parts.contains(Part.AUTHENTICATION)
                ? Threads.start(() -> tellOfDefault(transports)) : CompletableFuture.completedFuture(null);
        Admissions asked = Admissions.ask(target, transports, parts.contains(Part.AUTHENTICATION));
        CompletableFuture<Void> judged = asked.judge().thenAccept(judge -> judge.findings().forEach(findings::add));
        List<String> joined = asked.joined();
        if (joined.isEmpty() || asked.isCutOff()) {
            judged.join();
        }
        if (joined.isEmpty()) {
            skip("a namespace that lets the client in", Hop.EVENT);
        } else {
            reached = new Reached(transports, joined);
            staying(transports, joined);
        }
        CompletableFuture.allOf(judged, root).join();
    }

    /** Sends the flow through, and what a hook sends, while one more connection only stays. */
    private void staying(Transports transports, List<String> joined) throws InterruptedException {
        if (!parts.contains(Part.SESSION)) {
            flow(transports, joined);
            hook();
            return;
        }
        CompletableFuture<SessionProbe> session = Threads.start(() -> SessionProbe.start(target, transports, joined));
        try {
            flow(transports, joined);
            hook();
            finish(session);
        } finally {
            session.thenAccept(SessionProbe::close);
        }
    }

    private void finish(CompletableFuture<SessionProbe> session) throws InterruptedException {
        try {
            session.join().finish(findings.hasFailed(Hop.values())).forEach(findings::add);
        } catch (CompletionException failure) {
            findings.add(NoSession.finding("session.stays", "no session to watch", (WireFailure) failure.getCause()));
        }
    }

    /** A default namespace that lets everybody in is worth a word, not a diagnosis. */
    private Void tellOfDefault(Transports transports) {
        if (!target.namespaces().contains("/")
                && SingleConnect.answerThatLasts(target, transports, "/", "", SingleConnect.MOMENT) instanceof Admission.Joined) {
            findings.add(Finding.info("auth.default-namespace", Hop.AUTH,
                    "/ lets everybody in; it is not under test"));
        }
        return null;
    }

    private void flow(Transports transports, List<String> joined) throws InterruptedException {
        if (!parts.contains(Part.FLOW)) {
            return;
        }
        PayloadProbe.run(target, transports, joined.get(0), findings);
        if (findings.hasFailed(Hop.SESSION, Hop.TRANSPORT)) {
            skip("sessions that last", Hop.RELAY);
            return;
        }
        if (target.flow() == null) {
            target = target.with(FlowDetection.run(target, transports, joined, findings));
        }
        relay = new RelayProbe(target, transports, joined, plan, findings);
        relay.run();
        if (!findings.hasFailed(Hop.SESSION)) {
            for (URI peer : target.peers()) {
                new ClusterProbe(target, transports, joined, parts.contains(Part.AUTHENTICATION), findings).run(peer);
            }
        }
    }

    private void hook() throws InterruptedException {
        if (parts.contains(Part.HOOK)) {
            hooking = true;
            hookConnected = HookStage.run(this);
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
    Optional<Reached> reached() {
        return overtime ? Optional.empty() : Optional.ofNullable(reached);
    }

    /** Whether the hook's own client could connect. */
    public boolean hasHookConnected() {
        return hookConnected;
    }

    boolean hasFailed(Hop... hops) {
        return findings.hasFailed(hops);
    }

    List<Finding> findings() {
        return findings.sorted();
    }

    Target target() {
        return target;
    }

    Family family() {
        return family;
    }

    /** The account of the flow so far; null before there is one. */
    FlowFigures figures() {
        RelayProbe account = relay;
        return account == null ? null : account.figures().orElse(null);
    }
}
