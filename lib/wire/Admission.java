package siodiag;

/** How the server answered a CONNECT to a namespace. */
sealed interface Admission {

    /** {@code 40}: joined. */
    record Joined(String sid) implements Admission {
    }

    /**
     * {@code 44}: refused; or put out for a reason.
     *
     * @param payload   as it came
     * @param letInOnce whether the client had been let in before
     */
    record Refused(String payload, boolean letInOnce) implements Admission {
        Refused(String payload) {
            this(payload, false);
        }
    }

    /**
     * Put out: soon after joining, or instead of an answer.
     *
     * @param words the reason as JSON, as python-socketio gives it in the packet; empty where none is given
     */
    record PutOut(String how, String words) implements Admission {
    }

    /** The session ended instead of an answer. */
    record Closed(Closure closure) implements Admission {
    }

    /** No answer before the deadline. */
    record Silent() implements Admission {
    }

    /** Whether the server decided only after it had let the client in. */
    default boolean isLate() {
        return this instanceof PutOut || this instanceof Refused refused && refused.letInOnce();
    }

    /** The answer as evidence. */
    static String describe(Admission admission) {
        if (admission instanceof Refused refused) {
            return (refused.letInOnce() ? "let in, then put out with " : "refused with ")
                    + (refused.payload().isEmpty() ? "an empty payload" : Text.cut(refused.payload(), 160));
        } else if (admission instanceof PutOut out) {
            return "let in, then put out again (" + out.how() + ")";
        } else if (admission instanceof Closed closed) {
            return "connection closed: " + closed.closure().evidence();
        }
        return admission instanceof Silent ? "no answer" : "let in";
    }
}
