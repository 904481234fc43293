package siodiag;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.emitter.Emitter;
import io.socket.engineio.client.Transport;
import io.socket.engineio.client.transports.PollingXHR;
import io.socket.engineio.client.transports.WebSocket;
import io.socket.engineio.parser.Packet;
import io.socket.parser.IOParser;
import io.socket.thread.EventThread;
import okhttp3.Request;

/**
 * The official Java client (socket.io-client-java 2.1.2) as a hook uses it: one connection, any number of namespaces.
 * Its traps are closed: nothing is shared with other clients, each wait has a deadline, memory is bounded, closes are
 * seen at once, and no thread outlives {@link #close}.
 */
final class JavaClient implements AutoCloseable {
    static final String NAME = "socket.io-client-java 2.1.2";
    private static final Duration GOODBYE = Duration.ofMillis(500);
    private static final int LONGEST_RECONNECT_DELAY_MS = 1000;
    private static final int FIRST_RECONNECT_DELAY_MS = 100;
    /** Kept, so that the level stays: the library logs what it meets, stack traces of hostile input among it. */
    private static final Logger LIBRARY_LOG = Logger.getLogger("io.socket");

    static {
        LIBRARY_LOG.setLevel(Level.OFF);
    }

    /** Hears of connections, on the library's event thread: must not block. */
    interface Listener {
        Listener NONE = new Listener() { };

        default void connected(String namespace) {
        }

        /** @param reason in the library's words; the close code, where there was one, with it */
        default void disconnected(String namespace, String reason) {
        }

        /** An attempt to connect failed. @param byServer whether the server said no, after which the library gives up */
        default void refused(String namespace, String why, boolean byServer) {
        }
    }

    private final Target target;
    private final Listener listener;
    private final ClientTrace trace = new ClientTrace();
    private final ClientHttp http;
    private final Manager.Options options;
    private final Manager manager;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();

    /** Opens nothing yet. @param transports as the library names them, in the order to try */
    JavaClient(Target target, List<String> transports, boolean reconnecting, Listener listener) {
        this.target = target;
        this.listener = listener;
        this.http = new ClientHttp(target, trace);
        this.options = options(transports, reconnecting);
        this.manager = new Manager(URI.create((target.endpoint().tls() ? "https://" : "http://")
                + target.endpoint().authority()), options);
        manager.on(Manager.EVENT_TRANSPORT, guarded(args -> watch((Transport) args[0])));
    }

    /** Makes a whole client and closes it again, so that later ones find most classes loaded. Connects to nothing. */
    static void load() {
        Target nothing = new Target(URI.create("http://127.0.0.1"), Target.DEFAULT_PATH, Target.DEFAULT_TOKEN, List.of(),
                null, List.of(), Duration.ofSeconds(1), false, Flows.ECHO, true);
        List<String> transports = List.of(PollingXHR.NAME, WebSocket.NAME);
        try (JavaClient client = new JavaClient(nothing, transports, false, Listener.NONE)) {
            client.manager.socket("/", client.options);
            client.http.calls().newCall(new Request.Builder().url("http://127.0.0.1").build());
            new IOParser.Decoder().add("2[{\"number\":1.5}]");
        }
    }

    private Manager.Options options(List<String> transports, boolean reconnecting) {
        Manager.Options all = new Manager.Options();
        all.path = target.requestPath();
        all.transports = transports.toArray(String[]::new);
        all.auth = target.token() == null ? null : Map.of("token", target.token());
        all.callFactory = http.calls();
        all.webSocketFactory = http.webSockets();
        all.decoder = new ClientDecoder(trace, ClientHttp.LONGEST);
        all.timeout = Math.max(1, target.timeout().toMillis());
        all.reconnection = reconnecting;
        all.reconnectionDelay = FIRST_RECONNECT_DELAY_MS;
        all.reconnectionDelayMax = LONGEST_RECONNECT_DELAY_MS;
        return all;
    }

    ClientTrace trace() {
        return trace;
    }

    /** Joins a namespace; to be called once for each. The future always completes, within the target's time-out. */
    CompletableFuture<Admission> connect(String namespace) {
        CompletableFuture<Admission> answer = new CompletableFuture<>();
        Stopwatch watch = new Stopwatch();
        Socket socket = manager.socket(namespace, options);
        sockets.put(namespace, socket);
        socket.on(Socket.EVENT_CONNECT, guarded(args -> {
            answer.complete(new Admission.Joined(""));
            listener.connected(namespace);
        }));
        socket.on(Socket.EVENT_CONNECT_ERROR, guarded(args -> {
            Admission refusal = refusal(args, watch);
            answer.complete(refusal);
            listener.refused(namespace, Admission.describe(refusal), refusal instanceof Admission.Refused);
        }));
        socket.on(Socket.EVENT_DISCONNECT, guarded(args -> {
            String how = disconnected(args);
            answer.complete(new Admission.PutOut(how, ""));
            listener.disconnected(namespace, how);
        }));
        socket.connect();
        Threads.after(target.timeout(), () -> answer.complete(new Admission.Silent()));
        return answer;
    }

    /** Joins again a namespace that the server has put this client out of: the library does not by itself. */
    void reconnect(String namespace) {
        sockets.get(namespace).connect();
    }

    boolean isConnected(String namespace) {
        Socket socket = sockets.get(namespace);
        return socket != null && socket.connected();
    }

    /**
     * Emits an event with arguments of org.json's types. The future has the words of the acknowledgement; where none comes
     * it never completes, and callers set their own limit.
     */
    CompletableFuture<String> emit(String namespace, String event, Object... args) {
        CompletableFuture<String> acknowledgement = new CompletableFuture<>();
        try {
            sockets.get(namespace).emit(event, args, words -> acknowledgement.complete(words(words)));
        } catch (RuntimeException reservedName) {
            acknowledgement.completeExceptionally(reservedName);
        }
        return acknowledgement;
    }

    /** Posts JSON to a path of the server, as hooks do that use no socket. */
    CompletableFuture<Integer> post(String path, String json) {
        return http.post((target.endpoint().tls() ? "https://" : "http://") + target.endpoint().authority() + path,
                target.token(), json);
    }

    @Override
    public void close() {
        CompletableFuture<Void> said = new CompletableFuture<>();
        EventThread.nextTick(() -> {
            sockets.values().forEach(Socket::disconnect);
            said.complete(null);
        });
        try {
            said.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
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

    private Admission refusal(Object[] args, Stopwatch watch) {
        Object what = args.length == 0 ? null : args[0];
        return what instanceof Exception
                ? new Admission.Closed(new Closure(true, words(args), "", watch.millis(), false))
                : new Admission.Refused(String.valueOf(what));
    }

    private String disconnected(Object[] args) {
        String closed = trace.lastClose();
        return words(args) + (closed.isEmpty() ? "" : ", " + closed);
    }

    private static String words(Object... args) {
        if (args.length > 0 && args[0] instanceof Exception failure) {
            return Text.cut(failure.getMessage() + (failure.getCause() == null ? "" : ": " + failure.getCause()), 300);
        }
        StringBuilder words = new StringBuilder();
        for (Object arg : args) {
            words.append(words.isEmpty() ? "" : " ").append(Text.cut(String.valueOf(arg), 200));
        }
        return words.toString();
    }

    /** A listener that throws would end the library's event thread, and with it the polling. */
    private Emitter.Listener guarded(Emitter.Listener body) {
        return args -> {
            try {
                body.call(args);
            } catch (RuntimeException failure) {
                trace.note("a listener failed: " + failure);
            }
        };
    }
}
