package siodiag;

import java.util.regex.Pattern;

/** How the server families say that they do not know a session (their sources and answers, side by side). */
final class SessionDialect {
    /** Node: {@code {"code":1,"message":"Session ID unknown"}} or the bare text; Python: {@code "Invalid session …"}. */
    private static final Pattern UNKNOWN =
            Pattern.compile("\"code\"\\s*:\\s*1\\b|session id unknown|invalid session|unknown sid",
                    Pattern.CASE_INSENSITIVE);

    private SessionDialect() {
    }

    static boolean saysUnknownSid(HttpReply reply) {
        return reply.status() >= 400 && saysUnknownSid(reply.body());
    }

    static boolean saysUnknownSid(String words) {
        return UNKNOWN.matcher(words).find();
    }
}
