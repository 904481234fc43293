package siodiag.probe.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import siodiag.core.Deadline;
import siodiag.core.Pace;
import siodiag.core.Stopwatch;
import siodiag.ledger.Ledger;
import siodiag.protocol.Engine;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Http;
import siodiag.protocol.HttpReply;
import siodiag.protocol.HttpRequest;
import siodiag.protocol.SocketClient;
import siodiag.protocol.UnknownNamespace;
import siodiag.target.Flow;
import siodiag.target.Target;

/** Sends events as a hook does, over its own connection or by HTTP, and enters what the server says into the ledger. */
public final class EventSender {
    /** What an event, or its POST, may cost the server for a burst of them to pass in time, milliseconds. */
    private static final double CHEAP_MS = 40;

    private final Target target;
    private final Engine engine;
    private final SocketClient client;
    private final Ledger ledger;

    public EventSender(Target target, Engine engine, SocketClient client, Ledger ledger) {
        this.target = target;
        this.engine = engine;
        this.client = client;
        this.ledger = ledger;
    }

    /**
     * Sends all, in order; at a rate where one is given, else as fast as the server takes them: one right after the
     * other once an event was seen to cost it little, until then each behind the answer to the one before, and as many
     * as there is time for. Ends early where the server takes no more: its session has ended, or a POST got no answer.
     *
     * @param bareMs how long the server takes for a bare answer, milliseconds
     * @param answerTimeout how long to go on with a server that takes long for each
     * @return whether the server kept up, and all were sent
     */
    public boolean send(List<Ledger.Entry> entries, double rate, double bareMs, Duration answerTimeout)
            throws InterruptedException {
        return send(entries, rate, bareMs, answerTimeout, count -> {});
    }

    /** The same. @param progress told how many are sent, after each */
    boolean send(List<Ledger.Entry> entries, double rate, double bareMs, Duration answerTimeout, IntConsumer progress)
            throws InterruptedException {
        Pace pace = new Pace(rate);
        Deadline enough = Deadline.in(answerTimeout);
        boolean cheap = rate > 0;
        int sent = 0;
        for (Ledger.Entry entry : entries) {
            pace.awaitTurn();
            if (client.closure().isDone() && entry.send.via() == Flow.Via.SOCKET || !cheap && enough.passed()) {
                return false;
            }
            Stopwatch watch = new Stopwatch();
            send(entry);
            progress.accept(++sent);
            if (entry.send.via() == Flow.Via.HTTP && entry.failure().contains(Http.NO_ANSWER)) {
                return false;
            }
            cheap = cheap
                    || (entry.send.via() == Flow.Via.HTTP
                                    ? watch.millis()
                                    : answerMs(Duration.ofMillis(Math.max(1, enough.millisLeft()))) - bareMs)
                            < CHEAP_MS;
        }
        return cheap;
    }

    public void send(Ledger.Entry entry) {
        entry.sent();
        if (entry.send.via() == Flow.Via.HTTP) {
            post(entry);
        } else {
            emit(entry);
        }
    }

    /** How long the server takes for a bare answer behind all that was sent, in milliseconds. */
    double answerMs() {
        return answerMs(target.timeout());
    }

    private double answerMs(Duration answerTimeout) {
        Stopwatch watch = new Stopwatch();
        client.connect(UnknownNamespace.namespace(), "", answerTimeout).join();
        return watch.millis();
    }

    private void emit(Ledger.Entry entry) {
        client.emit(entry.send.namespace(), entry.send.event(), entry.args, target.timeout())
                .whenComplete((JsonNode message, Throwable none) -> {
                    if (none == null) {
                        entry.acknowledged(message);
                    }
                    ledger.changed();
                });
    }

    private void post(Ledger.Entry entry) {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        HttpRequest request = HttpRequest.post(
                engine.site().withQuery(entry.send.path()),
                target.token() == null
                        ? json
                        : Map.of("Content-Type", "application/json", "X-Auth-Token", target.token()),
                entry.args.get(0).toString().getBytes(StandardCharsets.UTF_8));
        try {
            HttpReply reply = engine.site().exchange(request, Deadline.in(target.timeout()));
            if (reply.status() >= 200 && reply.status() < 300) {
                entry.acknowledged(TextNode.valueOf("HTTP " + reply.status()));
            } else {
                entry.failed(reply.evidence());
            }
        } catch (ExchangeException failure) {
            entry.failed(failure.evidence());
        }
        ledger.changed();
    }
}
