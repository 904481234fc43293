package siodiag;

/** What arrived can't be read as the protocol says; the message says what is wrong with it. */
final class MonitorProtocolException extends RuntimeException {
    MonitorProtocolException(String message) {
        super(message, null, false, false);
    }
}
