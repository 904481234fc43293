package siodiag.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import siodiag.core.MalformedInputException;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;

/** The Engine.IO endpoint: which request opens, continues or upgrades a session, and which is rejected, and how. */
public final class EngineEndpoint {
    private final Hub hub;
    private final AllowedOrigins origins;

    public EngineEndpoint(Hub hub) {
        this.hub = hub;
        this.origins = new AllowedOrigins(hub.config());
    }

    boolean serves(String path) {
        return path.equals(hub.config().path()) || path.equals(hub.config().path() + "/");
    }

    /** Answers the request: at once, or a poll when there is something to say. */
    void handle(ServerExchange exchange, FullHttpRequest request) {
        String origin = exchange.header(HttpHeaderNames.ORIGIN);
        if (!origins.allow(origin, exchange.header(HttpHeaderNames.HOST))) {
            refuse(exchange, EngineError.FORBIDDEN, "origin " + Text.quote(origin, 100));
            return;
        }
        if (origin != null) {
            exchange.allow(origin);
        }
        if (exchange.method().equals("OPTIONS")) {
            preflight(exchange);
            return;
        }
        String transport = exchange.parameter("transport");
        if (!"polling".equals(transport) && !"websocket".equals(transport)) {
            refuse(exchange, EngineError.UNKNOWN_TRANSPORT, Text.quote(transport, 40));
            return;
        }
        boolean webSocket = transport.equals("websocket");
        if (webSocket != exchange.wantsWebSocket()) {
            refuse(exchange, EngineError.BAD_REQUEST, "transport and Upgrade header disagree");
            return;
        }
        String sid = exchange.parameter("sid");
        if (sid == null) {
            open(exchange, request, webSocket);
        } else {
            resume(exchange, request, sid, webSocket);
        }
    }

    private void open(ServerExchange exchange, FullHttpRequest request, boolean webSocket) {
        if (!exchange.method().equals("GET")) {
            refuse(exchange, EngineError.BAD_METHOD, exchange.method());
            return;
        }
        EngineVersion version = EngineVersion.of(exchange.parameter("EIO"));
        if (version == null) {
            refuse(exchange, EngineError.UNSUPPORTED_VERSION, "EIO " + Text.quote(exchange.parameter("EIO"), 20));
            return;
        }
        if (hub.isFull()) {
            refuse(
                    exchange,
                    EngineError.FORBIDDEN,
                    "client limit reached (--max-clients "
                            + hub.config().limits().maxClients() + ")");
            return;
        }
        ServerSession session = hub.newSession(version, exchange.handshake());
        if (webSocket) {
            WebSocketTransport socket = new WebSocketTransport(session, false);
            accept(exchange.context(), request, socket);
            session.open(socket);
            return;
        }
        PollingTransport polling = new PollingTransport(session);
        session.open(polling);
        polling.poll(exchange);
    }

    private void resume(ServerExchange exchange, FullHttpRequest request, String sid, boolean webSocket) {
        ServerSession session = hub.session(sid);
        if (session == null) {
            refuse(exchange, EngineError.UNKNOWN_SESSION, exchange.method());
            return;
        }
        if (webSocket) {
            probe(exchange, request, session);
            return;
        }
        if (!(session.transport() instanceof PollingTransport polling)) {
            refuse(exchange, EngineError.BAD_REQUEST, session.name() + " already uses a WebSocket");
            return;
        }
        switch (exchange.method()) {
            case "GET" -> polling.poll(exchange);
            case "POST" -> post(exchange, request, session);
            default -> refuse(exchange, EngineError.BAD_REQUEST, exchange.method());
        }
    }

    /** A second WebSocket for one session is accepted and closed, as the reference implementation does. */
    private void probe(ServerExchange exchange, FullHttpRequest request, ServerSession session) {
        WebSocketTransport socket = new WebSocketTransport(session, true);
        accept(exchange.context(), request, socket);
        if (!(session.transport() instanceof PollingTransport)) {
            socket.close(ServerSession.NORMAL);
        }
    }

    private void post(ServerExchange exchange, FullHttpRequest request, ServerSession session) {
        try {
            packets(exchange, request, session).forEach(session::receive);
            hub.pressure().answer(() -> exchange.reply(200, "text/html", "ok"));
        } catch (MalformedInputException e) {
            byte[] body = ByteBufUtil.getBytes(request.content());
            refuse(exchange, EngineError.BAD_REQUEST, e.getMessage());
            session.malformed(EnginePacket.binary(body), e.getMessage());
        }
    }

    private static List<EnginePacket> packets(ServerExchange exchange, FullHttpRequest request, ServerSession session) {
        String type = exchange.header(HttpHeaderNames.CONTENT_TYPE);
        return session.version() == EngineVersion.EIO3 && "application/octet-stream".equals(type)
                ? EngineVersion.decodeBinary3(ByteBufUtil.getBytes(request.content()))
                : session.version().decode(request.content().toString(StandardCharsets.UTF_8));
    }

    private void preflight(ServerExchange exchange) {
        exchange.reply(
                204,
                ServerExchange.TEXT,
                Unpooled.EMPTY_BUFFER,
                Map.of(
                        "Access-Control-Allow-Methods", "GET, POST, OPTIONS",
                        "Access-Control-Allow-Headers", "Content-Type, Authorization",
                        "Access-Control-Max-Age", "600"));
    }

    private void refuse(ServerExchange exchange, EngineError error, String detail) {
        hub.observe(ServerEvent.note(
                RecordedEvent.Kind.REFUSED,
                RecordedEvent.Direction.IN,
                exchange.method() + " " + error.status() + " " + error.message() + ": " + detail + " from "
                        + exchange.peer()));
        exchange.reply(error.status(), ServerExchange.JSON, error.json());
    }

    /** Answers 101 and puts the WebSocket's handlers in the place of HTTP's. */
    private void accept(ChannelHandlerContext context, FullHttpRequest request, WebSocketTransport socket) {
        int limit = hub.config().limits().maxPayload();
        WebSocketDecoderConfig decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limit)
                .expectMaskedFrames(true)
                .build();
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(null, null, decoding).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        ChannelPipeline pipeline = context.pipeline();
        handshaker.handshake(context.channel(), request);
        pipeline.addLast(new WebSocketFrameAggregator(limit), socket);
        pipeline.remove(HttpConnection.class);
        pipeline.remove(IdleStateHandler.class);
    }
}
