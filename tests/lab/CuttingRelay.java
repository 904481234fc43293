package siodiag;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** A TCP relay on loopback that passes so many bytes of each connection's answer on and then closes it, both ways. */
final class CuttingRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final URI upstream;
    private final long passed;

    private CuttingRelay(URI upstream, long passed) throws IOException {
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.upstream = upstream;
        this.passed = passed;
    }

    static CuttingRelay start(URI upstream, long passed) throws IOException {
        CuttingRelay relay = new CuttingRelay(upstream, passed);
        Threads.run(relay::accept);
        return relay;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Threads.run(() -> relay(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relay(Socket client) {
        try (client; Socket server = new Socket(upstream.getHost(), upstream.getPort())) {
            Threads.run(() -> copy(client, server, Long.MAX_VALUE));
            copy(server, client, passed);
        } catch (IOException gone) {
            // the connection ends, as it should
        }
    }

    private static void copy(Socket from, Socket to, long most) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            for (long left = most; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    return;
                }
                to.getOutputStream().write(buffer, 0, read);
                left -= read;
            }
        } catch (IOException gone) {
            // one side has closed: the other follows
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
