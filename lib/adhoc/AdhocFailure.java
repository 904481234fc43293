package siodiag;

/** Why something could not be had, as a sentence; without a stack trace, because JShell would print it. */
public final class AdhocFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    AdhocFailure(String sentence) {
        super(sentence, null, false, false);
    }
}
