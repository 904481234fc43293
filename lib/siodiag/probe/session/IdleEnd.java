package siodiag.probe.session;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import siodiag.catalogue.FrontProgram;
import siodiag.catalogue.Hop;
import siodiag.catalogue.IdleTimeout;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;

/**
 * How an idle connection was closed.
 *
 * @param how     the close code or error
 * @param ageMs   since it began
 * @param quietMs since the last ping of the server, or since it began
 * @param pingIntervalMs as the server announced it
 * @param pingTimeoutMs  as the server announced it
 * @param front who answers in front of the server, by its own words; null where unknown
 */
public record IdleEnd(
        String how, double ageMs, double quietMs, long pingIntervalMs, long pingTimeoutMs, FrontProgram front) {
    static final String ID = "session.idle";
    private static final double TOLERATED_MS = 1500;
    /** Without a word of the application or the server. */
    private static final Pattern ABRUPT = Pattern.compile("1006|connection broken");

    Finding finding() {
        String when = String.format(Locale.ROOT, "after %.1f s", ageMs / 1000);
        return Finding.fail(
                ID,
                Hop.SESSION,
                Symptom.CLOSED_IN_USE,
                "an idle connection, " + when,
                "an idle connection is closed " + when,
                String.format(
                        Locale.ROOT,
                        "an idle connection was closed %s, %.1f s after the last ping of the server: %s",
                        when,
                        quietMs / 1000,
                        how),
                "likely: " + owner());
    }

    /** The likely one, by the defaults that are known. */
    public String owner() {
        double answerTimeout = pingIntervalMs + pingTimeoutMs;
        if (how.contains("41") || how.contains("close code 1000") || how.contains("(1005)")) {
            return "the application itself, with a regular close";
        } else if (IdleTimeout.isAbout(ageMs, answerTimeout) || IdleTimeout.isAbout(quietMs, answerTimeout)) {
            return IdleTimeout.heartbeat(answerTimeout);
        }
        if (front != null && ABRUPT.matcher(how).find()) {
            return front.owning(false, String.format(Locale.ROOT, "%.0f s", quietMs / 1000), quietMs);
        }
        Stream<Double> times = quietMs < ageMs - TOLERATED_MS ? Stream.of(quietMs, ageMs) : Stream.of(ageMs);
        return times.flatMap(ms -> IdleTimeout.of(ms).stream())
                .findFirst()
                .map(IdleTimeout::byDefault)
                .orElseGet(() -> how.contains("1006")
                        ? "a proxy's idle timeout of an unusual length, or the end of the process"
                        : "the server");
    }
}
