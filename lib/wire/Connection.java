package siodiag;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;

import javax.net.ssl.SSLException;

/**
 * One TCP or TLS connection whose every read and write ends by a deadline. It remembers the first bytes that arrived:
 * they are the evidence when the peer turns out to be something else.
 */
final class Connection implements Closeable {
    private static final int REMEMBERED = 256;
    private static final int BUFFER = 16 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;
    private long received;
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();

    private Connection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /**
     * Connects to one address and, where the endpoint says so, speaks TLS with any certificate: what the certificate is
     * worth is {@link TlsProbe}'s business.
     *
     * @throws WireFailure of kind REFUSED, UNREACHABLE, NOT_TLS, TLS_FAILED, CLOSED (also by a RST in no time) or SILENT
     */
    static Connection open(Endpoint endpoint, InetAddress address, Deadline deadline) throws WireFailure {
        Socket socket = connect(endpoint, address, deadline);
        try {
            return new Connection(endpoint.tls() ? secure(socket, endpoint, deadline) : socket);
        } catch (IOException failure) {
            closeQuietly(socket);
            throw failure instanceof WireFailure known ? known : tlsFailure(failure);
        }
    }

    Socket socket() {
        return socket;
    }

    /** One byte, or -1 at the end of the stream. */
    int read(Deadline deadline) throws IOException {
        return next < end || fill(deadline) ? buffer[next++] & 0xff : -1;
    }

    /** As many bytes as there are, up to length; -1 at the end of the stream. */
    int read(byte[] target, int offset, int length, Deadline deadline) throws IOException {
        if (next == end && !fill(deadline)) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(buffer, next, target, offset, count);
        next += count;
        return count;
    }

    void write(byte[] bytes, Deadline deadline) throws IOException {
        ScheduledFuture<?> cut = Threads.after(Duration.ofMillis(Math.max(1, deadline.millisLeft())), this::close);
        try {
            out.write(bytes);
            out.flush();
        } finally {
            cut.cancel(false);
        }
    }

    /** The first bytes that ever arrived here. */
    byte[] firstBytes() {
        return first.toByteArray();
    }

    long bytesReceived() {
        return received;
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private boolean fill(Deadline deadline) throws IOException {
        long left = deadline.millisLeft();
        if (left <= 0) {
            throw new SocketTimeoutException("deadline passed");
        }
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        int count = in.read(buffer, 0, buffer.length);
        if (count <= 0) {
            return false;
        }
        received += count;
        if (first.size() < REMEMBERED) {
            first.write(buffer, 0, Math.min(count, REMEMBERED - first.size()));
        }
        next = 0;
        end = count;
        return true;
    }

    private static Socket connect(Endpoint endpoint, InetAddress address, Deadline deadline) throws WireFailure {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, endpoint.port()), (int) Math.max(1, deadline.millisLeft()));
            return socket;
        } catch (IOException failure) {
            closeQuietly(socket);
            throw connectFailure(failure);
        }
    }

    private static WireFailure connectFailure(IOException failure) {
        boolean refused = failure instanceof ConnectException
                && Optional.ofNullable(failure.getMessage()).orElse("").contains("refused");
        if (refused) {
            return new WireFailure(WireFailure.Kind.REFUSED, "connection refused");
        }
        if (Optional.ofNullable(failure.getMessage()).orElse("").contains("reset")) {
            return new WireFailure(WireFailure.Kind.CLOSED, "accepted and reset at once");
        }
        String why = failure instanceof SocketTimeoutException ? "no answer to the connection attempt"
                : failure.getMessage();
        return new WireFailure(WireFailure.Kind.UNREACHABLE, why);
    }

    private static Socket secure(Socket socket, Endpoint endpoint, Deadline deadline) throws IOException {
        ScheduledFuture<?> cut = Threads.after(Duration.ofMillis(Math.max(1, deadline.millisLeft())),
                () -> closeQuietly(socket));
        try {
            return Tls.handshake(socket, endpoint);
        } catch (IOException failure) {
            if (deadline.passed()) {
                throw new WireFailure(WireFailure.Kind.SILENT, "no answer to the TLS handshake");
            }
            throw failure;
        } finally {
            cut.cancel(false);
        }
    }

    private static WireFailure tlsFailure(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean echoed = message.contains("client_hello") || message.contains("unexpected_message");
        if (failure instanceof SSLException && (echoed || message.contains("Unsupported or unrecognized SSL message"))) {
            return new WireFailure(WireFailure.Kind.NOT_TLS, "the answer to the TLS handshake is no TLS");
        }
        boolean closed = !(failure instanceof SSLException) || message.contains("terminated the handshake")
                || message.contains("Connection reset") || message.contains("Broken pipe");
        return new WireFailure(closed ? WireFailure.Kind.CLOSED : WireFailure.Kind.TLS_FAILED,
                "TLS handshake: " + message);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // Nothing is lost: the connection was given up anyway.
        }
    }
}
