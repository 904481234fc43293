package siodiag.lab;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import siodiag.harness.FreePort;

/** What the applications on netty-socketio share: their options, a port of loopback, and the line that tells where they listen. */
final class NettyApplication {
    private final Map<String, String> options;
    private final Configuration configuration = new Configuration();

    /** @param arguments words {@code name=value}: each replaces a default, and no other name is known */
    NettyApplication(String[] arguments, Map<String, String> defaults) throws IOException {
        options = new HashMap<>(defaults);
        for (String word : arguments) {
            String[] parts = word.split("=", 2);
            if (options.put(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException("unknown option " + word);
            }
        }
        configuration.setHostname("127.0.0.1");
        configuration.setPort(FreePort.any());
        configuration.setRandomSession(true);
    }

    Configuration configuration() {
        return configuration;
    }

    boolean is(String name, String value) {
        return options.get(name).equals(value);
    }

    /** Serves until whoever started it ends. @param credentials of a user of the application, as {@code name=value} */
    void run(SocketIOServer server, String... credentials) throws IOException {
        server.start();
        System.out.println(
                ("READY http://127.0.0.1:" + configuration.getPort() + " " + String.join(" ", credentials)).strip());
        while (System.in.read() >= 0) {
            // nothing is expected but the end
        }
        Runtime.getRuntime().halt(0);
    }
}
