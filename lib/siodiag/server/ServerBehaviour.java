package siodiag.server;

import siodiag.core.JsonText;
import siodiag.core.Text;

/** Which server the monitor behaves as towards hooks and dashboards. */
public enum ServerBehaviour {
    /** Its own: eight namespaces, a token, the echo flow. */
    ITSELF(JsonText.object().put("message", "Invalid namespace").toString()),
    /** Today's claude-mpm server, except that clients with an auth object are served, with a note. */
    CLAUDE_MPM(JsonText.quote("Unable to connect")),
    /** Today's claude-mpm server, which leaves a CONNECT with an auth object unanswered. */
    CLAUDE_MPM_STRICT(JsonText.quote("Unable to connect"));

    private final String unknownNamespace;

    ServerBehaviour(String unknownNamespace) {
        this.unknownNamespace = unknownNamespace;
    }

    /** The payload of the CONNECT_ERROR for a namespace that is not there: Node's, or python-socketio's. */
    String unknownNamespace() {
        return unknownNamespace;
    }

    public boolean isClaudeMpm() {
        return this != ITSELF;
    }

    /**
     * Whether the real server would leave this CONNECT unanswered: its handler takes two parameters, and python-socketio
     * calls it with three where there is an auth object that is not empty.
     */
    boolean knowsNoAnswerTo(String auth) {
        return isClaudeMpm() && auth != null && !auth.matches("\\{\\s*}");
    }

    /** @throws IllegalArgumentException that names the valid ones */
    public static ServerBehaviour named(String name) {
        return switch (name) {
            case "claude-mpm" -> CLAUDE_MPM;
            case "claude-mpm-strict" -> CLAUDE_MPM_STRICT;
            default ->
                throw new IllegalArgumentException(
                        "--like " + Text.quote(name, 40) + ": must be claude-mpm or claude-mpm-strict");
        };
    }
}
