package siodiag;

/** Wrong usage: the message is the one line that the user gets, and the exit code is 64. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadInput(String message) {
        super(message);
    }
}
