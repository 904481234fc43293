package siodiag.protocol;

import siodiag.core.Text;

/** How the server answered a CONNECT to a namespace. */
public sealed interface ConnectResult {

    /**
     * {@code 40}: joined.
     *
     * @param pid what a client can come back with (connection state recovery); empty where the server offers none
     */
    record Connected(String sid, String pid) implements ConnectResult {
        public Connected(String sid) {
            this(sid, "");
        }
    }

    /**
     * {@code 44}: rejected; or disconnected for a reason.
     *
     * @param payload   as it came
     * @param connectedBefore whether the client had been connected before
     */
    record ConnectError(String payload, boolean connectedBefore) implements ConnectResult {
        public ConnectError(String payload) {
            this(payload, false);
        }
    }

    /**
     * Disconnected: soon after connecting, or instead of an answer.
     *
     * @param words the reason as JSON, as python-socketio gives it in the packet; empty where none is given
     */
    record Disconnected(String how, String message) implements ConnectResult {
        /** How a disconnect packet ends the stay in a namespace, and leaves the session. */
        static final String BY_PACKET = "packet 41";

        public boolean isByPacket() {
            return how.equals(BY_PACKET);
        }
    }

    /** The session ended instead of an answer. */
    record SessionClosed(SessionEnd closure) implements ConnectResult {}

    /** No answer before the deadline. */
    record TimedOut() implements ConnectResult {}

    /** Whether the server decided only after it had let the client in. */
    default boolean isLate() {
        return this instanceof Disconnected || this instanceof ConnectError refused && refused.connectedBefore();
    }

    /** The answer as evidence. */
    static String describe(ConnectResult admission) {
        if (admission instanceof ConnectError refused) {
            return (refused.connectedBefore() ? "connected, then disconnected with " : "rejected with ")
                    + (refused.payload().isEmpty() ? "an empty payload" : Text.cut(refused.payload(), 160));
        } else if (admission instanceof Disconnected out) {
            return "connected, then disconnected by the server (" + out.how() + ")";
        } else if (admission instanceof SessionClosed closed) {
            return "connection closed: " + closed.closure().evidence();
        }
        return admission instanceof TimedOut ? "no answer" : "connected";
    }
}
