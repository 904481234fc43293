package siodiag.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import siodiag.core.Text;

/**
 * How a session ended.
 *
 * @param byServer whether the server, or what is in between, ended it
 * @param how      the close code, status or error, quoted
 * @param lastSent the last packet that was sent before
 * @param aliveMs  how long the session had lived, in milliseconds; 0 where it never began
 * @param sidUnknown whether a request was refused because the server did not know the session
 */
public record SessionEnd(boolean byServer, String how, String lastSent, double aliveMs, boolean sidUnknown) {
    /** How a server, or a proxy, says that a message is too large (RFC 6455, 7.4.1; RFC 9110, 15.5.14). */
    private static final Pattern TOO_LARGE = Pattern.compile("close code 1009\\b|HTTP 413\\b");
    /** The server's own fault, or that of a proxy whose upstream is down, slow or held back (RFC 9110, 15.6). */
    private static final Pattern SERVER_ERROR = Pattern.compile("HTTP 5\\d\\d\\b");
    /** The connection is gone: no close frame, no packet and no status told of it before. */
    private static final Pattern ABRUPT = Pattern.compile(
            "^(connection closed without a close frame|connection broken|poll failed|sending failed|answering a ping failed)");

    /** The end of a session that never began. */
    public static SessionEnd unopened(ExchangeException failure) {
        return new SessionEnd(true, failure.evidence(), "", 0, false);
    }

    public boolean isUnopened() {
        return aliveMs == 0;
    }

    /** The status of an answer that tells of an error in the server or behind a proxy; empty where it did not end so. */
    public Optional<String> serverError() {
        return SERVER_ERROR.matcher(how).results().map(MatchResult::group).findFirst();
    }

    /** Whether the connection just ended, as that of a process does which has ended. */
    boolean isAbrupt() {
        return byServer && ABRUPT.matcher(how).find();
    }

    public boolean isTooLarge() {
        return TOO_LARGE.matcher(how).find();
    }

    public String evidence() {
        return String.format(
                Locale.ROOT,
                "%s, %.0f ms after it opened; last packet sent %s",
                how,
                aliveMs,
                lastSent.isEmpty() ? "none" : Text.quote(lastSent, 80));
    }
}
