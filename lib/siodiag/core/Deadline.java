package siodiag.core;

import java.time.Duration;

/** The moment at which a wait ends. Every wait has one of its own. */
public record Deadline(long nanos) {

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    public boolean passed() {
        return millisLeft() <= 0;
    }

    /** Milliseconds left; zero or less once passed. */
    public long millisLeft() {
        return (nanos - System.nanoTime() + 999_999) / 1_000_000;
    }

    /** The sooner of this and that time from now. */
    public Deadline orSooner(Duration time) {
        Deadline other = in(time);
        return other.nanos - nanos < 0 ? other : this;
    }
}
