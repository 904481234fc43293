package siodiag.traffic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import siodiag.core.Json;
import siodiag.core.JsonText;
import siodiag.core.Text;
import siodiag.protocol.Handshake;
import siodiag.recording.RecordedEvent;
import siodiag.server.EngineVersion;
import siodiag.server.ServerEvent;

/** The sessions that are there, by their ids, from handshake to end. */
final class TrafficSessions {
    private static final int MAX_SESSIONS = 20_000;
    private static final int MAX_ENDED = 200;
    private static final int MAX_PATH = 160;
    private static final long SAME_CLIENT_MS = 60_000;
    private static final int GRACE_MS = 5_000;
    private static final int ABNORMAL = 1006;

    private final Consumer<ServerEvent> sink;
    private final Map<String, TrafficSession> bySid = new LinkedHashMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private final PacketReader.LastPacket lastPacket = new PacketReader.LastPacket();
    private int named;

    private record Ended(String name, String fingerprint, long at) {}

    TrafficSessions(Consumer<ServerEvent> sink) {
        this.sink = sink;
    }

    /** That of a request; null where it has none, or one that is not there. */
    TrafficSession of(HttpMessages.Request request) {
        return bySid.get(request.parameter("sid"));
    }

    TrafficSession begin(HttpMessages.Request request, Handshake handshake, String transport, long at) {
        EngineVersion asked = EngineVersion.of(request.parameter("EIO"));
        TrafficSession session = new TrafficSession(
                "c" + ++named,
                handshake.sid(),
                asked == null ? EngineVersion.EIO4 : asked,
                handshake.family(),
                handshake.pingIntervalMs() + handshake.pingTimeoutMs(),
                Fingerprint.of(request),
                transport,
                lastPacket,
                at);
        if (bySid.size() >= MAX_SESSIONS) {
            Iterator<TrafficSession> oldest = bySid.values().iterator();
            oldest.next();
            oldest.remove();
        }
        bySid.put(handshake.sid(), session);
        ObjectNode announced = announced(request, handshake, session);
        sink.accept(EventDraft.of(session, at, RecordedEvent.Kind.HANDSHAKE, RecordedEvent.Direction.OUT)
                .args(JsonText.array(List.of(announced.toString())))
                .detail("Engine.IO " + announced.path("engine").asInt() + " at " + Text.cut(request.path(), MAX_PATH)
                        + again(session, at))
                .build());
        return session;
    }

    /** What the server announced, without the session's id; and where in the request credentials stood. */
    private static ObjectNode announced(HttpMessages.Request request, Handshake handshake, TrafficSession session) {
        ObjectNode announced = Json.MAPPER.createObjectNode();
        announced.put("engine", session.version == EngineVersion.EIO4 ? 4 : 3);
        announced.put("family", handshake.family().name().toLowerCase(Locale.ROOT));
        announced.put("pingInterval", handshake.pingIntervalMs()).put("pingTimeout", handshake.pingTimeoutMs());
        announced.put("maxPayload", handshake.maxPayload());
        announced.put("path", request.path());
        handshake.upgrades().forEach(announced.withArray("upgrades")::add);
        Fingerprint.credentials(request).forEach(announced.withArray("credentials")::add);
        return announced;
    }

    /** Whether the client was there before: the same page or program, gone for less than a minute. */
    private String again(TrafficSession session, long at) {
        for (Iterator<Ended> it = ended.iterator(); it.hasNext(); ) {
            Ended before = it.next();
            if (before.fingerprint.equals(session.fingerprint) && at - before.at <= SAME_CLIENT_MS) {
                it.remove();
                return ", probably " + before.name + " again, after "
                        + Text.duration(Duration.ofMillis(at - before.at));
            }
        }
        return "";
    }

    void end(TrafficSession session, RecordedEvent.Direction by, int code, String how, long at) {
        if (session.ended) {
            return;
        }
        session.ended = true;
        bySid.remove(session.sid);
        ended.addLast(new Ended(session.name, session.fingerprint, at));
        if (ended.size() > MAX_ENDED) {
            ended.removeFirst();
        }
        sink.accept(EventDraft.of(session, at, RecordedEvent.Kind.CLOSE, by)
                .status(code)
                .detail(how)
                .build());
    }

    /** Polling sessions of which nothing was heard for longer than either side may be silent are over. */
    void sweep(long at) {
        List<TrafficSession> silent = bySid.values().stream()
                .filter(session ->
                        session.transport.equals("polling") && at - session.lastAt > session.pingMs + GRACE_MS)
                .toList();
        silent.forEach(session -> end(
                session,
                RecordedEvent.Direction.IN,
                0,
                "no request for " + Text.duration(Duration.ofMillis(at - session.lastAt)),
                at));
    }

    /** Sessions in which the heartbeat stopped are over, even where nothing was seen of their end. */
    void finish(long at) {
        List<TrafficSession> silent = bySid.values().stream()
                .filter(session -> at - session.lastAt > session.pingMs + 1000)
                .toList();
        silent.forEach(session -> end(
                session,
                RecordedEvent.Direction.OUT,
                ABNORMAL,
                "nothing passed any more for longer than the heartbeat allows,",
                session.lastAt));
    }
}
