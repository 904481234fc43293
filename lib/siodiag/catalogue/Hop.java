package siodiag.catalogue;

import java.util.Locale;

/** The stations between a hook and a dashboard, in the order in which an event, and a diagnosis, passes them. */
public enum Hop {
    STARTUP,
    RESOLVE,
    TCP,
    TLS,
    HTTP,
    ENGINE,
    TRANSPORT,
    NAMESPACE,
    AUTH,
    EVENT,
    RELAY,
    SESSION,
    CLUSTER;

    /** The hop's name in every output. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
