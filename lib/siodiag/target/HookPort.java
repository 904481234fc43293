package siodiag.target;

import java.util.Map;
import siodiag.core.Text;
import siodiag.core.Urls;
import siodiag.core.UsageException;

/**
 * Where claude-mpm's hooks on this machine post their events to.
 *
 * @param source who says so, for people
 */
public record HookPort(String host, int port, String source) {
    static final String HOST_VARIABLE = "CLAUDE_MPM_SERVER_HOST";
    static final String PORT_VARIABLE = "CLAUDE_MPM_SERVER_PORT";
    /** The variable of older hooks, and of those that are shell scripts. */
    static final String OLD_PORT_VARIABLE = "CLAUDE_MPM_SOCKETIO_PORT";

    public static final int DEFAULT_PORT = 8765;

    /** @throws UsageException for a port that is none */
    public static HookPort of(Map<String, String> environment) {
        String host = value(environment, HOST_VARIABLE);
        String named = host.isEmpty() ? "localhost" : host;
        for (String variable : new String[] {PORT_VARIABLE, OLD_PORT_VARIABLE}) {
            String port = value(environment, variable);
            if (!port.isEmpty()) {
                return new HookPort(named, number(variable, port), "$" + variable);
            }
        }
        return new HookPort(named, DEFAULT_PORT, host.isEmpty() ? "claude-mpm's default" : "$" + HOST_VARIABLE);
    }

    /** A port that a variable of the environment states. @throws UsageException where it is none */
    public static int number(String variable, String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw new UsageException(
                    "$" + variable + " is " + Text.quote(text, 40) + ": a port is a number from 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    public boolean isOfThisMachine() {
        return Urls.isLoopback(host);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }

    private static String value(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").strip();
    }
}
