package siodiag;

import java.util.Locale;

/**
 * How a session ended.
 *
 * @param byServer whether the server, or what is in between, ended it
 * @param how      the close code, status or error, quoted
 * @param lastSent the last packet that was sent before
 * @param aliveMs  how long the session had lived, in milliseconds
 * @param sidUnknown whether a request was refused because the server did not know the session
 */
record Closure(boolean byServer, String how, String lastSent, double aliveMs, boolean sidUnknown) {
    String evidence() {
        return String.format(Locale.ROOT, "%s, %.0f ms after it began; last packet sent %s", how, aliveMs,
                lastSent.isEmpty() ? "none" : Text.quote(lastSent, 80));
    }
}
