package siodiag.protocol;

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
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import siodiag.core.Deadline;
import siodiag.core.Scope;

/**
 * One TCP or TLS connection whose every read and write ends by a deadline. It remembers the first bytes that arrived:
 * they are the evidence when the peer turns out to be something else.
 */
public final class Connection implements Closeable {
    private static final int REMEMBERED = 256;
    private static final int BUFFER = 16 * 1024;

    private static final Pattern CERTIFICATE_ALERT =
            Pattern.compile("certificate_|_certificate|unknown_ca|access_denied|decrypt_error|handshake_failure");

    private final Scope scope = Scope.current();
    private final Socket plain;
    private final Socket socket;
    private final Endpoint endpoint;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;
    private long received;
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    private final CertificateAsk ask;
    private boolean reused;

    private Connection(Socket plain, Socket socket, Endpoint endpoint, CertificateAsk ask) throws IOException {
        this.plain = plain;
        this.socket = socket;
        this.endpoint = endpoint;
        this.ask = ask;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /**
     * Connects to one address and, where the endpoint says so, speaks TLS with any certificate: what the certificate is
     * worth is {@code TlsProbe}'s business.
     *
     * @param protocols offered in TLS (ALPN)
     * @throws ExchangeException of kind REFUSED, UNREACHABLE, NOT_TLS, TLS_FAILED, CLIENT_CERTIFICATE_REQUIRED, CLOSED (also by a RST in
     *                     no time) or SILENT
     */
    public static Connection open(Endpoint endpoint, InetAddress address, Deadline deadline, String... protocols)
            throws ExchangeException {
        Socket socket = connect(endpoint, address, deadline);
        CertificateAsk ask = new CertificateAsk();
        try {
            return new Connection(
                    socket,
                    endpoint.tls() ? secure(socket, endpoint, ask, deadline, protocols) : socket,
                    endpoint,
                    ask);
        } catch (IOException failure) {
            abandon(socket);
            throw failure instanceof ExchangeException known
                    ? known
                    : ask.isAsked() || isCertificateRefused(endpoint, failure)
                            ? certificateWanted(endpoint, failure.getMessage())
                            : tlsFailure(failure);
        }
    }

    public Socket socket() {
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

    /** So many bytes, or as many as come before the end of the stream. */
    byte[] read(int length, Deadline deadline) throws IOException {
        byte[] bytes = new byte[length];
        int count = 0;
        for (int got = 0; count < length && got >= 0; count += Math.max(got, 0)) {
            got = read(bytes, count, length - count, deadline);
        }
        return Arrays.copyOf(bytes, count);
    }

    public void write(byte[] bytes, Deadline deadline) throws IOException {
        Future<?> cut = Scope.at(deadline, this::close);
        try {
            out.write(bytes);
            out.flush();
        } finally {
            cut.cancel(false);
        }
    }

    /** Begins anew with the first bytes: those that were not read yet, and what is to come. */
    void forget() {
        reused |= received > 0;
        first.reset();
        int left = end - next;
        first.write(buffer, next, Math.min(left, REMEMBERED));
        received = left;
    }

    /** Whether an answer came here before. */
    boolean isReused() {
        return reused;
    }

    /** Whether the peer asked for a client certificate, and none was at hand. */
    public boolean isCertificateAsked() {
        return ask.isAsked();
    }

    /** How a peer that asked for a client certificate, and got none, ends the connection in TLS 1.3: by closing it. */
    ExchangeException closedUnanswered() {
        return ask.isAsked()
                ? certificateWanted(endpoint, "closed without an answer")
                : new ExchangeException(ExchangeException.Kind.CLOSED, "closed without an answer");
    }

    /** An alert in place of an answer: in TLS 1.3 the refusal of a client comes only after the handshake. */
    ExchangeException refusedAfterHandshake(SSLException alert) {
        return ask.isAsked() || isCertificateRefused(endpoint, alert)
                ? certificateWanted(endpoint, alert.getMessage())
                : new ExchangeException(
                        ExchangeException.Kind.TLS_FAILED, "after the TLS handshake: " + alert.getMessage());
    }

    /** The first bytes of the answer, without the line that ends the one before where that was sent in chunks. */
    public byte[] firstBytes() {
        byte[] bytes = first.toByteArray();
        int start = 0;
        while (reused && start < bytes.length && (bytes[start] == '\r' || bytes[start] == '\n')) {
            start++;
        }
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    long bytesReceived() {
        return received;
    }

    @Override
    public void close() {
        scope.disown(plain);
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

    private static Socket connect(Endpoint endpoint, InetAddress address, Deadline deadline) throws ExchangeException {
        Socket socket = new Socket();
        Scope.current().own(socket); // from here on a scope that is over closes it, and connecting fails
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, endpoint.port()), (int) Math.max(1, deadline.millisLeft()));
            return socket;
        } catch (IOException failure) {
            abandon(socket);
            throw connectFailure(failure);
        }
    }

    private static void abandon(Socket socket) {
        Scope.current().disown(socket);
        closeQuietly(socket);
    }

    private static ExchangeException connectFailure(IOException failure) {
        boolean refused = failure instanceof ConnectException
                && Optional.ofNullable(failure.getMessage()).orElse("").contains("refused");
        if (refused) {
            return new ExchangeException(ExchangeException.Kind.REFUSED, "connection refused");
        }
        if (Optional.ofNullable(failure.getMessage()).orElse("").contains("reset")) {
            return new ExchangeException(ExchangeException.Kind.CLOSED, "accepted and reset at once");
        }
        String why = failure instanceof SocketTimeoutException
                ? "no answer to the connection attempt"
                : failure.getMessage();
        return new ExchangeException(ExchangeException.Kind.UNREACHABLE, why);
    }

    private static Socket secure(
            Socket socket, Endpoint endpoint, CertificateAsk ask, Deadline deadline, String... protocols)
            throws IOException {
        Future<?> cut = Scope.at(deadline, () -> closeQuietly(socket));
        try {
            return Tls.handshake(socket, endpoint, ask, protocols);
        } catch (IOException failure) {
            if (deadline.passed()) {
                throw new ExchangeException(ExchangeException.Kind.SILENT, "no answer to the TLS handshake");
            }
            throw failure;
        } finally {
            cut.cancel(false);
        }
    }

    private static ExchangeException certificateWanted(Endpoint endpoint, String how) {
        return new ExchangeException(
                ExchangeException.Kind.CLIENT_CERTIFICATE_REQUIRED,
                (endpoint.certificate() == null
                                ? "the server requests a client certificate, gets none and closes the connection: "
                                : "the server rejects the given client certificate and closes the connection: ")
                        + how);
    }

    /** Alerts about a client's certificate (RFC 8446, section 6.2; in TLS 1.2 also a bare handshake_failure). */
    private static boolean isCertificateRefused(Endpoint endpoint, IOException alert) {
        return endpoint.certificate() != null
                && CERTIFICATE_ALERT.matcher(String.valueOf(alert.getMessage())).find();
    }

    private static ExchangeException tlsFailure(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        boolean echoed = message.contains("client_hello") || message.contains("unexpected_message");
        if (failure instanceof SSLException
                && (echoed || message.contains("Unsupported or unrecognized SSL message"))) {
            return new ExchangeException(ExchangeException.Kind.NOT_TLS, "the answer to the TLS handshake is not TLS");
        }
        boolean closed = !(failure instanceof SSLException)
                || message.contains("terminated the handshake")
                || message.contains("Connection reset")
                || message.contains("Broken pipe");
        return new ExchangeException(
                closed ? ExchangeException.Kind.CLOSED : ExchangeException.Kind.TLS_FAILED,
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
