package siodiag.lab;

import java.io.IOException;
import siodiag.monitor.MonitorServer;
import siodiag.server.ServerBehaviour;
import siodiag.server.ServerConfig;

/** The monitor as a server of the lab, {@code like=} another one. */
public final class LabMonitor {
    private static final String LIKE = "like=";

    private LabMonitor() {}

    public static void main(String[] arguments) throws IOException {
        ServerConfig config = ServerConfig.defaults();
        for (String word : arguments) {
            if (!word.startsWith(LIKE)) {
                throw new IllegalArgumentException("unknown option " + word);
            }
            config = config.like(ServerBehaviour.named(word.substring(LIKE.length())));
        }
        System.out.println("READY " + MonitorServer.start(config).url());
        while (System.in.read() >= 0) {
            // ends with whoever started it
        }
        Runtime.getRuntime().halt(0);
    }
}
