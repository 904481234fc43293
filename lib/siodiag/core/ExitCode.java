package siodiag.core;

/** Exit codes that are not a verdict (those are {@code Verdict.exitCode}). JBang's own are 1 to 4, 10 and 255. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int USAGE = 64;
    public static final int CANNOT_RUN = 70;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
