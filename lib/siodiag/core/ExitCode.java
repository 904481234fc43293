package siodiag.core;

/** Exit codes. JBang's own are 1 to 4, 10 and 255. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int DEGRADED = 20;
    public static final int BROKEN = 21;
    public static final int USAGE = 64;
    public static final int CANNOT_RUN = 70;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
