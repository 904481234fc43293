package siodiag.core;

/** What arrived violates the protocol; the message says how. */
public final class MalformedInputException extends RuntimeException {
    public MalformedInputException(String message) {
        super(message, null, false, false);
    }
}
