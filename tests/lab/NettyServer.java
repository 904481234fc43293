package siodiag.lab;

import com.corundumstudio.socketio.AckMode;
import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.AuthTokenResult;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import siodiag.harness.FreePort;

/** A netty-socketio server with the echo flow, as an application would write it; each fault is one option. */
public final class NettyServer {
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("namespaces", "/system,/session,/claude,/agent,/hook,/todo,/memory,/log"),
            Map.entry("events", "user_prompt,pre_tool,post_tool,diagnostic_ping,echo_test,test_event"),
            Map.entry("path", "/socket.io"),
            Map.entry("auth", "token"),
            Map.entry("token", "dev-token"),
            Map.entry("silent", ""),
            Map.entry("relay", "none"),
            Map.entry("room", "join"),
            Map.entry("throws", "no"),
            Map.entry("transports", "polling,websocket"),
            Map.entry("interval", "25000"),
            Map.entry("patience", "60000"),
            Map.entry("payload", "1000000"),
            Map.entry("drop", "0"),
            Map.entry("forbid", "no"),
            Map.entry("pfx", ""),
            Map.entry("login", "0"),
            Map.entry("event", "authenticate"),
            Map.entry("words", "yes"),
            Map.entry("threads", "0"),
            Map.entry("single", "no"));

    private final Map<String, String> options = new HashMap<>(DEFAULTS);
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, SocketIOClient> latest = new ConcurrentHashMap<>();
    private SocketIOServer server;

    public static void main(String[] arguments) throws Exception {
        NettyServer program = new NettyServer();
        for (String word : arguments) {
            String[] parts = word.split("=", 2);
            if (program.options.put(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException("unknown option " + word);
            }
        }
        program.start();
        while (System.in.read() >= 0) {
            // ends with whoever started it
        }
        Runtime.getRuntime().halt(0);
    }

    private String option(String name) {
        return options.get(name);
    }

    private boolean is(String name, String value) {
        return option(name).equals(value);
    }

    private List<String> list(String name) {
        return option(name).isEmpty() ? List.of() : List.of(option(name).split(","));
    }

    private void start() throws Exception {
        Configuration configuration = new Configuration();
        int port = FreePort.any();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setContext(option("path"));
        configuration.setRandomSession(true);
        configuration.setPingInterval(Integer.parseInt(option("interval")));
        configuration.setPingTimeout(Integer.parseInt(option("patience")));
        configuration.setMaxFramePayloadLength(Integer.parseInt(option("payload")));
        configuration.setMaxHttpContentLength(Integer.parseInt(option("payload")));
        configuration.setTransports(list("transports").stream()
                .map(name -> Transport.valueOf(name.toUpperCase()))
                .toArray(Transport[]::new));
        configuration.setWorkerThreads(Integer.parseInt(option("threads")));
        configuration.setAckMode(AckMode.AUTO_SUCCESS_ONLY);
        if (is("forbid", "yes")) {
            configuration.setAuthorizationListener(
                    handshake -> com.corundumstudio.socketio.AuthorizationResult.FAILED_AUTHORIZATION);
        }
        useTls(configuration);
        server = new SocketIOServer(configuration);
        list("namespaces").forEach(this::serve);
        server.start();
        System.out.println("READY " + (is("pfx", "") ? "http" : "https") + "://127.0.0.1:" + port);
    }

    private void useTls(Configuration configuration) throws IOException {
        if (!is("pfx", "")) {
            configuration.setKeyStore(Files.newInputStream(Path.of(option("pfx"))));
            configuration.setKeyStoreFormat("PKCS12");
            configuration.setKeyStorePassword("changeit");
        }
    }

    private void serve(String name) {
        SocketIONamespace namespace = server.addNamespace(name.equals("/") ? "" : name);
        String room = (name.equals("/") ? "default" : name.substring(1)) + "_room";
        namespace.addAuthTokenListener((data, client) -> authenticate(name, data));
        namespace.addConnectListener(client -> {
            if (is("auth", "token") && client.getHandshakeData().getAuthToken() == null) {
                client.disconnect(); // the token listener is not asked about a CONNECT without a payload
            } else if (is("room", "join")) {
                client.joinRoom(room);
            }
            SocketIOClient before = is("single", "yes") ? latest.put(name, client) : null;
            if (before != null) {
                before.disconnect();
            }
        });
        namespace.addEventListener("join_room", Object.class, (client, data, ack) -> {
            if (is("room", "request")) {
                client.joinRoom(room);
            }
        });
        if (!is("login", "0")) {
            expectLogin(namespace);
        }
        for (String event : list("events")) {
            namespace.addEventListener(
                    event, Map.class, (client, data, ack) -> onEvent(namespace, room, event, client, data, ack));
        }
    }

    /** login=N: who has not sent event=… with the token in N milliseconds is disconnected; before it, nobody is served. */
    private void expectLogin(SocketIONamespace namespace) {
        namespace.addConnectListener(
                client -> CompletableFuture.delayedExecutor(Long.parseLong(option("login")), TimeUnit.MILLISECONDS)
                        .execute(() -> {
                            if (!client.has("in")) {
                                disconnect(client, "no login in time");
                            }
                        }));
        namespace.addEventListener(option("event"), Map.class, (client, data, ack) -> {
            if (option("token").equals(data.get("token"))) {
                client.set("in", true);
                client.sendEvent("authenticated");
            } else {
                disconnect(client, "invalid token");
            }
        });
    }

    private void disconnect(SocketIOClient client, String message) {
        if (is("words", "yes")) {
            client.sendEvent("unauthorized", Map.of("message", message));
        }
        client.disconnect();
    }

    private AuthTokenResult authenticate(String namespace, Object data) {
        if (list("silent").contains(namespace)) {
            hang(TimeUnit.MINUTES.toMillis(5));
        }
        if (is("auth", "maintenance")) {
            return new AuthTokenResult(false, "Server is in maintenance mode, please try again later");
        }
        Object token = data instanceof Map<?, ?> map ? map.get("token") : null;
        boolean letIn = is("auth", "open") || option("token").equals(token);
        return letIn ? AuthTokenResult.AuthTokenResultSuccess : new AuthTokenResult(false, "invalid token");
    }

    private static void hang(long millis) {
        try {
            Thread.sleep(millis); // on purpose: a blocking call in a handler
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void onEvent(
            SocketIONamespace namespace,
            String room,
            String event,
            SocketIOClient client,
            Map<?, ?> data,
            AckRequest ack) {
        if (is("throws", "exit")) {
            Runtime.getRuntime().halt(1);
        }
        if (is("throws", "block") && number.get() == 2) {
            hang(3000);
        }
        if (is("throws", "yes")) {
            throw new IllegalStateException("handler failed on purpose");
        }
        if (!is("login", "0") && !client.has("in")) {
            return;
        }
        int nth = number.incrementAndGet();
        if (nth == Integer.parseInt(option("drop"))) {
            client.disconnect();
            return;
        }
        if (ack.isAckRequested()) {
            ack.sendAckData(Map.of("status", "ok", "event", event));
        }
        Map<String, Object> echo = new HashMap<>();
        data.forEach((key, value) -> echo.put(String.valueOf(key), value));
        echo.put("echoed_at", Instant.now().toString());
        echo.put("original_sender", client.getSessionId().toString());
        relay(namespace, room, "echo_" + event, echo, client, nth);
    }

    private void relay(
            SocketIONamespace namespace,
            String room,
            String event,
            Map<String, Object> echo,
            SocketIOClient client,
            int nth) {
        switch (option("relay")) {
            case "off" -> {}
            case "sender" -> client.sendEvent(event, echo);
            case "elsewhere" ->
                server.getNamespace("/log").getBroadcastOperations().sendEvent(event, echo);
            case "renamed" -> send(namespace, room, event.replace("echo_", "relayed_"), echo);
            case "altered" -> {
                echo.put("prompt", "changed");
                echo.remove("tool");
                send(namespace, room, event, echo);
            }
            case "lost" -> {
                if (nth % 5 != 3) {
                    send(namespace, room, event, echo);
                }
            }
            case "bytes" -> {
                echo.put("thumbnail", new byte[] {(byte) 0x89, 'P', 'N', 'G'});
                send(namespace, room, event, echo);
            }
            case "twice" -> {
                send(namespace, room, event, echo);
                send(namespace, room, event, echo);
            }
            case "slow" ->
                CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS)
                        .execute(() -> send(namespace, room, event, echo));
            case "reordered" ->
                CompletableFuture.delayedExecutor(nth % 2 * 60L, TimeUnit.MILLISECONDS)
                        .execute(() -> send(namespace, room, event, echo));
            default -> send(namespace, room, event, echo);
        }
    }

    private static void send(SocketIONamespace namespace, String room, String event, Map<String, Object> echo) {
        namespace.getRoomOperations(room).sendEvent(event, echo);
    }
}
