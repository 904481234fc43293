package siodiag.ask;

/** Lines that JShell prints as they are. */
public record ShellText(String text) {

    @Override
    public String toString() {
        return text;
    }
}
