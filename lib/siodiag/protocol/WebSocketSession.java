package siodiag.protocol;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import siodiag.core.Deadline;
import siodiag.core.Text;

/** An Engine.IO session over WebSocket: opened directly, or as the upgrade of a polling session. */
public final class WebSocketSession extends EngineSession {
    private static final String NOWHERE = UnknownNamespace.PULSE + ",";

    private static final Duration SENDING = Duration.ofSeconds(5);

    private final Connection connection;
    private final WebSocketFrames frames;
    private final AtomicReference<CompletableFuture<Long>> asked =
            new AtomicReference<>(CompletableFuture.completedFuture(0L));

    private WebSocketSession(Handshake handshake, Connection connection, WebSocketFrames frames) {
        super(handshake);
        this.connection = connection;
        this.frames = frames;
        frames.onPong(this::answered);
    }

    /**
     * Opens a session over WebSocket alone.
     *
     * @throws ExchangeException MALFORMED with the refusal, NO_HANDSHAKE with what came instead of the open packet, or
     *                     another kind
     */
    public static WebSocketSession open(Site site, Map<String, String> headers, Deadline deadline)
            throws ExchangeException {
        Connection connection = WebSocketHandshake.open(site, site.handshakeTarget(4, "websocket"), headers, deadline);
        WebSocketFrames frames = new WebSocketFrames(connection);
        try {
            String first = firstText(connection, frames, deadline);
            Handshake handshake = Handshake.parse(first)
                    .orElseThrow(() -> new ExchangeException(
                            ExchangeException.Kind.NO_HANDSHAKE,
                            "WebSocket opened (101): the first WebSocket message is not an Engine.IO handshake: "
                                    + Text.quote(first, 160)));
            return new WebSocketSession(handshake, connection, frames);
        } catch (ExchangeException failure) {
            connection.close();
            throw failure;
        }
    }

    private static String firstText(Connection connection, WebSocketFrames frames, Deadline deadline)
            throws ExchangeException {
        try {
            WebSocketFrames.Message message = frames.read(deadline);
            if (message == null) {
                throw new ExchangeException(
                        ExchangeException.Kind.NO_HANDSHAKE, "WebSocket opened (101), then closed without a frame");
            }
            if (message.opcode() == WebSocketFrames.CLOSE) {
                throw new ExchangeException(
                        ExchangeException.Kind.NO_HANDSHAKE, "WebSocket opened (101), then " + message.closing());
            }
            return message.text();
        } catch (ExchangeException failure) {
            throw failure.kind() == ExchangeException.Kind.NO_HANDSHAKE
                    ? failure
                    : new ExchangeException(
                            ExchangeException.Kind.NO_HANDSHAKE,
                            "WebSocket opened (101), then " + failure.getMessage(),
                            connection.firstBytes());
        } catch (IOException failure) {
            throw new ExchangeException(
                    ExchangeException.Kind.NO_HANDSHAKE,
                    "WebSocket opened (101), then " + (deadline.passed() ? "silence" : failure.getMessage()),
                    connection.firstBytes());
        }
    }

    @Override
    public String transport() {
        return "websocket";
    }

    @Override
    public synchronized void transmit(List<String> packets, Deadline deadline) throws IOException {
        for (String packet : packets) {
            if (isBinary(packet)) {
                frames.write(WebSocketFrames.BINARY, bytes(packet).orElseThrow(), deadline);
            } else {
                frames.write(WebSocketFrames.TEXT, packet.getBytes(StandardCharsets.UTF_8), deadline);
            }
        }
    }

    /** A WebSocket ping (RFC 6455, 5.5.2). */
    @Override
    public CompletableFuture<Long> pulse() {
        CompletableFuture<Long> before = asked.get();
        CompletableFuture<Long> next = new CompletableFuture<>();
        if (!before.isDone() || !asked.compareAndSet(before, next)) {
            return asked.get();
        }
        scope().run("WebSocket ping", () -> ask(Deadline.in(SENDING)));
        return next;
    }

    private void ask(Deadline deadline) {
        try {
            if (handshake().family() == ServerFamily.JAVA) {
                transmit(List.of("40" + NOWHERE), deadline);
            } else {
                frames.write(WebSocketFrames.PING, new byte[0], deadline);
            }
        } catch (IOException failure) {
            // Whoever reads sees how the connection ended.
        }
    }

    private void answered() {
        asked.get().complete(System.nanoTime());
    }

    @Override
    protected void readLoop() {
        Duration timeout = timeout();
        try {
            while (!isEnded()) {
                WebSocketFrames.Message message = frames.read(Deadline.in(timeout));
                if (message == null) {
                    end(true, "connection closed without a close frame (1006)", false);
                } else if (message.opcode() == WebSocketFrames.CLOSE) {
                    end(true, message.closing(), false);
                } else if (message.opcode() == WebSocketFrames.TEXT
                        && message.text().startsWith("44" + NOWHERE)) {
                    answered();
                } else {
                    dispatch(message.opcode() == WebSocketFrames.BINARY ? binary(message.payload()) : message.text());
                }
            }
        } catch (SocketTimeoutException silence) {
            end(true, "nothing received for " + Text.duration(timeout) + ", not even a ping", false);
        } catch (IOException failure) {
            end(true, "connection broken: " + Text.cut(String.valueOf(failure.getMessage()), 120) + foreign(), false);
        }
    }

    /** An HTTP answer among the frames is another server's, on the same connection. */
    private String foreign() {
        String first = new String(connection.firstBytes(), StandardCharsets.ISO_8859_1);
        int at = first.indexOf("HTTP/1.1 ");
        return at < 0 ? "" : "; between the frames: " + Text.quote(first.substring(at), 80);
    }

    @Override
    protected void sendClose() {
        try {
            Deadline soon = Deadline.in(Duration.ofMillis(200));
            frames.write(WebSocketFrames.TEXT, CLOSE.getBytes(StandardCharsets.US_ASCII), soon);
            frames.write(WebSocketFrames.CLOSE, new byte[] {0x03, (byte) 0xe8}, soon);
        } catch (IOException gone) {
            // The session is over either way.
        }
    }

    @Override
    protected void closeTransport() {
        connection.close();
    }
}
