package siodiag.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import siodiag.core.Json;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;
import siodiag.protocol.Handshake;
import siodiag.recording.RecordedEvent;
import siodiag.server.EnginePacket;
import siodiag.server.EngineVersion;
import siodiag.server.ServerEvent;

/**
 * Turns copies of HTTP messages and WebSocket bytes into events: sessions by their ids, polling requests folded into them,
 * packets of Engine.IO 3 and 4 and of both parsers. One thread at a time. What can't be decoded is an event as well.
 */
public final class Traffic {
    private static final int MAX_SESSIONS = 20_000;
    private static final int MAX_ENDED = 200;
    private static final long SAME_CLIENT_MS = 60_000;
    private static final int MAX_QUOTED = 160;
    private static final int GRACE_MS = 5_000;
    private static final int STUCK_MS = 4_000;

    private final Consumer<ServerEvent> sink;
    private final SessionDecoder decoder;
    private final Map<String, TrafficSession> sessions = new LinkedHashMap<>();
    private final Map<Long, Socket> sockets = new HashMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private final PacketReader.LastPacket lastPacket = new PacketReader.LastPacket();
    private int named;
    private long sweptAt;

    private record Ended(String name, String fingerprint, long at) {}

    /** A WebSocket, with the session that it belongs to once that is known. */
    private final class Socket {
        private final HttpMessages.Request request;
        private final FrameReader in;
        private final FrameReader out;
        private TrafficSession session;
        private final long openedAt;
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
            Traffic.this.message(socket, direction, opcode, payload);
        }

        @Override
        public void unread(String why) {
            unreadable(socket.session, direction, socket.at, why);
        }
    }

    /** @param sink hears every event, in the order in which the bytes passed */
    public Traffic(Consumer<ServerEvent> sink) {
        this.sink = sink;
        this.decoder = new SessionDecoder(sink);
    }

    /** A request went to the server, all of it. */
    public void request(HttpMessages.Request request) {
        sweep(request.at());
        if (request.isEngine()) {
            TrafficSession session = sessions.get(request.parameter("sid"));
            if (session != null) {
                session.lastAt = request.at();
                if (request.method().equals("POST")) {
                    polled(
                            session,
                            RecordedEvent.Direction.IN,
                            request.headers(),
                            request.body(),
                            request.whole(),
                            request.at());
                }
            }
        } else if (request.method().equals("POST") && isJson(request.headers())) {
            posted(request);
        }
    }

    /** The answer to a request, all of it. */
    public void response(HttpMessages.Request request, HttpMessages.Response response) {
        sweep(response.at());
        if (!request.isEngine()) {
            if (response.status() >= 400 && request.method().equals("POST") && isJson(request.headers())) {
                answered(request, response);
            }
            return;
        }
        TrafficSession session = sessions.get(request.parameter("sid"));
        Cors.refusal(request, response)
                .ifPresent(why -> sink.accept(
                        decoder.event(session, response.at(), RecordedEvent.Kind.ERROR, RecordedEvent.Direction.OUT)
                                .transport(transport(request))
                                .status(response.status())
                                .detail(request.title() + ": " + why)
                                .build()));
        if (request.isUpgrade() && response.status() != 101) {
            refusedUpgrade(request, response, session);
            if (response.status() == 200
                    && session != null) { // a plain GET to the server: it took what a poll should have
                polled(
                        session,
                        RecordedEvent.Direction.OUT,
                        response.headers(),
                        response.body(),
                        response.whole(),
                        response.at());
            }
        } else if (response.status() == 200 && request.method().equals("GET")) {
            if (session != null) {
                session.lastAt = response.at();
                polled(
                        session,
                        RecordedEvent.Direction.OUT,
                        response.headers(),
                        response.body(),
                        response.whole(),
                        response.at());
            } else if (request.parameter("sid") == null) {
                handshake(request, response);
            }
        } else if (response.status() >= 300) {
            answered(request, response);
        }
    }

    /** A request that got no answer. @param failure what happened to it, for people */
    public void failed(HttpMessages.Request request, String failure, long at) {
        if (request == null || request.isEngine() || request.method().equals("POST")) {
            TrafficSession session = request == null ? null : sessions.get(request.parameter("sid"));
            boolean upgrade = request != null
                    && request.parameter("sid") != null
                    && request.isUpgrade()
                    && !failure.contains("--fault");
            sink.accept(decoder.event(
                            session,
                            at,
                            upgrade ? RecordedEvent.Kind.REFUSED : RecordedEvent.Kind.ERROR,
                            upgrade ? RecordedEvent.Direction.OUT : RecordedEvent.Direction.NONE)
                    .transport(request == null ? null : transport(request))
                    .detail((request == null ? "" : request.title() + ": ") + failure)
                    .build());
        }
    }

    /** A WebSocket was opened. @param id of the connection */
    public void opened(long id, HttpMessages.Request request, long at) {
        sweep(at);
        Socket socket = new Socket(request, at);
        socket.session = sessions.get(request.parameter("sid"));
        socket.probing = socket.session != null;
        sockets.put(id, socket);
    }

    /** Bytes of a WebSocket passed. */
    public void bytes(long id, RecordedEvent.Direction direction, byte[] bytes, long at) {
        Socket socket = sockets.get(id);
        if (socket != null) {
            socket.at = at;
            (direction == RecordedEvent.Direction.IN ? socket.in : socket.out).read(bytes);
        }
    }

    /** A whole message of a WebSocket passed. */
    public void message(long id, RecordedEvent.Direction direction, int opcode, byte[] payload, long at) {
        Socket socket = sockets.get(id);
        if (socket != null) {
            socket.at = at;
            message(socket, direction, opcode, payload);
        }
    }

    /** Some of a connection's bytes were not copied: what follows can't be decoded. */
    public void lost(long id, String why, long at) {
        Socket socket = sockets.remove(id);
        unreadable(socket == null ? null : socket.session, RecordedEvent.Direction.NONE, at, why);
    }

    /** A WebSocket's connection ended. @param by who ended it; {@code NONE}: neither side. @param how for people */
    public void closed(long id, RecordedEvent.Direction by, String how, long at) {
        Socket socket = sockets.remove(id);
        if (socket == null) {
            return;
        }
        socket.in.end();
        socket.out.end();
        TrafficSession session = socket.session;
        if (session == null) {
            if (socket.request.isEngine()) {
                sink.accept(decoder.event(null, at, RecordedEvent.Kind.ERROR, RecordedEvent.Direction.OUT)
                        .transport("websocket")
                        .status(socket.closeCode)
                        .detail(socket.request.title() + ": closed before the handshake: " + ending(socket, how))
                        .build());
            }
        } else if (socket.probing) {
            if (!session.ended && socket.closedBy != RecordedEvent.Direction.IN && by != RecordedEvent.Direction.IN) {
                sink.accept(decoder.event(session, at, RecordedEvent.Kind.REFUSED, RecordedEvent.Direction.OUT)
                        .transport("websocket")
                        .status(socket.closeCode)
                        .detail("the upgrade was not completed: " + ending(socket, how))
                        .build());
            }
        } else {
            RecordedEvent.Direction ender = by == RecordedEvent.Direction.NONE
                    ? by
                    : session.goodbyeBy != null ? session.goodbyeBy : socket.closedBy != null ? socket.closedBy : by;
            end(session, ender, socket.closeCode == 0 ? 1006 : socket.closeCode, ending(socket, how), at);
        }
    }

    /** The end: sessions in which the heartbeat stopped are over, even where nothing was seen of their end. */
    public void finish(long at) {
        sweptAt = 0;
        sweep(at);
        List<TrafficSession> silent = sessions.values().stream()
                .filter(session -> at - session.lastAt > session.pingMs + 1000)
                .toList();
        silent.forEach(session -> end(
                session,
                RecordedEvent.Direction.OUT,
                1006,
                "nothing passed any more for longer than the heartbeat allows,",
                session.lastAt));
    }

    private void message(Socket socket, RecordedEvent.Direction direction, int opcode, byte[] payload) {
        switch (opcode) {
            case FrameReader.TEXT -> text(socket, direction, new String(payload, StandardCharsets.UTF_8));
            case FrameReader.BINARY -> {
                if (socket.session != null && !socket.probing) {
                    binary(socket, direction, payload);
                }
            }
            case FrameReader.CLOSE -> {
                if (socket.closedBy == null) {
                    socket.closedBy = direction;
                    socket.closeCode = payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
                    socket.closeReason = payload.length <= 2
                            ? ""
                            : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
                }
            }
            default -> {
                // WebSocket's own pings: a proxy's or a library's, and no part of Engine.IO
            }
        }
    }

    private void binary(Socket socket, RecordedEvent.Direction direction, byte[] payload) {
        TrafficSession session = socket.session;
        session.lastAt = socket.at;
        try {
            decoder.packet(session, direction, EnginePacket.binary(session.version.unframe(payload)), socket.at);
        } catch (MalformedInputException malformed) {
            unreadable(session, direction, socket.at, malformed.getMessage());
        }
    }

    private void text(Socket socket, RecordedEvent.Direction direction, String text) {
        TrafficSession session = socket.session;
        if (session == null) {
            if (socket.request.isEngine() && direction == RecordedEvent.Direction.OUT) {
                Handshake.parse(text)
                        .ifPresentOrElse(
                                handshake -> socket.session = begin(socket.request, handshake, "websocket", socket.at),
                                () -> notAHandshake(socket.request, text, 101, socket.at));
            }
            return;
        }
        session.lastAt = socket.at;
        if (!socket.probing) {
            packet(session, direction, text, socket.at);
        } else if (text.equals("5") && direction == RecordedEvent.Direction.IN) {
            socket.probing = false;
            session.transport = "websocket";
            sink.accept(decoder.event(session, socket.at, RecordedEvent.Kind.UPGRADE, direction)
                    .detail("polling to websocket")
                    .build());
        }
    }

    private void packet(TrafficSession session, RecordedEvent.Direction direction, String text, long at) {
        try {
            decoder.packet(session, direction, EnginePacket.text(text), at);
        } catch (MalformedInputException malformed) {
            unreadable(session, direction, at, malformed.getMessage() + ": " + Text.quote(text, MAX_QUOTED));
        }
    }

    /** The packets in the body of a polling request or of its answer. */
    private void polled(
            TrafficSession session,
            RecordedEvent.Direction direction,
            Map<String, String> headers,
            byte[] body,
            boolean whole,
            long at) {
        Optional<byte[]> plain = whole ? ContentCoding.plain(body, headers.get("content-encoding")) : Optional.empty();
        if (plain.isEmpty()) {
            unreadable(session, direction, at, "a body that is too large, or compressed in a way that is not known");
            return;
        }
        try {
            for (EnginePacket packet : packets(session, headers, plain.get())) {
                try {
                    decoder.packet(session, direction, packet, at);
                } catch (MalformedInputException malformed) {
                    unreadable(session, direction, at, malformed.getMessage() + ": " + packet.quote(MAX_QUOTED));
                }
            }
        } catch (MalformedInputException malformed) {
            unreadable(session, direction, at, malformed.getMessage());
        }
        if (session.goodbye != null) {
            end(session, session.goodbyeBy, 0, session.goodbye, at);
        }
    }

    private static List<EnginePacket> packets(TrafficSession session, Map<String, String> headers, byte[] body) {
        boolean binary = String.valueOf(headers.get("content-type")).startsWith("application/octet-stream");
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return List.of();
        }
        if (session.version == EngineVersion.EIO3 && binary) {
            return EngineVersion.decodeBinary3(body);
        }
        return session.version.decode(text);
    }

    private void handshake(HttpMessages.Request request, HttpMessages.Response response) {
        String text = ContentCoding.plain(response.body(), response.header("content-encoding"))
                .map(plain -> new String(plain, StandardCharsets.UTF_8))
                .orElse("");
        List<String> packets = new ArrayList<>();
        try {
            if (Handshake.isOld(text) && !text.isEmpty() && text.charAt(0) < 10) {
                EngineVersion.decodeBinary3(ContentCoding.plain(response.body(), response.header("content-encoding"))
                                .orElseThrow())
                        .forEach(packet -> packets.add(packet.type() + packet.text()));
            } else if (Handshake.isOld(text)) {
                EngineVersion.EIO3.decode(text).forEach(packet -> packets.add(packet.type() + packet.text()));
            } else {
                packets.addAll(List.of(text.split("\u001e", -1)));
            }
        } catch (MalformedInputException cut) {
            packets.add(text);
        }
        Handshake.parse(packets.get(0))
                .ifPresentOrElse(
                        handshake -> {
                            TrafficSession session = begin(request, handshake, "polling", response.at());
                            packets.stream()
                                    .skip(1)
                                    .forEach(packet ->
                                            packet(session, RecordedEvent.Direction.OUT, packet, response.at()));
                        },
                        () -> notAHandshake(request, text, response.status(), response.at()));
    }

    private void notAHandshake(HttpMessages.Request request, String text, int status, long at) {
        sink.accept(decoder.event(null, at, RecordedEvent.Kind.ERROR, RecordedEvent.Direction.OUT)
                .transport(transport(request))
                .status(status)
                .detail(request.title() + ": not an Engine.IO handshake: " + Text.quote(text, MAX_QUOTED))
                .build());
    }

    private TrafficSession begin(HttpMessages.Request request, Handshake handshake, String transport, long at) {
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
        if (sessions.size() >= MAX_SESSIONS) {
            Iterator<TrafficSession> oldest = sessions.values().iterator();
            oldest.next();
            oldest.remove();
        }
        sessions.put(handshake.sid(), session);
        ObjectNode announced = Json.MAPPER.createObjectNode();
        announced.put("engine", session.version == EngineVersion.EIO4 ? 4 : 3);
        announced.put("family", handshake.family().name().toLowerCase(Locale.ROOT));
        announced.put("pingInterval", handshake.pingIntervalMs()).put("pingTimeout", handshake.pingTimeoutMs());
        announced.put("maxPayload", handshake.maxPayload());
        announced.put("path", request.path());
        handshake.upgrades().forEach(announced.withArray("upgrades")::add);
        Fingerprint.credentials(request).forEach(announced.withArray("credentials")::add);
        sink.accept(decoder.event(session, at, RecordedEvent.Kind.HANDSHAKE, RecordedEvent.Direction.OUT)
                .args(JsonText.array(List.of(announced.toString())))
                .detail("Engine.IO " + announced.path("engine").asInt() + " at " + Text.cut(request.path(), MAX_QUOTED)
                        + again(session, at))
                .build());
        return session;
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

    private void refusedUpgrade(HttpMessages.Request request, HttpMessages.Response response, TrafficSession session) {
        sink.accept(decoder.event(session, response.at(), RecordedEvent.Kind.REFUSED, RecordedEvent.Direction.OUT)
                .transport("websocket")
                .status(response.status())
                .detail(answer(request, response))
                .build());
    }

    private void answered(HttpMessages.Request request, HttpMessages.Response response) {
        TrafficSession session = sessions.get(request.parameter("sid"));
        sink.accept(decoder.event(session, response.at(), RecordedEvent.Kind.ERROR, RecordedEvent.Direction.OUT)
                .transport(transport(request))
                .status(response.status())
                .detail(answer(request, response))
                .build());
    }

    private static String answer(HttpMessages.Request request, HttpMessages.Response response) {
        String text = ContentCoding.plain(response.body(), response.header("content-encoding"))
                .map(plain -> new String(plain, StandardCharsets.UTF_8))
                .orElse("");
        String location = response.header("location");
        String retry = response.header("retry-after");
        return request.title() + ": " + response.status()
                + (location == null ? "" : " to " + Text.cut(location.replaceFirst("\\?.*", "?…"), MAX_QUOTED))
                + (retry == null ? "" : ", Retry-After: " + Text.cut(retry, 40))
                + (text.isBlank() ? "" : " " + Text.quote(text.strip(), MAX_QUOTED));
    }

    private static String transport(HttpMessages.Request request) {
        return request.isEngine() ? request.isUpgrade() ? "websocket" : "polling" : "http";
    }

    private static boolean isJson(Map<String, String> headers) {
        return String.valueOf(headers.get("content-type")).startsWith("application/json");
    }

    private void posted(HttpMessages.Request request) {
        Optional<byte[]> plain = request.whole()
                ? ContentCoding.plain(request.body(), request.headers().get("content-encoding"))
                : Optional.empty();
        String body =
                plain.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
        JsonNode json = Json.parse(body);
        if (!json.isMissingNode()) {
            String name = json.path("event").asText(json.path("type").asText(request.path()));
            sink.accept(decoder.event(null, request.at(), RecordedEvent.Kind.HTTP, RecordedEvent.Direction.IN)
                    .transport("http")
                    .namespace("/")
                    .named(Text.cut(name, MAX_QUOTED))
                    .args(JsonText.array(List.of(body)))
                    .bytes(body.length())
                    .detail("POST " + Text.cut(request.path(), MAX_QUOTED))
                    .build());
        }
    }

    private void end(TrafficSession session, RecordedEvent.Direction by, int code, String how, long at) {
        if (session.ended) {
            return;
        }
        session.ended = true;
        sessions.remove(session.sid);
        ended.addLast(new Ended(session.name, session.fingerprint, at));
        if (ended.size() > MAX_ENDED) {
            ended.removeFirst();
        }
        sink.accept(decoder.event(session, at, RecordedEvent.Kind.CLOSE, by)
                .status(code)
                .detail(how)
                .build());
    }

    private static String ending(Socket socket, String how) {
        String goodbye = socket.session != null && socket.session.goodbye != null && !socket.probing
                ? socket.session.goodbye + ", "
                : "";
        return goodbye
                + (socket.closedBy == null
                        ? how + " without a close frame (1006)"
                        : who(socket.closedBy) + " closed the WebSocket with " + socket.closeCode
                                + (socket.closeReason.isEmpty() ? "" : " " + Text.quote(socket.closeReason, 80)));
    }

    static String who(RecordedEvent.Direction by) {
        return by == RecordedEvent.Direction.IN ? "the client" : "the server";
    }

    private void unreadable(TrafficSession session, RecordedEvent.Direction direction, long at, String why) {
        sink.accept(decoder.event(session, at, RecordedEvent.Kind.MALFORMED, direction)
                .detail("not decoded: " + why)
                .build());
    }

    /** An upgrade that takes this long will not come: clients wait for its end with all that they have to send. */
    private void stuck(Socket socket, long at) {
        if (socket.probing && !socket.stuck && at - socket.openedAt > STUCK_MS) {
            socket.stuck = true;
            sink.accept(decoder.event(socket.session, at, RecordedEvent.Kind.REFUSED, RecordedEvent.Direction.OUT)
                    .transport("websocket")
                    .detail("the upgrade was not completed within "
                            + Text.duration(Duration.ofMillis(at - socket.openedAt))
                            + ": the WebSocket is open, and the probe of "
                            + "Engine.IO is not answered")
                    .build());
        }
    }

    /** Polling sessions of which nothing was heard for longer than either side may be silent are over. */
    private void sweep(long at) {
        if (at - sweptAt < 1000) {
            return;
        }
        sweptAt = at;
        List<TrafficSession> silent = sessions.values().stream()
                .filter(session ->
                        session.transport.equals("polling") && at - session.lastAt > session.pingMs + GRACE_MS)
                .toList();
        sockets.values().forEach(socket -> stuck(socket, at));
        silent.forEach(session -> end(
                session,
                RecordedEvent.Direction.IN,
                0,
                "no request for " + Text.duration(Duration.ofMillis(at - session.lastAt)),
                at));
    }
}
