package siodiag.probe.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import siodiag.catalogue.Advice;
import siodiag.core.Deadline;
import siodiag.core.Redactor;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.finding.Symptom;
import siodiag.probe.reach.CacheTrace;
import siodiag.probe.reach.HandshakeResponse;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Http;
import siodiag.protocol.PollingTrial;
import siodiag.protocol.ServerFamily;
import siodiag.protocol.SessionDialect;
import siodiag.protocol.SessionEnd;
import siodiag.target.Target;

/**
 * Whether a polling session works, round after round on fresh connections; and where it does not, whether the requests
 * reach different processes (now and then "Session ID unknown") or the server gave the session up.
 */
final class StickinessCheck {
    /** By a proxy that lets only GET through, for one. */
    private static final Pattern REFUSED = Pattern.compile("answered HTTP 4\\d\\d\\b");

    private static final int ROUNDS = 5;
    private static final int REPEATS = 8;
    private static final int REPEATS_WITHOUT_COOKIE = 4;

    private final Target target;
    private final Engine engine;
    private final PollingTrial session;

    /**
     * @param sign     null where it works
     * @param answered whether the server answered a packet that was sent over polling
     * @param advice   for a finer shape of the fault; null for none
     */
    record Result(Symptom sign, boolean answered, String detail, List<String> evidence, Advice advice) {
        static Result failed(Symptom sign, String detail, List<String> evidence) {
            return new Result(sign, false, detail, evidence, null);
        }
    }

    /** @param session one that was just opened */
    StickinessCheck(Target target, Engine engine, PollingTrial session) {
        this.target = target;
        this.engine = engine;
        this.session = session;
    }

    Result run() {
        Stopwatch watch = new Stopwatch();
        int answered = 0;
        for (int i = 0; i < ROUNDS; i++) {
            PollingTrial.Round round = session.round();
            if (round.repeated()) {
                return repeated();
            }
            if (round.closure() != null) {
                return round.postHangs() ? postHangs(round) : explain(round.closure(), answered);
            }
            if (!round.answered()) {
                break;
            }
            answered++;
        }
        return new Result(
                null,
                answered > 0,
                String.format(Locale.ROOT, "%d packets each way over polling, %.1f ms", answered, watch.millis()),
                List.of(),
                null);
    }

    /** Where the session holds: whether it does so by a cookie alone, which not every client sends back. */
    boolean needsCookie(List<String> evidence) {
        if (!session.hasForeignCookies()) {
            return false;
        }
        List<String> with = session.repeat(2, true, Deadline.in(target.timeout()));
        List<String> without = session.repeat(REPEATS_WITHOUT_COOKIE, false, Deadline.in(target.timeout()));
        evidence.add("the session's requests with the handshake's cookies: " + String.join(", ", with));
        evidence.add("without them: " + String.join(", ", without));
        return with.stream().allMatch("200"::equals) && without.stream().anyMatch(SessionDialect::isUnknownSid);
    }

    private Result repeated() {
        return Result.failed(
                Symptom.HANDSHAKE_REPEATED,
                "a poll is answered with the earlier handshake",
                List.of(
                        "handshake: " + Text.quote(engine.handshake().raw(), 160),
                        "a poll of that session is answered with a handshake again: "
                                + CacheTrace.of(engine.opening().answer())));
    }

    private Result postHangs(PollingTrial.Round round) {
        Deadline deadline = Deadline.in(target.timeout());
        try {
            HandshakeResponse greeting = HandshakeResponse.of(engine.site().handshake(4, Map.of(), deadline));
            if (greeting.kind() == HandshakeResponse.Kind.ENGINE) {
                return new Result(
                        Symptom.POLLING_REFUSED,
                        false,
                        "a POST is never answered, a GET is",
                        List.of(
                                "POST of a packet: no answer within " + Text.duration(target.timeout()),
                                "a GET right after: " + greeting.evidence()),
                        Advice.POSTS_HANG);
            }
        } catch (ExchangeException silent) {
            // Then it is not the POST that is special.
        }
        return explain(round.closure(), 0);
    }

    private Result explain(SessionEnd closure, int answered) {
        List<String> statuses = session.repeat(REPEATS, true, Deadline.in(target.timeout()));
        long good = statuses.stream().filter("200"::equals).count();
        List<String> evidence = new ArrayList<>();
        evidence.add("session " + Redactor.mask(session.handshake().sid()) + ": handshake answered 200, then "
                + closure.how());
        evidence.add(statuses.size() + " more requests with the same session, each on a fresh connection: "
                + String.join(", ", statuses));
        if (closure.serverError().isPresent() && !isUnknownSid(closure)) {
            return Result.failed(
                    Symptom.SERVER_ERROR,
                    "intermittent " + closure.serverError().get(),
                    evidence);
        }
        boolean never = answered == 0 && good == 0 && closure.sidUnknown();
        boolean nowAndThen = good > 0 && (good < statuses.size() || closure.sidUnknown());
        if (nowAndThen || never || closure.sidUnknown() && isFoundAgain(evidence)) {
            return Result.failed(
                    Symptom.SID_UNKNOWN_INTERMITTENTLY,
                    good + " of " + statuses.size() + " requests find the session",
                    evidence);
        }
        if (closure.sidUnknown() || answered > 0 || closure.how().contains(Http.CUT)) {
            return Result.failed(Symptom.CLOSED_IN_USE, "polling session dropped by the server", evidence);
        }
        if (REFUSED.matcher(closure.how()).find()) {
            return Result.failed(Symptom.POLLING_REFUSED, "polling is rejected after the handshake", evidence);
        }
        return Result.failed(Symptom.POLLING_FAILS, "polling breaks after the handshake", evidence);
    }

    /** In words, or as netty-socketio does: with a bare 500. */
    private boolean isUnknownSid(SessionEnd closure) {
        return closure.sidUnknown()
                || engine.family() == ServerFamily.JAVA
                        && closure.serverError().filter("HTTP 500"::equals).isPresent();
    }

    /**
     * Whether a session is unknown to one request and known to a later one. The session of before has ended by now, which
     * a server may do for good; this one is not polled, so that nothing ends it in between.
     */
    private boolean isFoundAgain(List<String> evidence) {
        try (PollingTrial other = engine.openTrial(target.timeout())) {
            List<String> statuses = other.repeat(REPEATS, true, Deadline.in(target.timeout()));
            evidence.add("another session: " + String.join(", ", statuses));
            return statuses.stream().dropWhile("200"::equals).anyMatch("200"::equals);
        } catch (ExchangeException failure) {
            return false;
        }
    }
}
