package siodiag.probe.relay;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.ledger.DeliveryReport;
import siodiag.ledger.EventBatch;
import siodiag.ledger.FlowFigures;
import siodiag.ledger.Ledger;
import siodiag.protocol.EngineSession;
import siodiag.protocol.Handshake;
import siodiag.protocol.ServerFamily;
import siodiag.protocol.SocketClient;
import siodiag.protocol.TextCodec;
import siodiag.target.Flow;
import siodiag.target.Flows;
import siodiag.target.Target;

/**
 * The flow's events on their way through this program, some hundred times and without a network: a JVM is slow at what it
 * has not done often, and what is measured is to be the server.
 */
public final class Rehearsal {
    private static final int ROUNDS = 30;
    private static final int EVENTS = 10;
    private static final String OBSERVER = "mirror";
    private static final Target NOBODY =
            Target.at(URI.create("http://127.0.0.1"), Target.DEFAULT_PATH, Duration.ofSeconds(1));

    private Rehearsal() {}

    /** Started by the first who asks, and done once. */
    private static final class Once {
        private static final CompletableFuture<Void> DONE = new Scope().fork("rehearsal", () -> {
            for (int round = 0; round < ROUNDS; round++) {
                rehearse();
            }
            return null;
        });
    }

    /** Begins in the background. */
    public static CompletableFuture<Void> begun() {
        return Once.DONE;
    }

    /** @return the account of one round */
    static FlowFigures rehearse() {
        Flow flow = Flows.ECHO;
        Flow.Send send = flow.sends(List.of("/")).get(0);
        Ledger ledger = new Ledger(flow.receive().ack());
        try (SocketClient client = new SocketClient(
                new Mirror(flow.receiveEvent(send)),
                new TextCodec(),
                (namespace, event, packet, nanos) ->
                        ledger.arrived(new Ledger.Arrival(OBSERVER, namespace, event, packet, nanos)))) {
            EventSender sender = new EventSender(NOBODY, null, client, ledger);
            List<Ledger.Entry> entries = IntStream.range(0, EVENTS)
                    .mapToObj(number -> ledger.open(send))
                    .toList();
            entries.forEach(sender::send);
            return new DeliveryReport(ledger, List.of(new EventBatch(flow, send, entries, List.of(OBSERVER))))
                    .figures();
        }
    }

    /** Acknowledges each event of namespace / and sends it back under another name. */
    private static final class Mirror extends EngineSession {
        private final String event;

        Mirror(String event) {
            super(new Handshake("rehearsal", List.of(), 25_000, 20_000, -1, ServerFamily.UNKNOWN, ""));
            this.event = event;
        }

        @Override
        protected void transmit(List<String> packets, Deadline deadline) throws IOException {
            for (String packet : packets) {
                int array = packet.indexOf('[');
                dispatch("43" + packet.substring(2, array) + "[{\"ok\":true}]");
                dispatch("42[\"" + event + '"' + packet.substring(packet.indexOf(',', array)));
            }
        }

        @Override
        public String transport() {
            return "none";
        }

        @Override
        protected void readLoop() {
            // What is sent comes back at once.
        }

        @Override
        protected void sendClose() {
            // Nobody hears it.
        }

        @Override
        protected void closeTransport() {
            // There is no connection.
        }

        @Override
        public CompletableFuture<Long> pulse() {
            return CompletableFuture.completedFuture(System.nanoTime());
        }
    }
}
