package siodiag;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Hop event: whether an event of nearly 64 KiB gets through, over each transport. It travels as the acknowledgement of
 * an event that never was, which every server reads and none hands on.
 */
final class PayloadProbe {
    private static final String ID = "event.payload";
    private static final int ORDINARY = 64 * 1024;
    private static final int SENT = 60 * 1024;
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
        List<CompletableFuture<String>> attempts = new ArrayList<>();
        if (transports.polling()) {
            attempts.add(Threads.start(() -> attempt(target, new Transports(transports.engine(), true, false), namespace)));
        }
        if (transports.webSocket()) {
            attempts.add(Threads.start(() -> attempt(target, new Transports(transports.engine(), false, true), namespace)));
        }
        List<String> refusals = attempts.stream().map(CompletableFuture::join).filter(told -> !told.isEmpty()).toList();
        findings.add((refusals.isEmpty() ? Finding.pass(ID, Hop.EVENT, SENT + " bytes in one packet are taken")
                : Finding.warn(ID, Hop.EVENT, Sign.LARGE_EVENT_REFUSED, here, "a large packet is refused")
                        .withEvidence(refusals)).took(watch.millis()));
    }

    /** Empty where the packet is taken, else how it was refused. */
    private static String attempt(Target target, Transports transports, String namespace) {
        String transport = transports.webSocket() ? "WebSocket" : "polling";
        try (SocketClient client = transports.open(target.timeout())) {
            client.connect(namespace, target.auth(), target.timeout()).join();
            String json = "[\"" + "x".repeat(SENT) + "\"]";
            client.send(new SocketPacket(SocketPacket.ACK, 0, namespace, NEVER_ASKED, json), target.timeout());
            Admission after = client.connect(Decoy.namespace(), "", target.timeout()).join();
            return after instanceof Admission.Closed closed && !closed.closure().how().contains(Http.NO_ANSWER)
                    ? SENT + " bytes over " + transport + ": " + closed.closure().how() : "";
        } catch (WireFailure failure) {
            return "";
        }
    }
}
