package siodiag;

import java.util.Map;

/**
 * An Engine.IO server that was found, and how sessions with it are opened.
 *
 * @param polling whether polling handshakes are answered
 */
record Engine(Site site, Handshake handshake, boolean polling) {

    Family family() {
        return handshake.family();
    }

    EngineSession openPolling(Deadline deadline) throws WireFailure {
        return PollingSession.open(site, Map.of(), deadline);
    }

    EngineSession openWebSocket(Deadline deadline) throws WireFailure {
        return WebSocketSession.open(site, Map.of(), deadline);
    }
}
