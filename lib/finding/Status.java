package siodiag;

import java.util.Locale;

/** How a check ended. A skipped check says what it waits for. */
public enum Status {
    PASS, FAIL, WARN, INFO, SKIP;

    /** The status's name in every output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
