package siodiag.probe.relay;

import java.util.ArrayList;
import java.util.List;
import siodiag.catalogue.Hop;
import siodiag.core.Deadline;
import siodiag.core.Wait;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Ledger;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.ServerFamily;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Flow;
import siodiag.target.Target;

/**
 * Several packets in one polling POST, as official clients send what is emitted in one go while they are over polling.
 * python-engineio discards a payload of more than 16 packets (Payload.max_decode_packets), and answers 200.
 */
final class PollingBurst {
    static final String ID = "relay.burst";
    private static final int MANY = 20;
    private static final int FEWER = 16;

    private final Target target;
    private final Transports transports;
    private final Ledger ledger;
    private final boolean kept;

    /** @param kept whether something before the server keeps clients with polling: that is the root cause then */
    PollingBurst(Target target, Transports transports, Ledger ledger, boolean kept) {
        this.target = target;
        this.transports = transports;
        this.ledger = ledger;
        this.kept = kept;
    }

    /** Whether WebSocket fails, and not by the server's own choice of transports, which python-engineio says so. */
    static boolean keepsToPolling(List<Finding> findings) {
        return findings.stream()
                .anyMatch(finding -> finding.sign() == Symptom.WEBSOCKET_FAILS
                        && finding.evidence().stream().noneMatch(seen -> seen.contains("Invalid transport")));
    }

    /** Only where it can occur and clients stay with polling. */
    boolean isCalledFor(EventBatch group) {
        ServerFamily family = transports.engine().family();
        return !transports.webSocket()
                && (family == ServerFamily.PYTHON || family == ServerFamily.UNKNOWN)
                && group.send().via() == Flow.Via.SOCKET
                && !group.isOnlyAcknowledged();
    }

    /** @param group one whose single events all arrive */
    List<Finding> run(EventBatch group, Observers hooks) throws InterruptedException {
        try {
            SocketClient sender = hooks.add(
                    EventBatch.SENDER, transports, List.of(group.send().namespace()));
            EventBatch many = send(MANY, group, sender);
            if (many.isComplete()) {
                return List.of(Finding.pass(ID, Hop.RELAY, MANY + " packets in one POST all arrive"));
            }
            EventBatch fewer = send(FEWER, group, sender);
            return fewer.isComplete() ? List.of(lost(group, many)) : List.of();
        } catch (ExchangeException failure) {
            return List.of();
        }
    }

    private EventBatch send(int count, EventBatch group, SocketClient sender) throws InterruptedException {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(ledger.open(group.send()));
        }
        entries.forEach(Ledger.Entry::sent);
        sender.emitTogether(
                group.send().namespace(),
                group.send().event(),
                entries.stream().map(entry -> entry.args).toList(),
                target.timeout());
        EventBatch burst = group.with(entries);
        ledger.await(burst::isComplete, Deadline.in(target.timings().within(Wait.POLLING_BURST)));
        return burst;
    }

    private Finding lost(EventBatch group, EventBatch many) {
        String label = group.send().label();
        String evidence = label + ": of " + MANY + " packets in one polling POST, answered with 200, "
                + many.received() / Math.max(1, many.observers().size()) + " arrive; of " + FEWER
                + " in one POST all do: "
                + "python-engineio discards a payload of more than " + FEWER
                + " packets (Payload.max_decode_packets)";
        if (kept) {
            return Finding.warn(
                    ID,
                    Hop.TRANSPORT,
                    Symptom.WEBSOCKET_FAILS,
                    transports.engine().site().endpoint().toString(),
                    "bursts over polling are lost",
                    evidence);
        }
        Finding lost = Finding.fail(
                ID,
                Hop.RELAY,
                Symptom.PARTLY_LOST,
                "more than " + FEWER + " packets in one polling POST",
                evidence,
                evidence);
        return group.flow().strict() ? lost : lost.asInfo(); // of an ordinary flow nobody promised such bursts
    }
}
