package siodiag.core;

/** Wrong usage: the message is the one line that the user gets, and the exit code is 64. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
