package siodiag.protocol;

import java.io.Closeable;
import siodiag.core.Deadline;

/**
 * A connection that is kept for one exchange after the other, and opened again where the server has closed it in between.
 * Not for several threads at a time, but for {@link #close}.
 */
public final class KeptConnection implements Closeable {
    private final Site site;
    private Connection connection;
    private volatile boolean closed;

    public KeptConnection(Site site) {
        this.site = site;
    }

    /**
     * One exchange.
     *
     * @param limit the longest body to keep, in bytes
     * @throws ExchangeException of any kind
     */
    public HttpReply exchange(HttpRequest request, int limit, Deadline deadline) throws ExchangeException {
        return exchange(request, limit, deadline, () -> {});
    }

    /** @param onSent run when the request is written, before its answer is read */
    public HttpReply exchange(HttpRequest request, int limit, Deadline deadline, Runnable onSent)
            throws ExchangeException {
        boolean used = connection != null;
        try {
            return attempt(request, limit, deadline, onSent);
        } catch (ExchangeException failure) {
            drop();
            // Closed between two exchanges, as servers may: nothing of the answer has come.
            if (!used || closed || failure.kind() != ExchangeException.Kind.CLOSED) {
                throw failure;
            }
        }
        try {
            return attempt(request, limit, deadline, onSent);
        } catch (ExchangeException failure) {
            drop();
            throw failure;
        }
    }

    /** Whether the next exchange is the first on its connection. */
    public boolean isUnused() {
        return connection == null;
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }

    private HttpReply attempt(HttpRequest request, int limit, Deadline deadline, Runnable onSent)
            throws ExchangeException {
        Connection current = connection;
        if (current == null) {
            current = site.connect(deadline);
            connection = current;
        }
        if (closed) {
            throw new ExchangeException(ExchangeException.Kind.CLOSED, "closed by this side");
        }
        Http.write(current, site, request, deadline);
        onSent.run();
        HttpReply reply = site.limit().checked(Http.read(current, limit, deadline));
        if (!reply.keepsConnection()) {
            drop();
        }
        return reply;
    }

    private void drop() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            current.close();
        }
    }
}
