package siodiag.protocol;

import java.time.Duration;
import java.util.List;
import siodiag.core.Deadline;

/** The transports that carry a session to this server, and the one that the further probes use. */
public record Transports(Engine engine, boolean polling, boolean webSocket) {

    /** The same, with other credentials shown on every request and upgrade. */
    public Transports with(Credentials shown) {
        return new Transports(engine.with(shown), polling, webSocket);
    }

    public boolean any() {
        return polling || webSocket;
    }

    /** The transports as the official clients name them, in the order to try. */
    public List<String> names() {
        return polling && webSocket ? List.of("polling", "websocket") : List.of(polling ? "polling" : "websocket");
    }

    /** Opens a client over WebSocket where that works, else over polling. */
    public SocketClient open(SocketClient.EventListener listener, Duration timeout) throws ExchangeException {
        Deadline deadline = Deadline.in(timeout);
        EngineSession session = webSocket ? engine.openWebSocket(deadline) : engine.openPolling(deadline);
        return engine.client(session, listener);
    }

    /** A client that only looks at answers, not at events. */
    public SocketClient open(Duration timeout) throws ExchangeException {
        return open((namespace, event, args, nanos) -> {}, timeout);
    }
}
