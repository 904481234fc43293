package siodiag;

/** Lines that JShell prints as they are. */
public record AdhocText(String text) {

    @Override
    public String toString() {
        return text;
    }
}
