package siodiag;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

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

/** The Engine.IO endpoint: which request opens, continues or upgrades a session, and which is refused, and how. */
final class MonitorEngine {
    private final MonitorHub hub;
    private final MonitorOrigins origins;

    MonitorEngine(MonitorHub hub) {
        this.hub = hub;
        this.origins = new MonitorOrigins(hub.config());
    }

    boolean serves(String path) {
        return path.equals(hub.config().path()) || path.equals(hub.config().path() + "/");
    }

    /** Answers the request: at once, or a poll when there is something to say. */
    void handle(MonitorExchange exchange, FullHttpRequest request) {
        String origin = exchange.header(HttpHeaderNames.ORIGIN);
        if (!origins.allow(origin, exchange.header(HttpHeaderNames.HOST))) {
            refuse(exchange, MonitorEngineError.FORBIDDEN, "origin " + Text.quote(origin, 100));
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
            refuse(exchange, MonitorEngineError.UNKNOWN_TRANSPORT, Text.quote(transport, 40));
            return;
        }
        boolean webSocket = transport.equals("websocket");
        if (webSocket != exchange.wantsWebSocket()) {
            refuse(exchange, MonitorEngineError.BAD_REQUEST, "transport and Upgrade header disagree");
            return;
        }
        String sid = exchange.parameter("sid");
        if (sid == null) {
            open(exchange, request, webSocket);
        } else {
            resume(exchange, request, sid, webSocket);
        }
    }

    private void open(MonitorExchange exchange, FullHttpRequest request, boolean webSocket) {
        if (!exchange.method().equals("GET")) {
            refuse(exchange, MonitorEngineError.BAD_METHOD, exchange.method());
            return;
        }
        MonitorEngineVersion version = MonitorEngineVersion.of(exchange.parameter("EIO"));
        if (version == null) {
            refuse(exchange, MonitorEngineError.UNSUPPORTED_VERSION, "EIO "
                    + Text.quote(exchange.parameter("EIO"), 20));
            return;
        }
        if (hub.isFull()) {
            refuse(exchange, MonitorEngineError.FORBIDDEN, "there are as many clients as are let in");
            return;
        }
        MonitorSession session = hub.newSession(version, exchange.handshake());
        if (webSocket) {
            MonitorWebSocket socket = new MonitorWebSocket(session, false);
            accept(exchange.context(), request, socket);
            session.open(socket);
            return;
        }
        MonitorPolling polling = new MonitorPolling(session);
        session.open(polling);
        polling.poll(exchange);
    }

    private void resume(MonitorExchange exchange, FullHttpRequest request, String sid, boolean webSocket) {
        MonitorSession session = hub.session(sid);
        if (session == null) {
            refuse(exchange, MonitorEngineError.UNKNOWN_SESSION, exchange.method());
            return;
        }
        if (webSocket) {
            probe(exchange, request, session);
            return;
        }
        if (!(session.transport() instanceof MonitorPolling polling)) {
            refuse(exchange, MonitorEngineError.BAD_REQUEST, session.name() + " is on a WebSocket already");
            return;
        }
        switch (exchange.method()) {
            case "GET" -> polling.poll(exchange);
            case "POST" -> post(exchange, request, session);
            default -> refuse(exchange, MonitorEngineError.BAD_REQUEST, exchange.method());
        }
    }

    /** A second WebSocket for one session is let in and closed, as the reference implementation does. */
    private void probe(MonitorExchange exchange, FullHttpRequest request, MonitorSession session) {
        MonitorWebSocket socket = new MonitorWebSocket(session, true);
        accept(exchange.context(), request, socket);
        if (!(session.transport() instanceof MonitorPolling)) {
            socket.close(MonitorSession.NORMAL);
        }
    }

    private void post(MonitorExchange exchange, FullHttpRequest request, MonitorSession session) {
        try {
            packets(exchange, request, session).forEach(session::receive);
            exchange.reply(200, "text/html", "ok");
        } catch (MonitorProtocolException e) {
            byte[] body = ByteBufUtil.getBytes(request.content());
            refuse(exchange, MonitorEngineError.BAD_REQUEST, e.getMessage());
            session.malformed(MonitorEnginePacket.binary(body), e.getMessage());
        }
    }

    private static List<MonitorEnginePacket> packets(MonitorExchange exchange, FullHttpRequest request,
                                                     MonitorSession session) {
        String type = exchange.header(HttpHeaderNames.CONTENT_TYPE);
        return session.version() == MonitorEngineVersion.EIO3 && "application/octet-stream".equals(type)
                ? MonitorEngineVersion.decodeBinary3(ByteBufUtil.getBytes(request.content()))
                : session.version().decode(request.content().toString(StandardCharsets.UTF_8));
    }

    private void preflight(MonitorExchange exchange) {
        exchange.reply(204, MonitorExchange.TEXT, Unpooled.EMPTY_BUFFER, Map.of(
                "Access-Control-Allow-Methods", "GET, POST, OPTIONS",
                "Access-Control-Allow-Headers", "Content-Type, Authorization",
                "Access-Control-Max-Age", "600"));
    }

    private void refuse(MonitorExchange exchange, MonitorEngineError error, String detail) {
        hub.observe(MonitorEvent.note(MonitorEvent.Kind.REFUSED, MonitorEvent.Direction.IN, exchange.method() + " "
                + error.status() + " " + error.message() + ": " + detail + " from " + exchange.peer()));
        exchange.reply(error.status(), MonitorExchange.JSON, error.json());
    }

    /** Answers 101 and puts the WebSocket's handlers in the place of HTTP's. */
    private void accept(ChannelHandlerContext context, FullHttpRequest request, MonitorWebSocket socket) {
        int limit = hub.config().limits().maxPayload();
        WebSocketDecoderConfig decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limit).expectMaskedFrames(true).build();
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory(null, null, decoding).newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            return;
        }
        ChannelPipeline pipeline = context.pipeline();
        handshaker.handshake(context.channel(), request);
        pipeline.addLast(new WebSocketFrameAggregator(limit), socket);
        pipeline.remove(MonitorHttp.class);
        pipeline.remove(IdleStateHandler.class);
    }
}
