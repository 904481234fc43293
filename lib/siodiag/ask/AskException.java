package siodiag.ask;

/** Why something could not be had, as a sentence; without a stack trace, because JShell would print it. */
public final class AskException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public AskException(String sentence) {
        super(sentence, null, false, false);
    }
}
