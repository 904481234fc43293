package siodiag.hook.javaclient;

import io.socket.thread.EventThread;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import siodiag.core.Text;

/**
 * Stands between OkHttp and the client library's listener, which never answers a close frame and so takes a server's
 * close for a ping timeout much later. Also holds the reading back where the library's one event thread is behind,
 * whose queue has no bound.
 */
final class CloseReply extends WebSocketListener {
    private static final int NORMAL = 1000;
    /** What a queued message costs beyond its characters, in bytes. */
    private static final int MESSAGE_OVERHEAD = 256;

    private final WebSocketListener library;
    private final ReceiveLimit limit;
    private final TransportTrace trace;
    private final int mostQueued;
    private final Semaphore room;

    CloseReply(WebSocketListener library, ReceiveLimit limit, TransportTrace trace, int mostQueued) {
        this.library = library;
        this.limit = limit;
        this.trace = trace;
        this.mostQueued = mostQueued;
        this.room = new Semaphore(mostQueued);
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        trace.opened();
        library.onOpen(socket, response);
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
        passOn(socket, text.length(), () -> library.onMessage(socket, text));
    }

    @Override
    public void onMessage(WebSocket socket, ByteString bytes) {
        passOn(socket, bytes.size(), () -> library.onMessage(socket, bytes));
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        trace.closed(code, reason);
        socket.close(NORMAL, null);
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        library.onClosed(socket, code, reason);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, Response response) {
        trace.note("WebSocket failed: " + Text.cut(failure.toString(), 300));
        if (failure instanceof ReceiveLimit.Exceeded) {
            trace.overloaded();
        }
        // The library passes over errors that are not exceptions, and would wait for ever.
        library.onFailure(socket, failure instanceof Exception ? failure : new IOException(failure), response);
    }

    private void passOn(WebSocket socket, int length, Runnable message) {
        int permits = Math.min(length + MESSAGE_OVERHEAD, mostQueued);
        try {
            room.acquire(permits);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            socket.cancel();
            return;
        }
        message.run();
        EventThread.nextTick(() -> room.release(permits));
        limit.messageComplete();
    }
}
