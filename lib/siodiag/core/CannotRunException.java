package siodiag.core;

/** The diagnostic itself could not run: the message is the one line that the user gets, and the exit code is 70. */
public final class CannotRunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CannotRunException(String message) {
        super(message);
    }
}
