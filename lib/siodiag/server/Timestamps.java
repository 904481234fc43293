package siodiag.server;

import java.time.Instant;

/** Times as the protocol's users write them: UTC, always with milliseconds. */
public final class Timestamps {
    private static volatile Second last = new Second(Long.MIN_VALUE, "");

    private Timestamps() {}

    /** Formatting a date takes microseconds, and most events share their second with the one before. */
    private record Second(long number, String text) {}

    /** {@code 2026-01-31T10:00:00.120Z}: the same width for every time, so that texts sort as times do. */
    public static String iso(long milliseconds) {
        long number = Math.floorDiv(milliseconds, 1000);
        Second second = last;
        if (second.number != number) {
            String text = Instant.ofEpochSecond(number).toString();
            second = new Second(number, text.substring(0, text.length() - 1) + ".");
            last = second;
        }
        String fraction = Integer.toString(1000 + Math.floorMod(milliseconds, 1000));
        return second.text + fraction.substring(1) + "Z";
    }
}
