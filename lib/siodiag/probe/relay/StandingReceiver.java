package siodiag.probe.relay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import siodiag.core.Pace;
import siodiag.core.Scope;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.SocketClient;
import siodiag.protocol.Transports;
import siodiag.target.Target;

/** A receiver that stays: it connects and prepares itself as the flow's receivers do, and again whenever it is cut off. */
public final class StandingReceiver implements Closeable {
    private static final Duration RETRY = Duration.ofMillis(500);

    /** Told on the receiver's own threads. */
    public interface Listener {
        void connected();

        void disconnected();

        /** @param packet the event's name, then its arguments */
        void received(String namespace, String event, JsonNode packet);
    }

    private final Target target;
    private final Transports transports;
    private final List<String> namespaces;
    private final Preparation preparation;
    private final Listener listener;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile SocketClient client;

    private StandingReceiver(
            Target target, Transports transports, List<String> namespaces, Preparation preparation, Listener listener) {
        this.target = target;
        this.transports = transports;
        this.namespaces = namespaces;
        this.preparation = preparation;
        this.listener = listener;
    }

    /** Starts one and waits until it is connected, no longer than the target's timeout. */
    public static StandingReceiver start(
            Target target, Transports transports, List<String> namespaces, Preparation preparation, Listener listener)
            throws InterruptedException {
        StandingReceiver receiver = new StandingReceiver(target, transports, namespaces, preparation, listener);
        Scope.current().run("receiver", receiver::stay);
        try {
            receiver.ready.get(target.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException notYet) {
            // It goes on trying; until then the listener knows of no connection.
        }
        return receiver;
    }

    private void stay() {
        try {
            while (!closed) {
                receive();
                if (!closed) {
                    Pace.pause(RETRY);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive() {
        Inbox inbox = new Inbox();
        try (SocketClient connected = transports.open(
                (namespace, event, packet, nanos) -> {
                    inbox.onEvent(namespace, event, packet);
                    listener.received(namespace, event, packet);
                },
                target.timeout())) {
            client = connected;
            namespaces.stream()
                    .map(name -> connected.connect(name, target.auth(), target.timeout()))
                    .toList()
                    .forEach(CompletableFuture::join);
            preparation.run(connected, inbox, "receiver-" + System.nanoTime(), target.timeout(), new ArrayList<>());
            if (closed) {
                return;
            }
            listener.connected();
            ready.complete(null);
            connected.closure().join();
            listener.disconnected();
        } catch (ExchangeException notYet) {
            // The server is away; it is tried again.
        }
    }

    @Override
    public void close() {
        closed = true;
        SocketClient open = client;
        if (open != null) {
            open.close();
        }
    }
}
