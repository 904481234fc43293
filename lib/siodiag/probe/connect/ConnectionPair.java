package siodiag.probe.connect;

import java.io.Closeable;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Offsets;
import siodiag.protocol.SocketClient;

/**
 * Two connections of one client to one namespace that stay for the rest of the examination.
 *
 * @param joined   the answer to the CONNECT of the busy one
 * @param idle     sends and receives nothing more: it meets the idle timeouts of what is in between
 * @param busy     joins the other namespaces as well
 * @param received what the busy one has got
 */
public record ConnectionPair(
        String namespace, ConnectResult joined, SocketClient idle, SocketClient busy, Offsets received)
        implements Closeable {
    /** When the later of the two was opened. */
    public long bothSinceNanos() {
        return Math.max(idle.session().begunNanos(), busy.session().begunNanos());
    }

    @Override
    public void close() {
        busy.close();
        idle.close();
    }
}
