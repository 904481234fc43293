package siodiag.harness;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket that speaks Engine.IO by hand: what is sent and received is written out in the test. */
public final class RawSocket implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private RawSocket(URI uri, String... headers) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(5));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(uri, this).join();
    }

    /** A session on the server, its OPEN packet read. */
    public static RawSocket open(String url, String... headers) {
        RawSocket raw = new RawSocket(
                URI.create(url.replaceFirst("^http", "ws") + "/socket.io/?EIO=4&transport=websocket"), headers);
        raw.await("0{");
        return raw;
    }

    /** A session that has joined the namespace with the token {@code dev-token}. */
    public static RawSocket join(String url, String namespace) {
        RawSocket raw = open(url);
        raw.send("40" + namespace + ",{\"token\":\"dev-token\"}");
        raw.await("40" + namespace + ",{\"sid\":");
        return raw;
    }

    public void send(String packet) {
        socket.sendText(packet, true).join();
    }

    public void send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** The next message but pings; binary as {@code binary:} and hex, a close as {@code close:} and its code. */
    public String next() {
        try {
            while (true) {
                String message = received.poll(5, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("nothing came in 5 s");
                }
                if (!message.equals("2")) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next message, or null if none comes in time. */
    public String poll(Duration limit) {
        try {
            return received.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public String await(String beginning) {
        String message = next();
        if (!message.startsWith(beginning)) {
            throw new AssertionError("expected " + beginning + "… and got " + message);
        }
        return message;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        received.add("binary:" + HexFormat.of().formatHex(bytes));
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        received.add("close:" + code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        received.add("close:" + error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
