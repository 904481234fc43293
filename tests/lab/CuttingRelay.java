package siodiag.lab;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import siodiag.core.Scope;

/** A TCP relay on loopback that passes so many bytes of each connection's answer on and then closes it, both ways. */
public final class CuttingRelay implements AutoCloseable {
    private final ServerSocket listener;
    private final URI upstream;
    private final long passed;
    private final AtomicInteger accepted = new AtomicInteger();

    private CuttingRelay(URI upstream, long passed) throws IOException {
        this.listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.upstream = upstream;
        this.passed = passed;
    }

    public static CuttingRelay start(URI upstream, long passed) throws IOException {
        CuttingRelay relay = new CuttingRelay(upstream, passed);
        Scope.current().run("relay accept", relay::accept);
        return relay;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** How many connections came. */
    public int accepted() {
        return accepted.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                accepted.incrementAndGet();
                Scope.current().run("relay", () -> relay(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket server = new Socket(upstream.getHost(), upstream.getPort())) {
            Scope.current().run("relay copy", () -> copy(client, server, Long.MAX_VALUE));
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
