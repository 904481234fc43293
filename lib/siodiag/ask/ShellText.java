package siodiag.ask;

/**
 * Lines that JShell prints as they are.
 *
 * <p>JShell cuts a long value in its middle, and where the verdict and the cause stand is the middle. Its limits can't be set
 * from a script. So in a session a long value prints itself, and only a summary is left to JShell.
 *
 * @param text    all of it
 * @param summary in one line
 */
public record ShellText(String text, String summary) {
    /** JShell shows 1,000 characters of an expression's value. */
    private static final int MAX_VALUE = 900;

    private static volatile boolean session;

    public ShellText(String text) {
        this(text, text.lines().findFirst().orElse(""));
    }

    /** From now on JShell shows the values. */
    public static void beginSession() {
        session = true;
    }

    @Override
    public String toString() {
        if (!session || text.length() <= MAX_VALUE) {
            return text;
        }
        System.out.println(text);
        return summary;
    }
}
