package siodiag.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A loopback port that nothing holds at the moment, for programs that can't choose one themselves. */
public final class FreePort {
    private FreePort() {}

    public static int any() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
