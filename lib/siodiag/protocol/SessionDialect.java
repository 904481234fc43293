package siodiag.protocol;

import java.util.regex.Pattern;

/** How the server families say that they do not know a session (their sources and answers, side by side). */
public final class SessionDialect {
    /** Node: {@code {"code":1,"message":"Session ID unknown"}} or the bare text; Python: {@code "Invalid session …"}. */
    private static final Pattern UNKNOWN = Pattern.compile(
            "\"code\"\\s*:\\s*1\\b|session id unknown|invalid session|unknown sid", Pattern.CASE_INSENSITIVE);

    private SessionDialect() {}

    public static boolean isUnknownSid(HttpReply reply) {
        return reply.status() >= 400 && isUnknownSid(reply.body());
    }

    public static boolean isUnknownSid(String message) {
        return UNKNOWN.matcher(message).find();
    }
}
