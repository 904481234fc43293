package siodiag.core;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How long one run waits, and for what.
 *
 * @param timeout the longest wait for one answer, as the user states it
 * @param scale   of all other waits: 1, and less in tests
 */
public record Timings(Duration timeout, double scale) {

    public static Timings of(Duration timeout) {
        return new Timings(timeout, 1);
    }

    public Duration of(Wait wait) {
        return scaled(wait.length());
    }

    /** The same, but no longer than the timeout. */
    public Duration within(Wait wait) {
        Duration length = of(wait);
        return length.compareTo(timeout) < 0 ? length : timeout;
    }

    /** What a whole run may take beyond the timeout, in whole seconds: a verdict comes while someone waits for it. */
    public Duration beyondTimeout() {
        Duration sum = Arrays.stream(Wait.values())
                .filter(Wait::isBudgeted)
                .map(Wait::length)
                .reduce(Duration.ZERO, Duration::plus);
        return scaled(Duration.ofSeconds(sum.plusMillis(999).toSeconds()));
    }

    /** All of it, for people. */
    public String describe() {
        return "timings: --timeout " + seconds(timeout) + "; the whole run at most "
                + seconds(timeout.plus(beyondTimeout())) + ", of which " + list(true) + System.lineSeparator()
                + "  besides: " + list(false);
    }

    private String list(boolean budgeted) {
        return Arrays.stream(Wait.values())
                        .filter(wait -> wait.isBudgeted() == budgeted)
                        .map(wait -> wait.label() + " " + of(wait).toMillis())
                        .collect(Collectors.joining(", "))
                + " ms";
    }

    private Duration scaled(Duration length) {
        return Duration.ofNanos((long) (length.toNanos() * scale));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, time.toMillis() % 1000 == 0 ? "%.0f s" : "%.3f s", time.toMillis() / 1000.0);
    }
}
