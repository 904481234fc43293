package siodiag;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How a session ended.
 *
 * @param byServer whether the server, or what is in between, ended it
 * @param how      the close code, status or error, quoted
 * @param lastSent the last packet that was sent before
 * @param aliveMs  how long the session had lived, in milliseconds; 0 where it never began
 * @param sidUnknown whether a request was refused because the server did not know the session
 */
record Closure(boolean byServer, String how, String lastSent, double aliveMs, boolean sidUnknown) {
    /** How a server, or a proxy, says that a message is too large (RFC 6455, 7.4.1; RFC 9110, 15.5.14). */
    private static final Pattern TOO_LARGE = Pattern.compile("close code 1009\\b|HTTP 413\\b");
    /** What a proxy answers whose upstream is down, slow or held back. */
    private static final Pattern GATEWAY_ERROR = Pattern.compile("HTTP 50[234]\\b");

    /** The end of a session that never began. */
    static Closure unopened(WireFailure failure) {
        return new Closure(true, failure.evidence(), "", 0, false);
    }

    boolean isUnopened() {
        return aliveMs == 0;
    }

    /** The status of a proxy that has no answer of its server; empty where that was not how it ended. */
    Optional<String> gatewayError() {
        return GATEWAY_ERROR.matcher(how).results().map(MatchResult::group).findFirst();
    }

    boolean saysTooLarge() {
        return TOO_LARGE.matcher(how).find();
    }

    String evidence() {
        return String.format(Locale.ROOT, "%s, %.0f ms after it began; last packet sent %s", how, aliveMs,
                lastSent.isEmpty() ? "none" : Text.quote(lastSent, 80));
    }
}
