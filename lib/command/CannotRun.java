package siodiag;

/** The diagnostic itself could not run: the message is the one line that the user gets, and the exit code is 70. */
public final class CannotRun extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CannotRun(String message) {
        super(message);
    }
}
