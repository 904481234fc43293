package siodiag.hook.javaclient;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import siodiag.core.Text;

/** What the client library knows and does not tell: the transport in use, close codes, refusals, its own errors. */
public final class TransportTrace {
    private static final int MAX_NOTES = 20;

    private final Deque<String> notes = new ArrayDeque<>();
    private volatile String transport = "";
    private volatile String lastClose = "";
    private volatile boolean overloaded;

    /** Keeps a line of evidence, the newest where there are too many. */
    synchronized void note(String what) {
        if (notes.size() == MAX_NOTES) {
            notes.removeFirst();
        }
        notes.addLast(what);
    }

    public synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    /** A packet came over that transport, so it is the one in use. */
    void carries(String name) {
        transport = name;
    }

    /** The transport in use; empty before the first packet. */
    public String transport() {
        return transport;
    }

    /** A message was longer than this client takes, and the connection was given up from this side. */
    void overloaded() {
        overloaded = true;
    }

    public boolean isOvertaxed() {
        return overloaded;
    }

    /** A new WebSocket is open: how the one before ended is past. */
    void opened() {
        lastClose = "";
    }

    /** The server sent a close frame. */
    void closed(int code, String reason) {
        lastClose = "close code " + code + (reason.isEmpty() ? "" : " " + Text.quote(reason, 120));
        note("WebSocket closed by the server: " + lastClose);
    }

    /** How the server closed the last WebSocket; empty where it sent no close frame. */
    public String lastClose() {
        return lastClose;
    }
}
