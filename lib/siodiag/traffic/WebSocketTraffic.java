package siodiag.traffic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;
import siodiag.protocol.Handshake;
import siodiag.recording.RecordedEvent;
import siodiag.server.EnginePacket;
import siodiag.server.ServerEvent;

/** The WebSockets of Engine.IO clients: a session's from the start, or one that a session changes over to after a probe. */
final class WebSocketTraffic {
    private static final int STUCK_MS = 4_000;
    private static final int NO_CODE = 1005;
    private static final int ABNORMAL = 1006;
    private static final int SWITCHING = 101;
    private static final int MAX_REASON = 80;

    private final Consumer<ServerEvent> sink;
    private final SessionDecoder decoder;
    private final TrafficSessions sessions;
    private final Map<Long, Socket> sockets = new HashMap<>();

    WebSocketTraffic(Consumer<ServerEvent> sink, SessionDecoder decoder, TrafficSessions sessions) {
        this.sink = sink;
        this.decoder = decoder;
        this.sessions = sessions;
    }

    /** A WebSocket, with the session that it belongs to once that is known. */
    private final class Socket {
        private final HttpMessages.Request request;
        private final FrameReader in;
        private final FrameReader out;
        private final long openedAt;
        private TrafficSession session;
        private boolean probing;
        private boolean stuck;
        private long at;
        private int closeCode;
        private String closeReason = "";
        private RecordedEvent.Direction closedBy;

        Socket(HttpMessages.Request request, long at) {
            this.request = request;
            this.openedAt = at;
            this.at = at;
            this.in = new FrameReader(new Frames(this, RecordedEvent.Direction.IN));
            this.out = new FrameReader(new Frames(this, RecordedEvent.Direction.OUT));
        }
    }

    private final class Frames implements FrameReader.Listener {
        private final Socket socket;
        private final RecordedEvent.Direction direction;

        Frames(Socket socket, RecordedEvent.Direction direction) {
            this.socket = socket;
            this.direction = direction;
        }

        @Override
        public void message(int opcode, byte[] payload) {
            WebSocketTraffic.this.message(socket, direction, opcode, payload);
        }

        @Override
        public void unread(String why) {
            decoder.unreadable(socket.session, direction, socket.at, why);
        }
    }

    void opened(long id, HttpMessages.Request request, long at) {
        if (request.isEngine()) {
            Socket socket = new Socket(request, at);
            socket.session = sessions.of(request);
            socket.probing = socket.session != null;
            sockets.put(id, socket);
        }
    }

    void bytes(long id, RecordedEvent.Direction direction, byte[] bytes, long at) {
        Socket socket = sockets.get(id);
        if (socket != null) {
            socket.at = at;
            (direction == RecordedEvent.Direction.IN ? socket.in : socket.out).read(bytes);
        }
    }

    void message(long id, RecordedEvent.Direction direction, int opcode, byte[] payload, long at) {
        Socket socket = sockets.get(id);
        if (socket != null) {
            socket.at = at;
            message(socket, direction, opcode, payload);
        }
    }

    void lost(long id, String why, long at) {
        Socket socket = sockets.remove(id);
        decoder.unreadable(socket == null ? null : socket.session, RecordedEvent.Direction.NONE, at, why);
    }

    void closed(long id, RecordedEvent.Direction by, String how, long at) {
        Socket socket = sockets.remove(id);
        if (socket == null) {
            return;
        }
        socket.in.end();
        socket.out.end();
        if (socket.session == null) {
            sink.accept(EventDraft.of(null, at, RecordedEvent.Kind.ERROR, RecordedEvent.Direction.OUT)
                    .transport("websocket")
                    .status(socket.closeCode)
                    .detail(socket.request.title() + ": closed before the handshake: " + ending(socket, how))
                    .build());
        } else if (socket.probing) {
            if (!socket.session.ended
                    && socket.closedBy != RecordedEvent.Direction.IN
                    && by != RecordedEvent.Direction.IN) {
                refused(socket, at, "the upgrade was not completed: " + ending(socket, how));
            }
        } else {
            int code = socket.closeCode == 0 ? ABNORMAL : socket.closeCode;
            sessions.end(socket.session, ender(socket, by), code, ending(socket, how), at);
        }
    }

    /** Who said goodbye first, on whichever level; else whose connection ended first. */
    private static RecordedEvent.Direction ender(Socket socket, RecordedEvent.Direction by) {
        if (by == RecordedEvent.Direction.NONE) {
            return by;
        }
        return socket.session.goodbyeBy != null
                ? socket.session.goodbyeBy
                : socket.closedBy != null ? socket.closedBy : by;
    }

    private static String ending(Socket socket, String how) {
        String goodbye = socket.session != null && socket.session.goodbye != null && !socket.probing
                ? socket.session.goodbye + ", "
                : "";
        return goodbye
                + (socket.closedBy == null
                        ? how + " without a close frame (1006)"
                        : SessionDecoder.who(socket.closedBy) + " closed the WebSocket with " + socket.closeCode
                                + (socket.closeReason.isEmpty()
                                        ? ""
                                        : " " + Text.quote(socket.closeReason, MAX_REASON)));
    }

    /** An upgrade that takes this long will not come: clients wait for its end with all that they have to send. */
    void sweep(long at) {
        for (Socket socket : sockets.values()) {
            if (socket.probing && !socket.stuck && at - socket.openedAt > STUCK_MS) {
                socket.stuck = true;
                refused(
                        socket,
                        at,
                        "the upgrade was not completed within "
                                + Text.duration(Duration.ofMillis(at - socket.openedAt))
                                + ": the WebSocket is open, and the probe of Engine.IO is not answered");
            }
        }
    }

    private void refused(Socket socket, long at, String why) {
        sink.accept(EventDraft.of(socket.session, at, RecordedEvent.Kind.REFUSED, RecordedEvent.Direction.OUT)
                .transport("websocket")
                .status(socket.closeCode)
                .detail(why)
                .build());
    }

    private void message(Socket socket, RecordedEvent.Direction direction, int opcode, byte[] payload) {
        switch (opcode) {
            case FrameReader.TEXT -> text(socket, direction, new String(payload, StandardCharsets.UTF_8));
            case FrameReader.BINARY -> {
                if (socket.session != null && !socket.probing) {
                    binary(socket, direction, payload);
                }
            }
            case FrameReader.CLOSE -> close(socket, direction, payload);
            default -> {
                // WebSocket's own pings: a proxy's or a library's, and no part of Engine.IO
            }
        }
    }

    private static void close(Socket socket, RecordedEvent.Direction direction, byte[] payload) {
        if (socket.closedBy == null) {
            socket.closedBy = direction;
            socket.closeCode = payload.length < 2 ? NO_CODE : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
            socket.closeReason =
                    payload.length <= 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        }
    }

    private void binary(Socket socket, RecordedEvent.Direction direction, byte[] payload) {
        TrafficSession session = socket.session;
        session.lastAt = socket.at;
        try {
            decoder.read(session, direction, EnginePacket.binary(session.version.unframe(payload)), socket.at);
        } catch (MalformedInputException malformed) {
            decoder.unreadable(session, direction, socket.at, malformed.getMessage());
        }
    }

    private void text(Socket socket, RecordedEvent.Direction direction, String text) {
        TrafficSession session = socket.session;
        if (session == null) {
            if (direction == RecordedEvent.Direction.OUT) {
                handshake(socket, text);
            }
            return;
        }
        session.lastAt = socket.at;
        if (!socket.probing) {
            decoder.text(session, direction, text, socket.at);
        } else if (text.equals("5") && direction == RecordedEvent.Direction.IN) {
            socket.probing = false;
            session.transport = "websocket";
            sink.accept(EventDraft.of(session, socket.at, RecordedEvent.Kind.UPGRADE, direction)
                    .detail("polling to websocket")
                    .build());
        }
    }

    private void handshake(Socket socket, String text) {
        Handshake.parse(text)
                .ifPresentOrElse(
                        handshake -> socket.session = sessions.begin(socket.request, handshake, "websocket", socket.at),
                        () -> decoder.notAHandshake(socket.request, text, SWITCHING, socket.at));
    }
}
