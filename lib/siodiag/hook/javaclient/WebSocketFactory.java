package siodiag.hook.javaclient;

import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/** Opens each WebSocket on a connection of its own whose incoming bytes are counted. */
final class WebSocketFactory implements WebSocket.Factory {
    /** What OkHttp may have read beyond the end of a message. */
    private static final long READ_AHEAD = 64 * 1024;

    private final OkHttpClient client;
    private final TransportTrace trace;
    private final long longest;

    /** @param longest message that is read, in bytes */
    WebSocketFactory(OkHttpClient client, TransportTrace trace, long longest) {
        this.client = client;
        this.trace = trace;
        this.longest = longest;
    }

    @Override
    public WebSocket newWebSocket(Request request, WebSocketListener library) {
        ReceiveLimit limit = new ReceiveLimit(longest + READ_AHEAD);
        OkHttpClient own = client.newBuilder()
                .socketFactory(limit)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
        return own.newWebSocket(request, new CloseReply(library, limit, trace, (int) longest));
    }
}
