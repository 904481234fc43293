///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DESCRIPTION A correct netty-socketio server in one file, to copy
//COMPILE_OPTIONS -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -encoding UTF-8
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
//DEPS com.corundumstudio.socketio:netty-socketio:2.0.14
//DEPS io.netty:netty-buffer:4.1.137.Final
//DEPS io.netty:netty-common:4.1.137.Final
//DEPS io.netty:netty-transport:4.1.137.Final
//DEPS io.netty:netty-handler:4.1.137.Final
//DEPS io.netty:netty-codec-http:4.1.137.Final
//DEPS io.netty:netty-codec:4.1.137.Final
//DEPS io.netty:netty-resolver:4.1.137.Final
//DEPS io.netty:netty-transport-native-unix-common:4.1.137.Final
//DEPS io.netty:netty-transport-classes-epoll:4.1.137.Final
//DEPS com.fasterxml.jackson.core:jackson-databind:2.22.4
//DEPS info.picocli:picocli:4.7.7
// No log: where a packet can't be parsed, netty-socketio logs all of it, and a CONNECT holds the client's token.
//DEPS org.slf4j:slf4j-api:2.0.20
//DEPS org.slf4j:slf4j-nop:2.0.20

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOChannelInitializer;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import com.corundumstudio.socketio.handler.ClientHead;
import com.corundumstudio.socketio.handler.EncoderHandler;
import com.corundumstudio.socketio.listener.DefaultExceptionListener;
import com.corundumstudio.socketio.messages.OutPacketMessage;
import com.corundumstudio.socketio.messages.PacketsMessage;
import com.corundumstudio.socketio.namespace.NamespacesHub;
import com.corundumstudio.socketio.protocol.EngineIOVersion;
import com.corundumstudio.socketio.protocol.Event;
import com.corundumstudio.socketio.protocol.JacksonJsonSupport;
import com.corundumstudio.socketio.protocol.Packet;
import com.corundumstudio.socketio.protocol.PacketEncoder;
import com.corundumstudio.socketio.protocol.PacketType;
import com.corundumstudio.socketio.store.MemoryStoreFactory;
import com.corundumstudio.socketio.store.Store;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine;

/**
 * A netty-socketio server that behaves as Socket.IO 4 clients expect. The command and the application come first: what you
 * change to make it yours. Below them stand the repairs, each with the trap of netty-socketio 2.0.14 that it closes.
 *
 * <p>What can't be closed from outside:
 * <ul>
 *   <li>Every session is a client of {@code /} from its handshake on, before any CONNECT. So nothing here is sent to all
 *       clients of a namespace: only to rooms, which clients join once they are accepted.
 *   <li>After each HTTP response the connection is closed, so polling costs a TCP connection a request. The responses
 *       say so here; netty-socketio itself promises keep-alive.
 *   <li>A handshake does not announce {@code maxPayload}, and a client that stops polling without a word is noticed only
 *       after ping interval and ping timeout.
 *   <li>Listeners run on the event loop: one that blocks stops every client of its thread. Hand long work to an executor.
 * </ul>
 */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        version = "1.0.0",
        sortOptions = false,
        description = {
            "A correct netty-socketio server: to run, to compare with, to copy.",
            "Relays an event E of /n as echo_E to room n_room, as the echo flow does."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:standard input has closed (--until-eof)",
            "64:wrong usage",
            "70:could not start, such as: port in use",
            "130:stopped by Ctrl-C"
        })
class Server implements Callable<Integer> {
    private static final int MAX_PAYLOAD = 1_000_000; // as in Node; netty-socketio's 64 KiB reject ordinary events

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "${env:CLAUDE_MPM_SOCKETIO_PORT:-8765}",
            description = "port to listen on, 0 for a free one (default: $CLAUDE_MPM_SOCKETIO_PORT, else 8765)")
    int port;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "address to listen on (default: ${DEFAULT-VALUE}, this machine only)")
    String host;

    @Option(
            names = "--path",
            paramLabel = "P",
            defaultValue = "/socket.io",
            description = "the Engine.IO path (default: ${DEFAULT-VALUE})")
    String path;

    @Option(
            names = "--token",
            paramLabel = "T",
            defaultValue = "${env:CLAUDE_MPM_SOCKETIO_TOKEN:-dev-token}",
            description = "what clients must send as auth.token (default: $CLAUDE_MPM_SOCKETIO_TOKEN, else dev-token)")
    String token;

    @Option(
            names = "--namespaces",
            paramLabel = "A,B",
            split = ",",
            defaultValue = "/system,/session,/claude,/agent,/hook,/todo,/memory,/log",
            description = "namespaces to serve in addition to / (default: ${DEFAULT-VALUE})")
    List<String> namespaces;

    @Option(
            names = "--events",
            paramLabel = "A,B",
            split = ",",
            defaultValue = "user_prompt,pre_tool,post_tool,diagnostic_ping,echo_test,test_event",
            description = "events that are relayed; others are acknowledged as unknown (default: ${DEFAULT-VALUE})")
    List<String> events;

    @Option(
            names = "--allow-origin",
            paramLabel = "O",
            split = ",",
            description = "web origins to accept in addition to file:// pages and pages of this machine")
    List<String> origins = List.of();

    @Option(names = "--until-eof", description = "end when standard input closes: for a program that starts this one")
    boolean untilEof;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Server())
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((failure, given) -> complain(failure.getMessage(), 64))
                .setExecutionExceptionHandler((failure, line, parsed) -> complain(failure.getMessage(), 70))
                .execute(arguments));
    }

    private static int complain(String message, int exitCode) {
        System.err.println("server: " + message);
        return exitCode;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String wrong = wrongOption();
        if (wrong != null) {
            return complain(wrong, 64);
        }
        Configuration configuration = configuration();
        Sessions sessions = (Sessions) configuration.getStoreFactory();
        SocketIOServer server = new SocketIOServer(configuration);
        Application application = new Application(server, token, Set.copyOf(events));
        Stream.concat(Stream.of("/"), namespaces.stream()).distinct().forEach(application::addNamespace);
        server.setPipelineFactory(new Pipeline(
                new HttpGate(configuration, origins, sessions, namespaces), new PacketGate(application, sessions)));
        announce(start(server));
        return serve();
    }

    private String wrongOption() {
        if (port < 0 || port > 65_535) {
            return "--port " + port + ": a port is a number from 1 to 65535, or 0 for a free one";
        }
        if (!path.matches("[!-~&&[^?#]]*[!-~&&[^?#/]][!-~&&[^?#]]*")) {
            return "--path: a path such as /socket.io";
        }
        if (token.isEmpty()) {
            return "--token: must not be empty";
        }
        return namespaces.stream().allMatch(name -> name.matches("/[!-~&&[^,?\\[{]]*"))
                ? null
                : "--namespaces: names such as /hook,/log, separated by commas";
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.setHostname(host); // unset, it listens to all machines
        configuration.setPort(port);
        configuration.setContext("/" + path.replaceAll("^/+|/+$", ""));
        configuration.setRandomSession(true); // else a client names its session by a cookie, and takes over another's
        configuration.setAckMode(AckMode.MANUAL); // else an event without a handler's answer counts as done
        configuration.setBossThreads(1); // more than one never has work with one port
        configuration.setPingTimeout(20_000); // as in Node
        configuration.setMaxHttpContentLength(MAX_PAYLOAD);
        configuration.setMaxFramePayloadLength(MAX_PAYLOAD);
        configuration.setHttpCompression(false); // loopback gains nothing by it
        configuration.setWebsocketCompression(false); // off in Node too: costs memory for each client
        configuration.setSocketConfig(socketConfig());
        configuration.setJsonSupport(new Json(Set.copyOf(events)));
        configuration.setStoreFactory(new Sessions());
        configuration.setExceptionListener(new BrokenConnections());
        return configuration;
    }

    private static SocketConfig socketConfig() {
        SocketConfig config = new SocketConfig();
        config.setReuseAddress(true); // else a restart fails for a minute: "Address already in use"
        return config;
    }

    /** Where it listens. */
    private InetSocketAddress start(SocketIOServer server) throws IOException {
        try {
            ChannelFuture bound = (ChannelFuture) server.startAsync();
            return (InetSocketAddress) bound.syncUninterruptibly().channel().localAddress();
        } catch (UnresolvedAddressException unknown) {
            throw new IOException("--host " + host + ": has no address");
        } catch (Exception failure) { // Netty throws checked exceptions without declaring them
            String reason = failure instanceof BindException
                            && String.valueOf(failure.getMessage()).contains("in use")
                    ? "the port is in use; --port names another one"
                    : failure.getMessage();
            throw new IOException("can't listen on " + host + ":" + port + ": " + reason);
        }
    }

    private void announce(InetSocketAddress address) throws UnknownHostException {
        System.out.println("server on http://" + host + ":" + address.getPort() + "  (netty-socketio; state: /health)");
        if (!InetAddress.getByName(host).isLoopbackAddress()) {
            System.out.println(
                    "WARNING: reachable from other machines; whoever has the token can see and send everything");
        }
    }

    private int serve() throws IOException, InterruptedException {
        if (!untilEof) {
            Thread.currentThread().join();
        }
        while (System.in.read() >= 0) {
            // nothing is expected but the end
        }
        return 0;
    }

    // --- the application
    // ------------------------------------------------------------------------------------------------

    /** The echo flow: an event comes back as {@code echo_EVENT} to everybody in the namespace's room. */
    private record Application(SocketIOServer server, String token, Set<String> events) {
        private static final int MAX_ROOMS = 100;
        private static final int MAX_ROOM_NAME = 200;

        void addNamespace(String name) {
            SocketIONamespace namespace = server.addNamespace(key(name));
            namespace.addMultiTypeEventListener(
                    "join_room", (client, args, ack) -> join(client, room(args.first()), ack));
            namespace.addMultiTypeEventListener(
                    "leave_room", (client, args, ack) -> leave(client, room(args.first()), ack));
            namespace.addMultiTypeEventListener(
                    Json.UNKNOWN, (client, args, ack) -> refuse(ack, "unknown event " + args.first()));
            events.forEach(event -> namespace.addMultiTypeEventListener(
                    event, (client, args, ack) -> echo(namespace, event, client, args.getArgs(), ack)));
        }

        /** Whether a client that sent this with its CONNECT may enter. Compares in constant time. */
        boolean accepts(JsonNode auth) {
            return MessageDigest.isEqual(
                    token.getBytes(StandardCharsets.UTF_8),
                    auth.path("token").asText("").getBytes(StandardCharsets.UTF_8));
        }

        /** A client was accepted. A connect listener is not the place for this: for {@code /} it runs before the token was checked. */
        void connected(SocketIOClient client) {
            client.joinRoom(ownRoom(client.getNamespace()));
        }

        /** The namespace of a packet; null where there is none of that name. */
        SocketIONamespace namespace(String name) {
            return server.getNamespace(key(name));
        }

        private static String key(String name) {
            return name.equals("/") ? "" : name; // netty-socketio's name of the default namespace
        }

        private static String ownRoom(SocketIONamespace namespace) {
            return (namespace.getName().isEmpty()
                            ? "default"
                            : namespace.getName().substring(1)) + "_room";
        }

        private static String room(Object argument) {
            Object name = argument instanceof Map<?, ?> map ? map.get("room") : argument;
            return name instanceof String room && room.length() <= MAX_ROOM_NAME ? room : "";
        }

        private static void join(SocketIOClient client, String room, AckRequest ack) {
            if (room.isEmpty() || client.getAllRooms().size() >= MAX_ROOMS) {
                refuse(ack, "no such room, or too many of them");
            } else {
                client.joinRoom(room);
                succeed(ack);
            }
        }

        private static void leave(SocketIOClient client, String room, AckRequest ack) {
            client.leaveRoom(room);
            succeed(ack);
        }

        private static void echo(
                SocketIONamespace namespace,
                String event,
                SocketIOClient sender,
                List<Object> arguments,
                AckRequest ack) {
            List<Object> echoed = new ArrayList<>(arguments);
            Object first = echoed.isEmpty() ? Map.of() : echoed.remove(0);
            echoed.add(0, marked(first, sender));
            // Each receiver gets a packet of its own: one that is shared is encoded once, and its bytes are gone after
            // that.
            namespace
                    .getRoomOperations(ownRoom(namespace))
                    .getClients()
                    .forEach(client -> client.sendEvent("echo_" + event, echoed.toArray()));
            succeed(ack);
        }

        private static Map<String, Object> marked(Object argument, SocketIOClient sender) {
            Map<String, Object> echo = new LinkedHashMap<>();
            if (argument instanceof Map<?, ?> fields) {
                fields.forEach((name, value) -> echo.put(String.valueOf(name), value));
            } else {
                echo.put("data", argument);
            }
            echo.put("echoed_at", Instant.now().toString());
            echo.put("original_sender", sender.getSessionId().toString());
            return echo;
        }

        private static void succeed(AckRequest ack) {
            ack.sendAckData(Map.of("status", "ok"));
        }

        private static void refuse(AckRequest ack, String reason) {
            ack.sendAckData(Map.of("status", "error", "message", reason));
        }
    }

    // --- the repairs
    // ----------------------------------------------------------------------------------------------------

    /** Puts the gates before netty-socketio's handlers, and the encoder in place of its own. */
    private static final class Pipeline extends SocketIOChannelInitializer {
        private final HttpGate httpGate;
        private final PacketGate packetGate;
        private Encoder encoder;

        Pipeline(HttpGate httpGate, PacketGate packetGate) {
            this.httpGate = httpGate;
            this.packetGate = packetGate;
        }

        @Override
        public void start(Configuration configuration, NamespacesHub namespaces) {
            super.start(configuration, namespaces);
            try {
                encoder = new Encoder(configuration, new PacketEncoder(configuration, configuration.getJsonSupport()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        protected void addSocketioHandlers(ChannelPipeline pipeline) {
            super.addSocketioHandlers(pipeline);
            pipeline.addBefore(PACKET_HANDLER, "httpGate", httpGate);
            pipeline.addBefore(PACKET_HANDLER, "packetGate", packetGate);
            pipeline.replace(SOCKETIO_ENCODER, SOCKETIO_ENCODER, encoder);
        }
    }

    /** What the gates know of a session. Its packets arrive on one connection at a time, but not always on the same one. */
    private static final class Session {
        final Set<String> namespaces = ConcurrentHashMap.newKeySet();
        BinaryEvent incomplete;
    }

    /** An event whose attachments have not all arrived. */
    private record BinaryEvent(String text, int count, List<byte[]> attachments) {}

    /** Every session has a store from its first moment to its end, so whoever makes the stores knows which sessions there are. */
    private static final class Sessions extends MemoryStoreFactory {
        private final Map<UUID, Session> sessions = new ConcurrentHashMap<>();

        @Override
        public Store createStore(UUID id) {
            sessions.put(id, new Session());
            return super.createStore(id);
        }

        @Override
        public void onDisconnect(ClientHead client) {
            sessions.remove(client.getSessionId());
        }

        Session get(UUID id) {
            return sessions.get(id);
        }

        boolean has(String id) {
            try {
                return sessions.containsKey(UUID.fromString(id));
            } catch (IllegalArgumentException malformed) {
                return false;
            }
        }

        int size() {
            return sessions.size();
        }
    }

    /**
     * Answers what netty-socketio answers wrong or not at all: a session id that is unknown (its client would wait for
     * ever), a preflight (would open a session), other protocol versions and other paths; and refuses pages of foreign
     * origins, all of which netty-socketio accepts with credentials.
     */
    @Sharable
    private static final class HttpGate extends ChannelInboundHandlerAdapter {
        private static final ObjectMapper MAPPER = new ObjectMapper();
        private static final Pattern LOCAL_ORIGIN =
                Pattern.compile("null|https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

        private final String path;
        private final List<String> origins;
        private final Sessions sessions;
        private final List<String> namespaces;

        HttpGate(Configuration configuration, List<String> origins, Sessions sessions, List<String> namespaces) {
            this.path = configuration.getContext() + "/";
            this.origins = origins;
            this.sessions = sessions;
            this.namespaces = namespaces;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
            FullHttpResponse response = message instanceof FullHttpRequest request ? answer(request) : null;
            if (response == null) {
                context.fireChannelRead(message);
                return;
            }
            FullHttpRequest request = (FullHttpRequest) message;
            request.release();
            allowReading(request, response);
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }

        /** Null where netty-socketio is to answer. */
        private FullHttpResponse answer(FullHttpRequest request) throws IOException {
            QueryStringDecoder target = new QueryStringDecoder(request.uri());
            String origin = request.headers().get(HttpHeaderNames.ORIGIN);
            if (origin != null
                    && !origins.contains(origin)
                    && !LOCAL_ORIGIN.matcher(origin).matches()) {
                return engineError(HttpResponseStatus.FORBIDDEN, 4, "Forbidden");
            }
            if (target.path().equals("/health")) {
                return json(HttpResponseStatus.OK, health());
            }
            if (!target.path().equals(path)) {
                return json(HttpResponseStatus.NOT_FOUND, Map.of("message", "not found; Socket.IO is at " + path));
            }
            return request.method().equals(HttpMethod.OPTIONS)
                    ? json(HttpResponseStatus.OK, Map.of())
                    : engineAnswer(request, target);
        }

        /** The errors of the Engine.IO protocol. */
        private FullHttpResponse engineAnswer(FullHttpRequest request, QueryStringDecoder target) throws IOException {
            String transport = parameter(target, "transport");
            String session = parameter(target, "sid");
            if (!transport.equals("polling") && !transport.equals("websocket")) {
                return engineError(HttpResponseStatus.BAD_REQUEST, 0, "Transport unknown");
            }
            if (!parameter(target, "EIO").equals("4")) {
                return engineError(HttpResponseStatus.BAD_REQUEST, 5, "Unsupported protocol version");
            }
            if (session.isEmpty() && !request.method().equals(HttpMethod.GET)) {
                return engineError(HttpResponseStatus.BAD_REQUEST, 2, "Bad handshake method");
            }
            if (!session.isEmpty() && !sessions.has(session)) {
                return engineError(HttpResponseStatus.BAD_REQUEST, 1, "Session ID unknown");
            }
            boolean upgrades = request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
            boolean expected = request.method().equals(HttpMethod.GET)
                    || request.method().equals(HttpMethod.POST) && transport.equals("polling");
            return upgrades == transport.equals("websocket") && expected
                    ? null
                    : engineError(HttpResponseStatus.BAD_REQUEST, 3, "Bad request");
        }

        private Map<String, Object> health() {
            Map<String, Object> health = new LinkedHashMap<>();
            health.put("status", "ok");
            health.put(
                    "monitor",
                    "socketio-diagnostics"); // by this the diagnostics know what to expect; leave it out in yours
            health.put("server", "netty-socketio");
            health.put("clients", sessions.size());
            health.put("namespaces", namespaces);
            return health;
        }

        private static String parameter(QueryStringDecoder target, String name) {
            return target.parameters().getOrDefault(name, List.of("")).get(0);
        }

        private static FullHttpResponse engineError(HttpResponseStatus status, int code, String message)
                throws IOException {
            return json(status, Map.of("code", code, "message", message));
        }

        private static FullHttpResponse json(HttpResponseStatus status, Map<String, Object> body) throws IOException {
            return Encoder.response(status, "application/json", Unpooled.wrappedBuffer(MAPPER.writeValueAsBytes(body)));
        }

        private static void allowReading(FullHttpRequest request, FullHttpResponse response) {
            String origin = request.headers().get(HttpHeaderNames.ORIGIN);
            if (origin != null && response.status() != HttpResponseStatus.FORBIDDEN) {
                response.headers()
                        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                        .set(
                                HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
                                request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS, "content-type"))
                        .set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
            }
        }
    }

    /**
     * Decides about each packet before netty-socketio sees it, which registers a client first and asks for its token then
     * (and only where the CONNECT has a payload): a client that was refused would get broadcasts, and its events would
     * run. Here it is never registered. Also takes payloads of polling apart and collects attachments: netty-socketio
     * reads both as Engine.IO 3 had them.
     */
    @Sharable
    private static final class PacketGate extends SimpleChannelInboundHandler<PacketsMessage> {
        private static final byte SEPARATOR = 0x1e;
        private static final int MAX_ATTACHMENTS = 16;
        /** Packets of Engine.IO's own: close, ping, pong, upgrade, noop. */
        private static final Pattern ENGINE_PACKET = Pattern.compile("[12356](probe)?");

        private static final Pattern PACKET = Pattern.compile(
                "4(?<type>[0-6])((?<count>\\d{1,9})-)?(?<namespace>/[^,?]*)?(\\?[^,]*)?,?(?<ack>\\d{0,18})(?<body>[\\[{].*)?",
                Pattern.DOTALL);
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private final Application application;
        private final Sessions sessions;

        PacketGate(Application application, Sessions sessions) {
            this.application = application;
            this.sessions = sessions;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, PacketsMessage message) {
            Session session = sessions.get(message.getClient().getSessionId());
            if (session == null) {
                return; // ended while the packet was on its way
            }
            synchronized (session) {
                Incoming from = new Incoming(context, message.getClient(), message.getTransport(), session);
                if (message.getTransport() == Transport.WEBSOCKET) {
                    read(from, ByteBufUtil.getBytes(message.getContent()));
                } else {
                    readPayload(from, message.getContent());
                }
            }
        }

        /** Where a packet comes from. */
        private record Incoming(
                ChannelHandlerContext context, ClientHead client, Transport transport, Session session) {
            /** Hands a packet on to netty-socketio. */
            void pass(String packet) {
                ByteBuf content = Unpooled.copiedBuffer(packet, StandardCharsets.UTF_8);
                try {
                    context.fireChannelRead(new PacketsMessage(client, content, transport));
                } finally {
                    content.release();
                }
            }
        }

        private void readPayload(Incoming from, ByteBuf payload) {
            while (payload.isReadable()) {
                int end = payload.bytesBefore(SEPARATOR);
                byte[] packet = new byte[end < 0 ? payload.readableBytes() : end];
                payload.readBytes(packet).skipBytes(end < 0 ? 0 : 1);
                read(
                        from,
                        packet.length > 0 && packet[0] == 'b'
                                ? Base64.getDecoder()
                                        .decode(new String(packet, 1, packet.length - 1, StandardCharsets.ISO_8859_1))
                                : packet);
            }
        }

        private void read(Incoming from, byte[] bytes) {
            if (from.session.incomplete != null) {
                attach(from, bytes);
                return;
            }
            String packet = new String(bytes, StandardCharsets.UTF_8);
            Matcher parts = PACKET.matcher(packet);
            if (parts.matches()) {
                decide(from, packet, parts);
            } else if (ENGINE_PACKET.matcher(packet).matches()) {
                engine(from, packet);
            } else {
                throw new IllegalArgumentException("not an Engine.IO packet");
            }
        }

        private static void engine(Incoming from, String packet) {
            if (packet.equals("1") && from.transport == Transport.POLLING) {
                // The client's poll would wait until it times out.
                from.client.send(new Packet(PacketType.NOOP, EngineIOVersion.V4), Transport.POLLING);
            }
            from.pass(packet);
        }

        private void decide(Incoming from, String packet, Matcher parts) {
            String namespace = parts.group("namespace") == null ? "/" : parts.group("namespace");
            switch (parts.group("type")) {
                case "0" -> connect(from, namespace, parts.group("body"));
                case "1" -> disconnect(from, namespace);
                case "2", "3" -> ifConnected(from, namespace, () -> from.pass(packet));
                case "5", "6" -> collect(from, namespace, parts);
                default -> throw new IllegalArgumentException("a client sends no such packet");
            }
        }

        private void connect(Incoming from, String name, String auth) {
            SocketIONamespace namespace = application.namespace(name);
            if (namespace == null) {
                refuse(from, name, "Invalid namespace");
            } else if (!application.accepts(parse(auth))) {
                refuse(from, name, "invalid token");
            } else if (from.session.namespaces.add(name)) {
                // Without its payload: netty-socketio takes an array in it for the end of the header.
                from.pass("40" + prefix(name));
                application.connected(namespace.getClient(from.client.getSessionId()));
            }
        }

        private static JsonNode parse(String auth) {
            try {
                return MAPPER.readTree(auth == null ? "{}" : auth);
            } catch (IOException malformed) {
                throw new UncheckedIOException(malformed);
            }
        }

        /** As an object with a message, which clients expect; netty-socketio sends a bare string. */
        private static void refuse(Incoming from, String namespace, String reason) {
            Packet packet = new Packet(PacketType.MESSAGE, EngineIOVersion.V4);
            packet.setSubType(PacketType.ERROR);
            packet.setNsp(Application.key(namespace));
            packet.setData(Map.of("message", reason));
            from.client.send(packet);
        }

        /** Netty-socketio forgets a session that leaves {@code /}, and stops its heartbeat: there, only the rooms are left. */
        private void disconnect(Incoming from, String name) {
            if (!from.session.namespaces.remove(name)) {
                return;
            }
            if (name.equals("/")) {
                SocketIOClient client = application.namespace(name).getClient(from.client.getSessionId());
                Set.copyOf(client.getAllRooms()).forEach(client::leaveRoom);
            } else {
                from.pass("41" + prefix(name));
            }
        }

        private static void ifConnected(Incoming from, String namespace, Runnable action) {
            if (from.session.namespaces.contains(namespace)) {
                action.run();
            }
        }

        private static void collect(Incoming from, String namespace, Matcher parts) {
            int count = parts.group("count") == null ? 0 : Integer.parseInt(parts.group("count"));
            if (count > MAX_ATTACHMENTS || parts.group("body") == null) {
                throw new IllegalArgumentException("too many attachments, or no arguments");
            }
            String type = parts.group("type").equals("5") ? "42" : "43";
            BinaryEvent event = new BinaryEvent(
                    type + prefix(namespace) + parts.group("ack") + parts.group("body"), count, new ArrayList<>());
            from.session.incomplete = event;
            passIfComplete(from, event);
        }

        private static void attach(Incoming from, byte[] attachment) {
            BinaryEvent event = from.session.incomplete;
            event.attachments().add(attachment);
            passIfComplete(from, event);
        }

        private static void passIfComplete(Incoming from, BinaryEvent event) {
            if (event.attachments().size() < event.count()) {
                return;
            }
            from.session.incomplete = null;
            Json.with(event.attachments(), () -> from.pass(event.text()));
        }

        private static String prefix(String namespace) {
            return namespace.equals("/") ? "" : namespace + ",";
        }
    }

    /**
     * Reads an event whole: netty-socketio drops events that have no listener without an acknowledgement, arguments that
     * the listener did not declare, and fields that are null.
     */
    private static final class Json extends JacksonJsonSupport {
        /** The event whose listener answers for all that are unknown. */
        static final String UNKNOWN = "unknown event";

        private static final ThreadLocal<List<byte[]>> ATTACHMENTS = ThreadLocal.withInitial(List::of);

        private final Set<String> events;

        Json(Set<String> events) {
            this.events = events;
        }

        /** Runs an action during which placeholders stand for these bytes. */
        static void with(List<byte[]> attachments, Runnable action) {
            ATTACHMENTS.set(attachments);
            try {
                action.run();
            } finally {
                ATTACHMENTS.remove();
            }
        }

        @Override
        protected void init(ObjectMapper mapper) {
            super.init(mapper);
            mapper.setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS);
            mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS); // keeps all digits
        }

        @Override
        public <T> T readValue(String namespace, ByteBufInputStream source, Class<T> type) throws IOException {
            if (type != Event.class) {
                return super.readValue(namespace, source, type);
            }
            List<?> values = objectMapper.readValue((InputStream) source, List.class);
            List<Object> arguments = new ArrayList<>();
            values.stream().skip(1).map(Json::withBytes).forEach(arguments::add);
            return type.cast(
                    values.isEmpty() || !isKnown(values.get(0))
                            ? new Event(UNKNOWN, List.of(values.isEmpty() ? "" : values.get(0)))
                            : new Event((String) values.get(0), arguments));
        }

        private boolean isKnown(Object event) {
            return events.contains(event) || "join_room".equals(event) || "leave_room".equals(event);
        }

        /** The value with bytes in place of their placeholders. */
        private static Object withBytes(Object value) {
            if (value instanceof List<?> list) {
                List<Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(withBytes(element)));
                return copy;
            }
            if (!(value instanceof Map<?, ?> map)) {
                return value;
            }
            List<byte[]> attachments = ATTACHMENTS.get();
            if (Boolean.TRUE.equals(map.get("_placeholder"))
                    && map.get("num") instanceof Integer number
                    && number >= 0
                    && number < attachments.size()) {
                return attachments.get(number);
            }
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((name, field) -> copy.put(name, withBytes(field)));
            return copy;
        }
    }

    /**
     * Writes Engine.IO 4. Netty-socketio's own encoder loses each 51st packet of a long payload, puts a byte before each
     * attachment as Engine.IO 3 had it, and promises to keep connections alive that it closes.
     */
    @Sharable
    private static final class Encoder extends EncoderHandler {
        private final PacketEncoder encoder;

        Encoder(Configuration configuration, PacketEncoder encoder) throws IOException {
            super(configuration, encoder);
            this.encoder = encoder;
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (message instanceof OutPacketMessage packets) {
                Queue<Packet> queue = packets.getClientHead().getPacketsQueue(packets.getTransport());
                if (packets.getTransport() == Transport.WEBSOCKET) {
                    writeFrames(context, queue, promise);
                } else {
                    writePayload(context, queue, promise);
                }
                return;
            }
            if (message instanceof HttpResponse response
                    && response.status() != HttpResponseStatus.SWITCHING_PROTOCOLS) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            super.write(context, message, promise);
        }

        private void writeFrames(ChannelHandlerContext context, Queue<Packet> queue, ChannelPromise promise)
                throws IOException {
            for (Packet packet = queue.poll(); packet != null; packet = queue.poll()) {
                context.write(new TextWebSocketFrame(encode(context, packet)));
                packet.getAttachments().forEach(bytes -> context.write(new BinaryWebSocketFrame(bytes)));
            }
            context.writeAndFlush(Unpooled.EMPTY_BUFFER, promise);
        }

        private void writePayload(ChannelHandlerContext context, Queue<Packet> queue, ChannelPromise promise)
                throws IOException {
            if (queue.isEmpty() || !context.channel().attr(WRITE_ONCE).compareAndSet(null, true)) {
                promise.trySuccess();
                return;
            }
            ByteBuf payload = context.alloc().buffer();
            for (Packet packet = queue.poll();
                    packet != null;
                    packet = payload.readableBytes() < MAX_PAYLOAD ? queue.poll() : null) {
                if (payload.isReadable()) {
                    payload.writeByte(PacketGate.SEPARATOR);
                }
                ByteBuf text = encode(context, packet);
                payload.writeBytes(text);
                text.release();
                packet.getAttachments().forEach(bytes -> payload.writeByte(PacketGate.SEPARATOR)
                        .writeByte('b')
                        .writeBytes(Base64.getEncoder().encode(ByteBufUtil.getBytes(bytes))));
            }
            FullHttpResponse response = response(HttpResponseStatus.OK, "text/plain; charset=UTF-8", payload);
            String origin = context.channel().attr(ORIGIN).get();
            if (origin != null) {
                response.headers()
                        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            }
            context.writeAndFlush(response, promise).addListener(ChannelFutureListener.CLOSE);
        }

        private ByteBuf encode(ChannelHandlerContext context, Packet packet) throws IOException {
            ByteBuf text = context.alloc().buffer();
            encoder.encodePacket(packet, text, context.alloc(), true);
            return text;
        }

        static FullHttpResponse response(HttpResponseStatus status, String type, ByteBuf body) {
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, type)
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                    .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            return response;
        }
    }

    /** Closes a connection whose packets can't be parsed; netty-socketio would leave it open and its client waiting. */
    private static final class BrokenConnections extends DefaultExceptionListener {
        @Override
        public boolean exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            context.close();
            return true;
        }
    }
}
