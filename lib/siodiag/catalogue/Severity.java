package siodiag.catalogue;

import java.util.Locale;

/** How much a cause matters: an error breaks the flow of events, a warning degrades it. */
public enum Severity {
    ERROR,
    WARNING,
    INFO;

    /** The severity's name in every output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
