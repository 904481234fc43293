package siodiag.probe.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Pace;
import siodiag.core.Scope;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.Connection;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.HttpReply;
import siodiag.protocol.Sessions;
import siodiag.protocol.Site;
import siodiag.protocol.UnknownNamespace;
import siodiag.target.Target;

/**
 * Hop session: whether the server process ends during the examination. Costs nothing as long as nothing is lost: only where
 * a session ends without a word, or one can't be opened, does it ask whether somebody still listens.
 */
final class CrashWatch {
    private static final String ID = "session.process";
    /** After a loss: at once, and again for a process that takes its time to end. */
    private static final List<Duration> CHECK_DELAYS =
            List.of(Duration.ZERO, Duration.ofMillis(60), Duration.ofMillis(250));
    /** So many answers in a row tell a proxy whose only server is gone from one that has others. */
    private static final int ANSWERS = 4;

    private final Scope scope = Scope.current();
    private final Target target;
    private final Engine engine;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
    /** What told that nobody serves there any more; empty where nothing did. */
    private volatile String gone = "";

    private volatile double lostMs;

    CrashWatch(Target target, Engine engine) {
        this.target = target;
        this.engine = engine;
        engine.sessions().onLoss(this::look);
    }

    /** A failure where the process has ended, whether or not it is back; nothing where it lives. */
    Optional<Finding> finding() {
        underWay.exceptionally(failure -> null)
                .completeOnTimeout(null, target.time(Wait.AFTER_LOSS).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        Sessions sessions = engine.sessions();
        Optional<Crash> crash = Crash.of(sessions.lives());
        String seen = gone;
        if (seen.isEmpty() && crash.filter(Crash::isConclusive).isEmpty()) {
            return Optional.empty();
        }
        double atMs = crash.map(Crash::atMs).orElse(lostMs);
        List<Sessions.Sent> last = sessions.lastSent(atMs);
        List<String> evidence = new ArrayList<>();
        crash.ifPresent(end -> evidence.add(end.evidence()));
        evidence.add("last sent before: "
                + last.stream()
                        .map(sent ->
                                String.format(Locale.ROOT, "%s (%.0f ms earlier)", sent.what(), atMs - sent.atMs()))
                        .collect(Collectors.joining(", ")));
        if (!seen.isEmpty()) {
            evidence.add(seen);
        }
        evidence.add("at the end of the run: " + afterwards());
        return Optional.of(Finding.fail(ID, Hop.SESSION, Symptom.PROCESS_ENDED, named(last), "the server process ended")
                .withEvidence(evidence));
    }

    /** The last event that this run did not send itself. */
    private static String named(List<Sessions.Sent> last) {
        List<String> sent = last.stream().map(Sessions.Sent::what).toList();
        return sent.stream()
                .filter(what -> !what.contains(UnknownNamespace.PREFIX))
                .reduce((earlier, later) -> later)
                .orElse(sent.isEmpty() ? "the start" : sent.get(0));
    }

    private void look() {
        if (gone.isEmpty() && looking.compareAndSet(false, true)) {
            lostMs = engine.sessions().nowMs();
            underWay = scope.fork("crash watch", () -> {
                try {
                    gone = lookAgainAndAgain();
                } finally {
                    looking.set(false);
                }
                return null;
            });
        }
    }

    private String lookAgainAndAgain() throws InterruptedException {
        for (Duration pause : CHECK_DELAYS) {
            Pace.pause(pause);
            Optional<String> refused = refused();
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        return engine.sessions().open().isEmpty() ? upstreamGone().orElse("") : "";
    }

    /** How it is now, in words. */
    private String afterwards() {
        if (refused().isPresent()) {
            return "nothing is listening";
        }
        try {
            HttpReply reply = engine.site().handshake(4, Map.of(), Deadline.in(target.time(Wait.AFTER_LOSS)));
            return reply.status() == 200
                    ? "it accepts connections again; something restarted it"
                    : "a handshake is answered with HTTP " + reply.status();
        } catch (ExchangeException failure) {
            return "a handshake: " + failure.getMessage();
        }
    }

    private Optional<String> refused() {
        Site site = engine.site();
        try (Connection connection =
                Connection.open(site.endpoint().withTls(false), site.address(), Deadline.in(target.timeout()))) {
            return Optional.empty();
        } catch (ExchangeException failure) {
            return failure.kind() != ExchangeException.Kind.REFUSED
                    ? Optional.empty()
                    : Optional.of("nothing is listening any more at " + site.endpoint()
                            + " (connection refused), which had " + "accepted connections before");
        }
    }

    /** A proxy goes on listening when its server is gone, and answers with an error each time. */
    private Optional<String> upstreamGone() {
        List<CompletableFuture<Integer>> asked = IntStream.range(0, ANSWERS)
                .mapToObj(i -> scope.fork("handshake after a loss", () -> engine.site()
                        .handshake(4, Map.of(), Deadline.in(target.timeout()))
                        .status()))
                .toList();
        boolean each = asked.stream()
                .map(answer -> answer.exceptionally(none -> 0).join())
                .allMatch(status -> status >= 502 && status <= 504);
        return !each
                ? Optional.empty()
                : Optional.of("each of " + ANSWERS + " handshakes was answered with HTTP "
                        + asked.get(0).join()
                        + ", as from a proxy whose server is gone; the first handshake had succeeded");
    }
}
