package siodiag;

/** Text from outside as one word of a POSIX shell. */
final class Shell {
    private Shell() {
    }

    /** The text as it is where the shell would leave it alone, else in single quotes; control characters are escaped. */
    static String quote(String text) {
        String visible = Text.visible(text);
        return visible.matches("[\\w@%+=:,./-]+") ? visible : "'" + visible.replace("'", "'\\''") + "'";
    }
}
