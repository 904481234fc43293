package siodiag.kept;

import java.util.Locale;

/**
 * The server's pings on kept connections, against what it announced. Gaps are in milliseconds.
 *
 * @param announcedMs pingInterval; 0 before a handshake
 * @param late        gaps that were longer than announced, by more than a tolerance
 */
public record Pings(long announcedMs, long count, double shortestMs, double longestMs, long late, double sumMs) {
    public static final Pings NONE = new Pings(0, 0, 0, 0, 0, 0);

    private static final double TOLERATED_SHARE = 0.3;
    private static final double TOLERATED_MS = 1000;
    /** Pings that come in less than this share of the announced time come faster than announced. */
    private static final double FAST_SHARE = 0.8;

    private static final int FEW = 3;

    /** The same, by what the latest handshake announces. */
    Pings announced(long ms) {
        return new Pings(ms, count, shortestMs, longestMs, late, sumMs);
    }

    /** One more. @param gapMs since the one before, or since the session began */
    Pings with(long announced, double gapMs) {
        boolean first = count == 0;
        return new Pings(
                announced,
                count + 1,
                first ? gapMs : Math.min(shortestMs, gapMs),
                Math.max(longestMs, gapMs),
                late + (gapMs > limitMs(announced) ? 1 : 0),
                sumMs + gapMs);
    }

    /** From when on a ping is late. Half a second of grace is Node's own; servers under load take more. */
    static double limitMs(long announced) {
        return announced + Math.max(TOLERATED_MS, TOLERATED_SHARE * announced);
    }

    public double meanMs() {
        return count == 0 ? 0 : sumMs / count;
    }

    /** Whether they come clearly faster than announced. */
    public boolean areFast() {
        return count >= FEW && meanMs() < FAST_SHARE * announcedMs;
    }

    public boolean areLate() {
        return late > 0;
    }

    /** {@code 4 pings, every 25.0 s (announced 25.0 s)}. */
    public String describe() {
        if (announcedMs == 0) {
            return "no handshake yet";
        }
        String announced = String.format(Locale.ROOT, "announced every %.1f s", announcedMs / 1000.0);
        return count == 0
                ? "no ping yet, " + announced
                : String.format(
                        Locale.ROOT,
                        "%d ping%s, every %.1f s (%.1f to %.1f), %s%s",
                        count,
                        count == 1 ? "" : "s",
                        meanMs() / 1000,
                        shortestMs / 1000,
                        longestMs / 1000,
                        announced,
                        areFast() ? ": faster than announced" : areLate() ? ": " + late + " late" : "");
    }
}
