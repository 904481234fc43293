package siodiag.probe.relay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Json;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.finding.Finding;
import siodiag.finding.Findings;
import siodiag.finding.Symptom;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Engine;
import siodiag.protocol.EngineSession;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Http;
import siodiag.protocol.HttpReply;
import siodiag.protocol.HttpRequest;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.protocol.UnknownNamespace;
import siodiag.target.Target;

/**
 * Hop event: whether an event of nearly 64 KiB gets through, over each transport. It travels in a
 * CONNECT to a namespace that no server has, which every server reads and no application sees.
 */
public final class PayloadProbe {
    private static final String ID = "event.payload";
    private static final int ORDINARY = 64 * 1024;
    private static final int LARGE = 60 * 1024;
    private static final int SMALL = 60;
    private static final String PACKETS_APART = "\u001e";

    private PayloadProbe() {}

    /** What the handshake announces: nothing is sent for it. @return whether that says it all */
    public static boolean announced(Transports transports, Findings findings) {
        long limit = transports.engine().handshake().maxPayload();
        boolean low = limit >= 0 && limit < ORDINARY;
        if (low) {
            findings.add(Finding.warn(
                    ID,
                    Hop.EVENT,
                    Symptom.LARGE_EVENT_REFUSED,
                    transports.engine().site().endpoint().toString(),
                    "payload limit below 64 KiB",
                    "the handshake announces maxPayload " + limit + " bytes, less than " + ORDINARY));
        }
        return low;
    }

    public static void run(Target target, Transports transports, Findings findings) {
        Stopwatch watch = new Stopwatch();
        String here = transports.engine().site().endpoint().toString();
        List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
        if (transports.polling()) {
            attempts.add(Scope.current()
                    .fork(
                            "payload over polling",
                            () -> attempt(target, new Transports(transports.engine(), true, false))));
        }
        if (transports.webSocket()) {
            attempts.add(Scope.current()
                    .fork(
                            "payload over WebSocket",
                            () -> attempt(target, new Transports(transports.engine(), false, true))));
        }
        findings.add(judge(here, attempts.stream().map(CompletableFuture::join).toList())
                .took(watch.millis()));
    }

    /** @param refusal how the session closed at large packets and not at a small one; else empty */
    private record Attempt(boolean isTaken, String refusal) {
        static final Attempt TAKEN = new Attempt(true, "");
        static final Attempt UNCLEAR = new Attempt(false, "");
    }

    private static Finding judge(String here, List<Attempt> attempts) {
        List<String> refusals = attempts.stream()
                .map(Attempt::refusal)
                .filter(told -> !told.isEmpty())
                .toList();
        if (!refusals.isEmpty()) {
            return Finding.warn(ID, Hop.EVENT, Symptom.LARGE_EVENT_REFUSED, here, "a large packet is rejected")
                    .withEvidence(refusals);
        }
        return attempts.stream().allMatch(Attempt::isTaken)
                ? Finding.pass(ID, Hop.EVENT, LARGE + " bytes in one packet are accepted")
                : Finding.skip(ID, Hop.EVENT, "a session that survives a small packet");
    }

    /** A large packet, and where it ends the session a small one and a large one again: was its size the reason? */
    private static Attempt attempt(Target target, Transports transports) {
        try {
            Optional<String> large = closing(target, transports, LARGE);
            if (large.isEmpty()) {
                return Attempt.TAKEN;
            }
            boolean bySize = closing(target, transports, SMALL).isEmpty()
                    && closing(target, transports, LARGE).isPresent();
            return !bySize
                    ? Attempt.UNCLEAR
                    : new Attempt(
                            false,
                            LARGE + " bytes over "
                                    + (transports.webSocket() ? "WebSocket" : "polling") + ": " + large.get() + "; "
                                    + SMALL
                                    + " bytes are taken");
        } catch (ExchangeException failure) {
            return Attempt.UNCLEAR;
        }
    }

    /** How a packet of so many bytes ends the session; empty where it does not. */
    private static Optional<String> closing(Target target, Transports transports, int size) throws ExchangeException {
        return transports.webSocket()
                ? closingFrame(target, transports, size)
                : refusedPost(transports.engine(), size, Deadline.in(target.timeout()));
    }

    private static Optional<String> closingFrame(Target target, Transports transports, int size)
            throws ExchangeException {
        try (SocketClient client = transports.open(target.timeout())) {
            ConnectResult answer = client.connect(UnknownNamespace.namespace(), padding(size), target.timeout())
                    .join();
            return answer instanceof ConnectResult.SessionClosed closed
                            && !closed.closure().how().contains(Http.NO_ANSWER)
                    ? Optional.of(closed.closure().how())
                    : Optional.empty();
        }
    }

    /** One POST tells; a close packet in it ends the session. */
    private static Optional<String> refusedPost(Engine engine, int size, Deadline deadline) throws ExchangeException {
        EngineSession session = engine.openPolling(deadline);
        String packets =
                "40" + UnknownNamespace.namespace() + "," + padding(size) + PACKETS_APART + EngineSession.CLOSE;
        try {
            HttpReply reply = engine.site()
                    .exchange(
                            HttpRequest.post(
                                            engine.site().sessionTarget("polling", session.handshake()),
                                            session.cookieHeader(),
                                            packets.getBytes(StandardCharsets.US_ASCII))
                                    .with("Content-Type", "text/plain;charset=UTF-8"),
                            deadline);
            return reply.status() == 200 ? Optional.empty() : Optional.of("POST answered " + reply.evidence());
        } catch (ExchangeException failure) {
            return failure.getMessage().contains(Http.NO_ANSWER) ? Optional.empty() : Optional.of(failure.evidence());
        } finally {
            session.cut();
        }
    }

    private static String padding(int size) {
        return Json.write(Map.of("padding", "x".repeat(size)));
    }
}
