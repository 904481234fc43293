package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Hop event: whether an event of nearly 64 KiB gets through, over each transport. It travels as the acknowledgement of
 * an event that never was, which every server reads and none hands on.
 */
final class PayloadProbe {
    private static final String ID = "event.payload";
    private static final int ORDINARY = 64 * 1024;
    private static final int LARGE = 60 * 1024;
    private static final int SMALL = 60;
    private static final long NEVER_ASKED = 987_654_321_012L;

    private PayloadProbe() {
    }

    /** @param namespace one that lets the token in: packets for others would end the session */
    static void run(Target target, Transports transports, String namespace, Findings findings) {
        Stopwatch watch = new Stopwatch();
        Handshake handshake = transports.engine().handshake();
        String here = transports.engine().site().endpoint().toString();
        if (handshake.maxPayload() >= 0 && handshake.maxPayload() < ORDINARY) {
            findings.add(Finding.warn(ID, Hop.EVENT, Sign.LARGE_EVENT_REFUSED, here, "payload limit below 64 KiB",
                    "the handshake announces maxPayload " + handshake.maxPayload() + " bytes, less than " + ORDINARY));
            return;
        }
        List<CompletableFuture<Attempt>> attempts = new ArrayList<>();
        if (transports.polling()) {
            attempts.add(Threads.start(() -> attempt(target, new Transports(transports.engine(), true, false), namespace)));
        }
        if (transports.webSocket()) {
            attempts.add(Threads.start(() -> attempt(target, new Transports(transports.engine(), false, true), namespace)));
        }
        findings.add(judge(here, attempts.stream().map(CompletableFuture::join).toList()).took(watch.millis()));
    }

    /** @param refusal how the session closed at large packets and not at a small one; else empty */
    private record Attempt(boolean isTaken, String refusal) {
        static final Attempt TAKEN = new Attempt(true, "");
        static final Attempt UNCLEAR = new Attempt(false, "");
    }

    private static Finding judge(String here, List<Attempt> attempts) {
        List<String> refusals = attempts.stream().map(Attempt::refusal).filter(told -> !told.isEmpty()).toList();
        if (!refusals.isEmpty()) {
            return Finding.warn(ID, Hop.EVENT, Sign.LARGE_EVENT_REFUSED, here, "a large packet is refused")
                    .withEvidence(refusals);
        }
        return attempts.stream().allMatch(Attempt::isTaken)
                ? Finding.pass(ID, Hop.EVENT, LARGE + " bytes in one packet are taken")
                : Finding.skip(ID, Hop.EVENT, "a session that outlasts a small packet");
    }

    /** A large packet, and where it ends the session a small one and a large one again: was its size the reason? */
    private static Attempt attempt(Target target, Transports transports, String namespace) {
        try {
            Optional<String> large = closing(target, transports, namespace, LARGE);
            if (large.isEmpty()) {
                return Attempt.TAKEN;
            }
            boolean bySize = closing(target, transports, namespace, SMALL).isEmpty()
                    && closing(target, transports, namespace, LARGE).isPresent();
            return !bySize ? Attempt.UNCLEAR : new Attempt(false, LARGE + " bytes over "
                    + (transports.webSocket() ? "WebSocket" : "polling") + ": " + large.get() + "; " + SMALL
                    + " bytes are taken");
        } catch (WireFailure failure) {
            return Attempt.UNCLEAR;
        }
    }

    /** How a packet of so many bytes ends the session; empty where it does not. */
    private static Optional<String> closing(Target target, Transports transports, String namespace, int size)
            throws WireFailure {
        try (SocketClient client = transports.open(target.timeout())) {
            Admission admission = client.connect(namespace, target.auth(), target.timeout()).join();
            if (!(admission instanceof Admission.Joined)) { // Node ends the session at a packet for a namespace not joined.
                throw new WireFailure(WireFailure.Kind.CLOSED, "CONNECT " + namespace + ": " + Admission.describe(admission));
            }
            String json = "[\"" + "x".repeat(size) + "\"]";
            client.send(new SocketPacket(SocketPacket.ACK, 0, namespace, NEVER_ASKED, json), target.timeout());
            Admission after = client.connect(Decoy.namespace(), "", target.timeout()).join();
            return after instanceof Admission.Closed closed && !closed.closure().how().contains(Http.NO_ANSWER)
                    ? Optional.of(closed.closure().how()) : Optional.empty();
        }
    }
}
