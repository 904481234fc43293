package siodiag.traffic;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import siodiag.protocol.ServerFamily;
import siodiag.recording.RecordedEvent;
import siodiag.server.EngineVersion;

/** One Engine.IO session as its bytes tell it. */
final class TrafficSession {
    private static final int MAX_PENDING = 1000;

    final String name;
    final String sid;
    final EngineVersion version;
    final ServerFamily family;
    final long pingMs;
    final String fingerprint;
    final PacketReader in;
    final PacketReader out;
    /** Socket.IO ids by namespace; of Engine.IO 3, where the id is the session's, the client's name. */
    final Map<String, String> sockets = new HashMap<>();

    String transport;
    long lastAt;
    boolean ended;
    /** Who said goodbye on the protocol's level, and how; null while nobody did. */
    String goodbye;

    RecordedEvent.Direction goodbyeBy;

    private final Map<String, Asked> unanswered = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Asked> eldest) {
            return size() > MAX_PENDING;
        }
    };

    /** An event that wants an acknowledgement. */
    record Asked(String event, long at) {}

    /** @param pingMs how long either side may be silent: interval and timeout together */
    TrafficSession(
            String name,
            String sid,
            EngineVersion version,
            ServerFamily family,
            long pingMs,
            String fingerprint,
            String transport,
            PacketReader.LastPacket lastPacket,
            long at) {
        this.name = name;
        this.sid = sid;
        this.version = version;
        this.family = family;
        this.pingMs = pingMs;
        this.fingerprint = fingerprint;
        this.transport = transport;
        this.in = new PacketReader(lastPacket);
        this.out = new PacketReader(lastPacket);
        this.lastAt = at;
    }

    PacketReader reader(RecordedEvent.Direction direction) {
        return direction == RecordedEvent.Direction.IN ? in : out;
    }

    void asks(RecordedEvent.Direction direction, String namespace, long id, String event, long at) {
        unanswered.put(direction + namespace + "#" + id, new Asked(event, at));
    }

    /** The event that an acknowledgement in this direction answers; null where none is known. */
    Asked answered(RecordedEvent.Direction direction, String namespace, long id) {
        RecordedEvent.Direction asked =
                direction == RecordedEvent.Direction.IN ? RecordedEvent.Direction.OUT : RecordedEvent.Direction.IN;
        return unanswered.remove(asked + namespace + "#" + id);
    }

    String socket(String namespace) {
        return sockets.getOrDefault(namespace, name);
    }
}
