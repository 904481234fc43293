package siodiag.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import siodiag.core.Json;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;
import siodiag.server.EnginePacket;
import siodiag.server.EngineVersion;
import siodiag.server.ServerEvent;
import siodiag.server.ServerPacket;

/** The packets of a session as events. */
final class SessionDecoder {
    private static final int MAX_QUOTED = 160;

    private final Consumer<ServerEvent> sink;

    SessionDecoder(Consumer<ServerEvent> sink) {
        this.sink = sink;
    }

    /** @throws MalformedInputException where it can't be parsed */
    void read(TrafficSession session, RecordedEvent.Direction direction, EnginePacket packet, long at) {
        if (packet.isBinary()) {
            session.reader(direction).binary(packet.binary()).ifPresent(read -> socket(session, direction, read, at));
            return;
        }
        switch (packet.type()) {
            case '1' -> goodbye(session, direction, "an Engine.IO close packet of " + who(direction));
            case '2' ->
                sink.accept(EventDraft.of(session, at, RecordedEvent.Kind.PING, direction)
                        .bytes(1)
                        .build());
            case '3' ->
                sink.accept(EventDraft.of(session, at, RecordedEvent.Kind.PONG, direction)
                        .bytes(1)
                        .build());
            case '4' ->
                session.reader(direction).text(packet.text()).ifPresent(read -> socket(session, direction, read, at));
            case '0', '5', '6' -> {
                // handshake, upgrade and noop are no events of a session that is there
            }
            default -> throw new MalformedInputException("an unknown Engine.IO packet type");
        }
    }

    /** A packet as the text that it is; what can't be parsed is told. */
    void text(TrafficSession session, RecordedEvent.Direction direction, String text, long at) {
        try {
            read(session, direction, EnginePacket.text(text), at);
        } catch (MalformedInputException malformed) {
            unreadable(session, direction, at, malformed.getMessage() + ": " + Text.quote(text, MAX_QUOTED));
        }
    }

    void unreadable(TrafficSession session, RecordedEvent.Direction direction, long at, String why) {
        sink.accept(EventDraft.of(session, at, RecordedEvent.Kind.MALFORMED, direction)
                .detail("not decoded: " + why)
                .build());
    }

    void notAHandshake(HttpMessages.Request request, String text, int status, long at) {
        sink.accept(EventDraft.of(null, at, RecordedEvent.Kind.ERROR, RecordedEvent.Direction.OUT)
                .transport(request.transport())
                .status(status)
                .detail(request.title() + ": not an Engine.IO handshake: " + Text.quote(text, MAX_QUOTED))
                .build());
    }

    static String who(RecordedEvent.Direction by) {
        return by == RecordedEvent.Direction.IN ? "the client" : "the server";
    }

    private static void goodbye(TrafficSession session, RecordedEvent.Direction by, String how) {
        if (session.goodbye == null) {
            session.goodbye = how;
            session.goodbyeBy = by;
        }
    }

    private void socket(TrafficSession session, RecordedEvent.Direction direction, PacketReader.Read read, long at) {
        ServerPacket packet = read.packet();
        EventDraft draft = EventDraft.of(session, at, kind(packet), direction)
                .namespace(packet.namespace())
                .bytes(read.bytes())
                .binary(read.binary());
        switch (packet.type()) {
            case CONNECT -> connect(session, direction, packet, read, draft);
            case CONNECT_ERROR ->
                draft.args(PacketReader.asArray(packet.payload())).detail(packet.payload());
            case DISCONNECT -> {
                goodbye(session, direction, "a DISCONNECT of " + who(direction));
                draft.detail("by " + who(direction));
            }
            case EVENT, BINARY_EVENT -> {
                draft.named(packet.event())
                        .args(JsonText.array(packet.arguments()))
                        .ack(packet.ackId());
                if (packet.ackId() >= 0) {
                    session.asks(direction, packet.namespace(), packet.ackId(), packet.event(), at);
                }
            }
            case ACK, BINARY_ACK -> {
                draft.args(JsonText.array(packet.arguments())).ack(packet.ackId());
                TrafficSession.Asked asked = session.answered(direction, packet.namespace(), packet.ackId());
                if (asked != null) {
                    draft.named(asked.event())
                            .detail(String.format(Locale.ROOT, "of %s after %d ms", asked.event(), at - asked.at()));
                }
            }
        }
        draft.socket(session.sockets.get(packet.namespace()));
        if (direction == RecordedEvent.Direction.OUT && packet.isEvent()) {
            draft.to(List.of(session.socket(packet.namespace())));
        }
        sink.accept(draft.build());
    }

    private static void connect(
            TrafficSession session,
            RecordedEvent.Direction direction,
            ServerPacket packet,
            PacketReader.Read read,
            EventDraft draft) {
        if (direction == RecordedEvent.Direction.OUT) {
            JsonNode answer = Json.parse(packet.payload());
            if (session.version == EngineVersion.EIO4 && answer.path("sid").isTextual()) {
                session.sockets.put(packet.namespace(), answer.path("sid").asText());
            }
            draft.detail(read.messagePack() ? "MessagePack parser" : null);
        } else {
            draft.args(PacketReader.asArray(packet.payload()));
        }
    }

    private static RecordedEvent.Kind kind(ServerPacket packet) {
        return switch (packet.type()) {
            case CONNECT -> RecordedEvent.Kind.CONNECT;
            case CONNECT_ERROR -> RecordedEvent.Kind.REFUSED;
            case DISCONNECT -> RecordedEvent.Kind.DISCONNECT;
            case EVENT, BINARY_EVENT -> RecordedEvent.Kind.EVENT;
            case ACK, BINARY_ACK -> RecordedEvent.Kind.ACK;
        };
    }
}
