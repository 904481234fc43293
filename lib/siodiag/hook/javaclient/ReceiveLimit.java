package siodiag.hook.javaclient;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/**
 * Sockets that fail once more has come in since the last whole message than a message may be long: OkHttp gathers a
 * WebSocket message in memory however long it gets.
 */
final class ReceiveLimit extends SocketFactory {
    /** More came than this client takes: no fault of the server. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1;

        Exceeded(String what) {
            super(what);
        }
    }

    private final long limit;
    private final AtomicLong received = new AtomicLong();

    /** @param limit in bytes */
    ReceiveLimit(long limit) {
        this.limit = limit;
    }

    /** A message is complete: the next may be as long again. */
    void messageComplete() {
        received.set(0);
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new Counted(super.getInputStream());
            }
        };
        socket.setTcpNoDelay(true); // OkHttp does not: its second small message in a row would wait some 40 ms.
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("OkHttp connects its sockets itself");
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            return count(read, read);
        }

        private int count(int result, int bytes) throws IOException {
            if (result >= 0 && received.addAndGet(bytes) > limit) {
                throw new Exceeded("a message longer than " + limit + " bytes");
            }
            return result;
        }
    }
}
