package siodiag;

import java.time.Duration;
import java.util.List;

/** The transports that carry a session to this server, and the one that the further probes use. */
record Transports(Engine engine, boolean polling, boolean webSocket) {

    boolean any() {
        return polling || webSocket;
    }

    /** The transports as the official clients name them, in the order to try. */
    List<String> names() {
        return polling && webSocket ? List.of("polling", "websocket")
                : List.of(polling ? "polling" : "websocket");
    }

    /** Opens a client over WebSocket where that works, else over polling. */
    SocketClient open(SocketClient.EventListener listener, Duration timeout) throws WireFailure {
        Deadline deadline = Deadline.in(timeout);
        EngineSession session = webSocket ? engine.openWebSocket(deadline) : engine.openPolling(deadline);
        return new SocketClient(session, listener);
    }

    /** A client that only looks at answers, not at events. */
    SocketClient open(Duration timeout) throws WireFailure {
        return open((namespace, event, args, nanos) -> { }, timeout);
    }
}
