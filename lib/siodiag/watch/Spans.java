package siodiag.watch;

import java.time.Duration;
import java.util.Locale;

/** Times as people say them. */
final class Spans {
    private Spans() {}

    /** {@code 0.4 s}, {@code 12.3 s}, {@code 2 min 5 s}, {@code 3 h 4 min}, {@code 2 d 1 h}. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        } else if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        } else if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds / 60 % 60, "min");
        }
        return two(seconds / 86_400, "d", seconds / 3600 % 24, "h");
    }

    private static String two(long much, String unit, long little, String smaller) {
        return much + " " + unit + (little == 0 ? "" : " " + little + " " + smaller);
    }
}
