package siodiag.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import siodiag.core.Json;
import siodiag.core.JsonText;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;
import siodiag.protocol.Handshake;
import siodiag.recording.RecordedEvent;
import siodiag.server.EnginePacket;
import siodiag.server.ServerEvent;

/**
 * Turns copies of HTTP messages and WebSocket bytes into events: sessions by their ids, polling requests folded into them,
 * packets of Engine.IO 3 and 4 and of both parsers. One thread at a time. What can't be decoded is an event as well.
 */
public final class Traffic {
    private static final int MAX_QUOTED = 160;
    private static final int SWEEP_MS = 1_000;
    private static final int SWITCHING = 101;
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int BAD_REQUEST = 400;

    private final Consumer<ServerEvent> sink;
    private final SessionDecoder decoder;
    private final TrafficSessions sessions;
    private final WebSocketTraffic webSockets;
    private long sweptAt;

    /** @param sink hears every event, in the order in which the bytes passed */
    public Traffic(Consumer<ServerEvent> sink) {
        this.sink = sink;
        this.decoder = new SessionDecoder(sink);
        this.sessions = new TrafficSessions(sink);
        this.webSockets = new WebSocketTraffic(sink, decoder, sessions);
    }

    /** A request went to the server, all of it. */
    public void request(HttpMessages.Request request) {
        sweep(request.at());
        TrafficSession session = request.isEngine() ? sessions.of(request) : null;
        if (session != null) {
            session.lastAt = request.at();
        }
        if (!request.method().equals("POST")) {
            return;
        }
        if (session != null) {
            polled(
                    session,
                    RecordedEvent.Direction.IN,
                    request.headers(),
                    request.body(),
                    request.whole(),
                    request.at());
        } else if (!request.isEngine() && isJson(request)) {
            posted(request);
        }
    }

    /** The answer to a request, all of it. */
    public void response(HttpMessages.Request request, HttpMessages.Response response) {
        sweep(response.at());
        if (request.isEngine()) {
            engineResponse(request, response, sessions.of(request));
        } else if (response.status() >= BAD_REQUEST && request.method().equals("POST") && isJson(request)) {
            answered(RecordedEvent.Kind.ERROR, request, response, null);
        }
    }

    private void engineResponse(HttpMessages.Request request, HttpMessages.Response response, TrafficSession session) {
        Cors.refusal(request, response)
                .ifPresent(why -> sink.accept(
                        EventDraft.of(session, response.at(), RecordedEvent.Kind.ERROR, RecordedEvent.Direction.OUT)
                                .transport(request.transport())
                                .status(response.status())
                                .detail(request.title() + ": " + why)
                                .build()));
        boolean refusesUpgrade = request.isUpgrade() && response.status() != SWITCHING;
        if (refusesUpgrade) {
            answered(RecordedEvent.Kind.REFUSED, request, response, session);
        }
        if (response.status() == OK && request.method().equals("GET")) {
            if (session != null) { // of an upgrade too: a plain GET to the server, it took what a poll should have
                session.lastAt = response.at();
                polled(
                        session,
                        RecordedEvent.Direction.OUT,
                        response.headers(),
                        response.body(),
                        response.whole(),
                        response.at());
            } else if (!refusesUpgrade && request.parameter("sid") == null) {
                handshake(request, response);
            }
        } else if (!refusesUpgrade && response.status() >= REDIRECT) {
            answered(RecordedEvent.Kind.ERROR, request, response, session);
        }
    }

    /** A request that got no answer. @param failure what happened to it, for people */
    public void failed(HttpMessages.Request request, String failure, long at) {
        if (request == null) {
            sink.accept(EventDraft.of(null, at, RecordedEvent.Kind.ERROR, RecordedEvent.Direction.NONE)
                    .detail(failure)
                    .build());
        } else if (request.isEngine() || request.method().equals("POST")) {
            boolean upgrade = request.isUpgrade() && request.parameter("sid") != null && !failure.contains("--fault");
            sink.accept(EventDraft.of(
                            sessions.of(request),
                            at,
                            upgrade ? RecordedEvent.Kind.REFUSED : RecordedEvent.Kind.ERROR,
                            upgrade ? RecordedEvent.Direction.OUT : RecordedEvent.Direction.NONE)
                    .transport(request.transport())
                    .detail(request.title() + ": " + failure)
                    .build());
        }
    }

    /** A WebSocket was opened. @param id of the connection */
    public void opened(long id, HttpMessages.Request request, long at) {
        sweep(at);
        webSockets.opened(id, request, at);
    }

    /** Bytes of a WebSocket passed. */
    public void bytes(long id, RecordedEvent.Direction direction, byte[] bytes, long at) {
        webSockets.bytes(id, direction, bytes, at);
    }

    /** A whole message of a WebSocket passed. */
    public void message(long id, RecordedEvent.Direction direction, int opcode, byte[] payload, long at) {
        webSockets.message(id, direction, opcode, payload, at);
    }

    /** Some of a connection's bytes were not copied: what follows can't be decoded. */
    public void lost(long id, String why, long at) {
        webSockets.lost(id, why, at);
    }

    /** A WebSocket's connection ended. @param by who ended it; {@code NONE}: neither side. @param how for people */
    public void closed(long id, RecordedEvent.Direction by, String how, long at) {
        webSockets.closed(id, by, how, at);
    }

    /** The end: sessions in which the heartbeat stopped are over, even where nothing was seen of their end. */
    public void finish(long at) {
        sweptAt = 0;
        sweep(at);
        sessions.finish(at);
    }

    private void sweep(long at) {
        if (at - sweptAt >= SWEEP_MS) {
            sweptAt = at;
            webSockets.sweep(at);
            sessions.sweep(at);
        }
    }

    private void polled(
            TrafficSession session,
            RecordedEvent.Direction direction,
            Map<String, String> headers,
            byte[] body,
            boolean whole,
            long at) {
        try {
            PollingBody.packets(session.version, headers, body, whole)
                    .ifPresentOrElse(
                            packets -> packets.forEach(packet -> packet(session, direction, packet, at)),
                            () -> decoder.unreadable(
                                    session,
                                    direction,
                                    at,
                                    "a body that is too large, or compressed in a way that is not known"));
        } catch (MalformedInputException malformed) {
            decoder.unreadable(session, direction, at, malformed.getMessage());
        }
        if (session.goodbye != null) {
            sessions.end(session, session.goodbyeBy, 0, session.goodbye, at);
        }
    }

    private void packet(TrafficSession session, RecordedEvent.Direction direction, EnginePacket packet, long at) {
        try {
            decoder.read(session, direction, packet, at);
        } catch (MalformedInputException malformed) {
            decoder.unreadable(session, direction, at, malformed.getMessage() + ": " + packet.quote(MAX_QUOTED));
        }
    }

    private void handshake(HttpMessages.Request request, HttpMessages.Response response) {
        List<String> packets = PollingBody.ofHandshake(response);
        Handshake.parse(packets.get(0))
                .ifPresentOrElse(
                        handshake -> {
                            TrafficSession session = sessions.begin(request, handshake, "polling", response.at());
                            packets.stream()
                                    .skip(1)
                                    .forEach(packet ->
                                            decoder.text(session, RecordedEvent.Direction.OUT, packet, response.at()));
                        },
                        () -> decoder.notAHandshake(request, packets.get(0), response.status(), response.at()));
    }

    /** An answer that is no success, in the server's words. */
    private void answered(
            RecordedEvent.Kind kind,
            HttpMessages.Request request,
            HttpMessages.Response response,
            TrafficSession session) {
        sink.accept(EventDraft.of(session, response.at(), kind, RecordedEvent.Direction.OUT)
                .transport(request.transport())
                .status(response.status())
                .detail(words(request, response))
                .build());
    }

    private static String words(HttpMessages.Request request, HttpMessages.Response response) {
        String text = PollingBody.text(response.body(), response.header("content-encoding"));
        String location = response.header("location");
        String retry = response.header("retry-after");
        return request.title() + ": " + response.status()
                + (location == null ? "" : " to " + Text.cut(location.replaceFirst("\\?.*", "?…"), MAX_QUOTED))
                + (retry == null ? "" : ", Retry-After: " + Text.cut(retry, 40))
                + (text.isBlank() ? "" : " " + Text.quote(text.strip(), MAX_QUOTED));
    }

    private static boolean isJson(HttpMessages.Request request) {
        return String.valueOf(request.headers().get("content-type")).startsWith("application/json");
    }

    private void posted(HttpMessages.Request request) {
        String body = request.whole()
                ? PollingBody.text(request.body(), request.headers().get("content-encoding"))
                : "";
        JsonNode json = Json.parse(body);
        if (!json.isMissingNode()) {
            String name = json.path("event").asText(json.path("type").asText(request.path()));
            sink.accept(EventDraft.of(null, request.at(), RecordedEvent.Kind.HTTP, RecordedEvent.Direction.IN)
                    .transport("http")
                    .namespace("/")
                    .named(Text.cut(name, MAX_QUOTED))
                    .args(JsonText.array(List.of(body)))
                    .bytes(body.length())
                    .detail("POST " + Text.cut(request.path(), MAX_QUOTED))
                    .build());
        }
    }
}
