package siodiag.finding;

import java.util.Locale;

/** How a check ended. A skipped check says what it needs. */
public enum Status {
    PASS,
    FAIL,
    WARN,
    INFO,
    SKIP;

    /** The status's name in every output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
