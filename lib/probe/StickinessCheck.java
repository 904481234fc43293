package siodiag;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a polling session works, request after request on fresh connections; and where it does not, whether the
 * requests reach different processes (now and then "Session ID unknown") or the server gave the session up.
 */
final class StickinessCheck {
    /** By a proxy that lets only GET through, for one. */
    private static final Pattern REFUSED = Pattern.compile("answered HTTP 4\\d\\d\\b");
    private static final int PACKETS = 4;
    private static final int REPEATS = 8;

    private final Target target;
    private final Engine engine;

    /**
     * @param sign     null where it works
     * @param answered whether the server answered a packet that was sent over polling
     */
    record Result(Sign sign, boolean answered, String detail, List<String> evidence) {
        static Result failed(Sign sign, String detail, List<String> evidence) {
            return new Result(sign, false, detail, evidence);
        }
    }

    StickinessCheck(Target target, Engine engine) {
        this.target = target;
        this.engine = engine;
    }

    Result run() {
        Stopwatch watch = new Stopwatch();
        EngineSession session;
        try {
            session = engine.openPolling(Deadline.in(target.timeout()));
        } catch (WireFailure failure) {
            List<String> evidence = List.of("first: " + Text.quote(engine.handshake().raw(), 160),
                    "later: " + failure.evidence());
            return Closure.unopened(failure).serverError()
                    .map(status -> Result.failed(Sign.SERVER_ERROR, status + " now and then", evidence))
                    .orElseGet(() -> Result.failed(Sign.SECOND_CONNECTION_FAILS, "another polling handshake fails", evidence));
        }
        try (SocketClient client = new SocketClient(session, (namespace, event, args, nanos) -> { })) {
            int answered = 0;
            for (int i = 0; i < PACKETS; i++) {
                Admission answer = client.connect(Decoy.namespace(), "", target.timeout()).join();
                if (answer instanceof Admission.Closed closed) {
                    return explain(session, closed.closure(), answered);
                }
                answered += answer instanceof Admission.Silent ? 0 : 1;
                if (answer instanceof Admission.Silent) {
                    break;
                }
            }
            return new Result(null, answered > 0, String.format(Locale.ROOT,
                    "%d packets each way over polling, %.1f ms", answered, watch.millis()), List.of());
        }
    }

    private Result explain(EngineSession session, Closure closure, int answered) {
        List<String> statuses = repeat(session);
        long good = statuses.stream().filter("200"::equals).count();
        List<String> evidence = new ArrayList<>();
        evidence.add("session " + Secrets.mask(session.handshake().sid()) + ": handshake answered 200, then "
                + closure.how());
        evidence.add(statuses.size() + " more requests with the same session, each on a fresh connection: "
                + String.join(", ", statuses));
        if (closure.serverError().isPresent() && !saysUnknownSid(closure)) {
            return Result.failed(Sign.SERVER_ERROR, closure.serverError().get() + " now and then", evidence);
        }
        boolean never = answered == 0 && good == 0 && closure.sidUnknown();
        boolean nowAndThen = good > 0 && (good < statuses.size() || closure.sidUnknown());
        if (nowAndThen || never || closure.sidUnknown() && isFoundAgain(evidence)) {
            return Result.failed(Sign.SID_UNKNOWN_NOW_AND_THEN, good + " of " + statuses.size()
                    + " requests find the session", evidence);
        }
        if (closure.sidUnknown() || answered > 0) {
            return Result.failed(Sign.CLOSED_IN_USE, "polling session given up by the server", evidence);
        }
        if (REFUSED.matcher(closure.how()).find()) {
            return Result.failed(Sign.POLLING_REFUSED, "polling is refused after the handshake", evidence);
        }
        return Result.failed(Sign.POLLING_FAILS, "polling breaks after the handshake", evidence);
    }

    /** In words, or as netty-socketio does: with a bare 500. */
    private boolean saysUnknownSid(Closure closure) {
        return closure.sidUnknown()
                || engine.family() == Family.JAVA && closure.serverError().filter("HTTP 500"::equals).isPresent();
    }

    /**
     * Whether a session is unknown to one request and known to a later one. The session of before has ended by now, which
     * a server may do for good; this one is not polled, so that nothing ends it in between.
     */
    private boolean isFoundAgain(List<String> evidence) {
        try (EngineSession session = engine.openPolling(Deadline.in(target.timeout()))) {
            List<String> statuses = repeat(session);
            evidence.add("another session: " + String.join(", ", statuses));
            return statuses.stream().dropWhile("200"::equals).anyMatch("200"::equals);
        } catch (WireFailure failure) {
            return false;
        }
    }

    /** One POST after the other with one session: the status of each. A pong is taken by every server at any time. */
    private List<String> repeat(EngineSession session) {
        List<String> statuses = new ArrayList<>();
        HttpRequest pong = HttpRequest.post(engine.site().sessionTarget("polling", session.handshake()),
                session.cookieHeader(), EngineSession.PONG.getBytes(StandardCharsets.US_ASCII))
                .with("Content-Type", "text/plain;charset=UTF-8");
        Deadline deadline = Deadline.in(target.timeout());
        for (int i = 0; i < REPEATS && !deadline.passed(); i++) {
            try {
                HttpReply reply = engine.site().exchange(pong, deadline);
                statuses.add(reply.status() == 200 ? "200" : (reply.status() + " "
                        + Text.cut(reply.body().strip(), 60)).strip());
            } catch (WireFailure failure) {
                statuses.add(failure.getMessage());
            }
        }
        return statuses;
    }
}
