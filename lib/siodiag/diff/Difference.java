package siodiag.diff;

import java.util.Locale;

/** One difference between two results. */
record Difference(Kind kind, String text) {
    enum Kind {
        /** A cause, or a check that fails, that was not there. */
        NEW(true),
        /** A cause that is there no more. */
        GONE(false),
        SLOWER(true),
        FASTER(false),
        /** A namespace or a transport that accepts clients no more. */
        FEWER(true),
        MORE(false),
        /** Another version, limit or time. */
        OTHER(false);

        private final boolean worse;

        Kind(boolean worse) {
            this.worse = worse;
        }

        boolean isWorse() {
            return worse;
        }
    }

    /** {@code slower: …}. */
    String describe() {
        return kind.name().toLowerCase(Locale.ROOT) + ": " + text;
    }
}
