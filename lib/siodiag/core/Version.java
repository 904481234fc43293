package siodiag.core;

/** The toolkit's own version: every command and every result names it. */
public final class Version {
    public static final String NUMBER = "1.0.0";

    private Version() {}
}
