package siodiag.passive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import siodiag.core.Json;
import siodiag.protocol.ServerFamily;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** The sessions as the events tell them: begin, end, use, pings. The oldest are forgotten where there are too many. */
final class Sessions {
    private static final int MAX_SESSIONS = 20_000;

    private final Map<String, Session> all = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > MAX_SESSIONS;
        }
    };

    /** One client's session. Times in milliseconds since 1970; 0 for never. */
    static final class Session {
        final String client;
        final long begun;
        final long pingInterval;
        final long pingTimeout;
        final long maxPayload;
        final String path;
        final ServerFamily family;
        final Map<String, Long> connected = new HashMap<>();
        final Set<String> refused = new HashSet<>();
        long ended;
        /** When anything last passed; {@code quiet} is the time from there to the end. */
        long lastAt;

        long quiet;
        long lastPing;
        boolean pingOpen;
        String lastEvent = "";
        int lastSize;
        long lastSizeAt;

        Session(String client, long begun, JsonNode announced) {
            this.client = client;
            this.begun = begun;
            this.lastAt = begun;
            this.lastPing = begun;
            this.pingInterval = announced.path("pingInterval").asLong();
            this.pingTimeout = announced.path("pingTimeout").asLong();
            this.maxPayload = announced.path("maxPayload").asLong(-1);
            this.path = announced.path("path").asText("");
            this.family = family(announced.path("family").asText("unknown"));
        }

        private static ServerFamily family(String name) {
            for (ServerFamily family : ServerFamily.values()) {
                if (family.name().equalsIgnoreCase(name)) {
                    return family;
                }
            }
            return ServerFamily.UNKNOWN;
        }

        boolean isOpen() {
            return ended == 0;
        }

        long livedMs() {
            return ended - begun;
        }
    }

    Session on(ServerEvent event) {
        if (event.client() == null) {
            return null;
        }
        if (event.kind() == RecordedEvent.Kind.HANDSHAKE) {
            Session session = new Session(
                    event.client(),
                    event.at(),
                    Json.parse(String.valueOf(event.args())).path(0));
            all.put(event.client(), session);
            return session;
        }
        Session session = all.get(event.client());
        if (session != null) {
            take(session, event);
        }
        return session;
    }

    private static void take(Session session, ServerEvent event) {
        switch (event.kind()) {
            case CONNECT -> session.connected.putIfAbsent(String.valueOf(event.namespace()), event.at());
            case CLOSE -> {
                session.ended = event.at();
                session.quiet = event.at() - session.lastAt;
            }
            case UPGRADE -> {
                // nothing of the application
            }
            case PING -> {
                session.pingOpen = event.isOut();
                session.lastPing = event.isOut() ? event.at() : session.lastPing;
            }
            case PONG -> session.pingOpen = false;
            case REFUSED -> {
                if (event.namespace() != null) {
                    session.refused.add(event.namespace());
                }
            }
            default -> {
                if (event.isIn()) {
                    session.lastEvent = event.event() == null ? session.lastEvent : event.event();
                    session.lastSize = event.bytes();
                    session.lastSizeAt = event.at();
                }
            }
        }
        if (event.kind() != RecordedEvent.Kind.CLOSE && event.direction() != RecordedEvent.Direction.NONE) {
            session.lastAt = event.at();
        }
    }

    Session get(String client) {
        return all.get(client);
    }

    Collection<Session> all() {
        return all.values();
    }
}
