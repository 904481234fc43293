package siodiag;

/** How the server answered a CONNECT to a namespace. */
sealed interface Admission {

    /** {@code 40}: joined. */
    record Joined(String sid) implements Admission {
    }

    /** {@code 44}: refused; the payload as it came. */
    record Refused(String payload) implements Admission {
    }

    /**
     * Put out: at once after joining, or instead of an answer.
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

    /** The answer as evidence. */
    static String describe(Admission admission) {
        if (admission instanceof Refused refused) {
            return "refused with " + (refused.payload().isEmpty() ? "an empty payload" : Text.cut(refused.payload(), 160));
        } else if (admission instanceof PutOut out) {
            return "let in, then put out at once (" + out.how() + ")";
        } else if (admission instanceof Closed closed) {
            return "connection closed: " + closed.closure().evidence();
        }
        return admission instanceof Silent ? "no answer" : "let in";
    }
}
