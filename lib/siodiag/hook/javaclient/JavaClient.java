package siodiag.hook.javaclient;

import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.emitter.Emitter;
import io.socket.engineio.client.Transport;
import io.socket.engineio.client.transports.PollingXHR;
import io.socket.engineio.client.transports.WebSocket;
import io.socket.engineio.parser.Packet;
import io.socket.parser.IOParser;
import io.socket.thread.EventThread;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import okhttp3.Request;
import org.json.JSONObject;
import siodiag.core.Deadline;
import siodiag.core.Scope;
import siodiag.core.Stopwatch;
import siodiag.core.Text;
import siodiag.core.Urls;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Parser;
import siodiag.protocol.SessionEnd;
import siodiag.target.Target;

/**
 * The official Java client (socket.io-client-java 2.1.2) as a hook uses it: one connection, any number of namespaces.
 * Its traps are closed: nothing is shared with other clients, each wait has a deadline, memory is bounded, closes are
 * seen at once, and no thread outlives {@link #close}.
 */
public final class JavaClient implements AutoCloseable {
    public static final String NAME = "socket.io-client-java 2.1.2";
    private static final Duration CLOSE_GRACE = Duration.ofMillis(500);
    private static final int MAX_RECONNECT_DELAY_MS = 1000;
    private static final int FIRST_RECONNECT_DELAY_MS = 100;
    /** Kept, so that the level stays: the library logs what it meets, stack traces of hostile input among it. */
    private static final Logger LIBRARY_LOG = Logger.getLogger("io.socket");

    static {
        LIBRARY_LOG.setLevel(Level.OFF);
    }

    /** Hears of connections, on the library's event thread: must not block. */
    public interface Listener {
        Listener NONE = new Listener() {};

        default void connected(String namespace) {}

        /** @param reason in the library's words; the close code, where there was one, with it */
        default void disconnected(String namespace, String reason) {}

        /** An attempt to connect failed. @param byServer whether the server said no, after which the library gives up */
        default void refused(String namespace, String why, boolean byServer) {}
    }

    private final Scope scope = Scope.current();
    private final Target target;
    private final Listener listener;
    private final TransportTrace trace = new TransportTrace();
    private final HttpStack http;
    private final Manager.Options options;
    private final Manager manager;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
    private final Map<String, Future<?>> rejoining = new ConcurrentHashMap<>();

    /** Opens nothing yet. @param transports as the library names them, in the order to try */
    public JavaClient(Target target, List<String> transports, boolean reconnecting, Listener listener) {
        this.target = target;
        this.listener = listener;
        this.http = new HttpStack(target, trace);
        this.options = options(transports, reconnecting);
        this.manager = new Manager(
                URI.create((target.endpoint().tls() ? "https://" : "http://")
                        + target.endpoint().authority()),
                options);
        manager.on(Manager.EVENT_TRANSPORT, guarded(args -> watch((Transport) args[0])));
        scope.own(this);
    }

    /** Makes a whole client and closes it again, so that later ones find most classes loaded. Connects to nothing. */
    public static void load() {
        Target nothing = Target.at(URI.create("http://127.0.0.1"), Target.DEFAULT_PATH, Duration.ofSeconds(1));
        List<String> transports = List.of(PollingXHR.NAME, WebSocket.NAME);
        try (JavaClient client = new JavaClient(nothing, transports, false, Listener.NONE)) {
            client.manager.socket("/", client.options);
            client.http
                    .calls()
                    .newCall(new Request.Builder().url("http://127.0.0.1").build());
            new IOParser.Decoder().add("2[{\"number\":1.5}]");
        }
    }

    private Manager.Options options(List<String> transports, boolean reconnecting) {
        Manager.Options all = new Manager.Options();
        all.path = target.requestPath();
        all.transports = transports.toArray(String[]::new);
        all.auth = auth(target.auth());
        all.query = query(target.credentials().query());
        all.callFactory = http.calls();
        all.webSocketFactory = http.webSockets();
        MessagePackParser messagePack = target.parser() == Parser.MSGPACK ? new MessagePackParser(trace) : null;
        all.encoder = messagePack;
        all.decoder = messagePack != null ? messagePack : new SafeDecoder(trace, HttpStack.MAX_BYTES);
        all.timeout = Math.max(1, target.timeout().toMillis());
        all.reconnection = reconnecting;
        all.reconnectionDelay = FIRST_RECONNECT_DELAY_MS;
        all.reconnectionDelayMax = MAX_RECONNECT_DELAY_MS;
        return all;
    }

    /** The library takes texts only by its type; what it makes of the map is JSON of any kind. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> auth(String object) {
        return object.isEmpty() ? null : (Map<String, String>) (Map<String, ?>) new JSONObject(object).toMap();
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? null
                : parameters.entrySet().stream()
                        .map(one -> Urls.encode(one.getKey()) + "=" + Urls.encode(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    public TransportTrace trace() {
        return trace;
    }

    /** Joins a namespace; to be called once for each. The future always completes, within the target's timeout. */
    public CompletableFuture<ConnectResult> connect(String namespace) {
        CompletableFuture<ConnectResult> answer = new CompletableFuture<>();
        Stopwatch watch = new Stopwatch();
        Socket socket = manager.socket(namespace, options);
        sockets.put(namespace, socket);
        socket.on(Socket.EVENT_CONNECT, guarded(args -> SenderSetup.run(socket, namespace, target.flow())
                .thenRun(() -> {
                    answer.complete(new ConnectResult.Connected(""));
                    listener.connected(namespace);
                })
                .exceptionally(failure -> {
                    failed(failure.getCause());
                    return null;
                })));
        socket.on(Socket.EVENT_CONNECT_ERROR, guarded(args -> {
            ConnectResult refusal = refusal(args, watch);
            answer.complete(refusal);
            listener.refused(namespace, ConnectResult.describe(refusal), refusal instanceof ConnectResult.ConnectError);
        }));
        socket.on(Socket.EVENT_DISCONNECT, guarded(args -> {
            String how = disconnected(args);
            answer.complete(new ConnectResult.Disconnected(how, ""));
            listener.disconnected(namespace, how);
        }));
        socket.connect();
        return answer.completeOnTimeout(
                new ConnectResult.TimedOut(), target.timeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Joins again, after a while, a namespace that the server disconnected this client from: the library does not by itself. */
    public void reconnect(String namespace, Duration delay) {
        Future<?> before = rejoining.put(namespace, Scope.at(Deadline.in(delay), () -> sockets.get(namespace)
                .connect()));
        if (before != null) {
            before.cancel(false);
        }
    }

    public boolean isConnected(String namespace) {
        Socket socket = sockets.get(namespace);
        return socket != null && socket.connected();
    }

    /**
     * Emits an event with arguments of org.json's types. The future has the words of the acknowledgement; where none comes
     * it never completes, and callers set their own limit.
     */
    public CompletableFuture<String> emit(String namespace, String event, Object... args) {
        CompletableFuture<String> acknowledgement = new CompletableFuture<>();
        try {
            sockets.get(namespace).emit(event, args, answer -> acknowledgement.complete(message(answer)));
        } catch (RuntimeException reservedName) {
            acknowledgement.completeExceptionally(reservedName);
        }
        return acknowledgement;
    }

    /** Posts JSON to a path of the server, as hooks do that use no socket. */
    public CompletableFuture<Integer> post(String path, String json) {
        String stated = query(target.credentials().query());
        String query = stated == null ? "" : (path.contains("?") ? "&" : "?") + stated;
        return http.post(
                (target.endpoint().tls() ? "https://" : "http://")
                        + target.endpoint().authority()
                        + path
                        + query,
                json);
    }

    @Override
    public void close() {
        scope.disown(this);
        rejoining.values().forEach(timer -> timer.cancel(false));
        CompletableFuture<Void> said = new CompletableFuture<>();
        EventThread.nextTick(() -> {
            sockets.values().forEach(Socket::disconnect);
            said.complete(null);
        });
        try {
            said.get(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException busy) {
            // What is below is closed all the same.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }

    private void watch(Transport transport) {
        transport.on(Transport.EVENT_PACKET, guarded(args -> {
            if (args[0] instanceof Packet<?> packet && Packet.MESSAGE.equals(packet.type)) {
                trace.carries(transport.name);
            }
        }));
    }

    private ConnectResult refusal(Object[] args, Stopwatch watch) {
        Object what = args.length == 0 ? null : args[0];
        return what instanceof Exception
                ? new ConnectResult.SessionClosed(new SessionEnd(true, message(args), "", watch.millis(), false))
                : new ConnectResult.ConnectError(String.valueOf(what));
    }

    private String disconnected(Object[] args) {
        String closed = trace.lastClose();
        return message(args) + (closed.isEmpty() ? "" : ", " + closed);
    }

    private static String message(Object... args) {
        if (args.length > 0 && args[0] instanceof Exception failure) {
            return Text.cut(failure.getMessage() + (failure.getCause() == null ? "" : ": " + failure.getCause()), 300);
        }
        StringBuilder message = new StringBuilder();
        for (Object arg : args) {
            message.append(message.isEmpty() ? "" : " ").append(Text.cut(String.valueOf(arg), 200));
        }
        return message.toString();
    }

    private void failed(Throwable failure) {
        trace.note("a listener failed: " + failure);
    }

    /** A listener that throws would end the library's event thread, and with it the polling. */
    private Emitter.Listener guarded(Emitter.Listener body) {
        return args -> {
            try {
                body.call(args);
            } catch (RuntimeException failure) {
                failed(failure);
            }
        };
    }
}
