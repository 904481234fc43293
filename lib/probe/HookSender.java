package siodiag;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Sends events as a hook does, over its own connection or by HTTP, and enters what the server says into the ledger. */
final class HookSender {
    private final Target target;
    private final Engine engine;
    private final SocketClient client;
    private final Ledger ledger;

    HookSender(Target target, Engine engine, SocketClient client, Ledger ledger) {
        this.target = target;
        this.engine = engine;
        this.client = client;
        this.ledger = ledger;
    }

    /**
     * Sends all, in order; at a rate where one is given, else one right after the other. Ends early where the server
     * takes no more: its session has ended, or a POST got no answer in time.
     */
    void send(List<Ledger.Entry> entries, double rate) {
        Pace pace = new Pace(rate);
        for (Ledger.Entry entry : entries) {
            pace.awaitTurn();
            if (client.session().isEnded() && entry.send.via() == Flow.Via.SOCKET) {
                return;
            }
            send(entry);
            if (entry.send.via() == Flow.Via.HTTP && entry.failure().contains(Http.NO_ANSWER)) {
                return;
            }
        }
    }

    void send(Ledger.Entry entry) {
        entry.sent();
        if (entry.send.via() == Flow.Via.HTTP) {
            post(entry);
        } else {
            emit(entry);
        }
    }

    /** How long the server takes for a bare answer behind all that was sent, in milliseconds. */
    double answerMs() {
        Stopwatch watch = new Stopwatch();
        client.connect(Decoy.namespace(), "", target.timeout()).join();
        return watch.millis();
    }

    private void emit(Ledger.Entry entry) {
        client.emit(entry.send.namespace(), entry.send.event(), entry.data, target.timeout())
                .whenComplete((JsonNode words, Throwable none) -> {
                    if (none == null) {
                        entry.acknowledged(words.toString());
                    }
                    ledger.changed();
                });
    }

    private void post(Ledger.Entry entry) {
        HttpRequest request = HttpRequest.post(entry.send.path(),
                Map.of("Content-Type", "application/json", "X-Auth-Token", target.token()),
                entry.data.toString().getBytes(StandardCharsets.UTF_8));
        try {
            HttpReply reply = engine.site().exchange(request, Deadline.in(target.timeout()));
            if (reply.status() >= 200 && reply.status() < 300) {
                entry.acknowledged("HTTP " + reply.status());
            } else {
                entry.failed(reply.evidence());
            }
        } catch (WireFailure failure) {
            entry.failed(failure.evidence());
        }
        ledger.changed();
    }
}
