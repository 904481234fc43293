package siodiag;

import java.time.Instant;

/** Times as the protocol's users write them: UTC, always with milliseconds. */
final class MonitorTime {
    private MonitorTime() {
    }

    /** {@code 2026-01-31T10:00:00.120Z}: the same width for every time, so that texts sort as times do. */
    static String iso(long milliseconds) {
        String seconds = Instant.ofEpochSecond(Math.floorDiv(milliseconds, 1000)).toString();
        String fraction = Integer.toString(1000 + Math.floorMod(milliseconds, 1000));
        return seconds.substring(0, seconds.length() - 1) + "." + fraction.substring(1) + "Z";
    }
}
