package siodiag.core;

import java.util.regex.Pattern;

/** Text from outside as one word of a POSIX shell. */
public final class Shell {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private Shell() {}

    /** The text as it is where the shell would leave it alone, else in single quotes; control characters are escaped. */
    public static String quote(String text) {
        String visible = Text.visible(text);
        return PLAIN.matcher(visible).matches() ? visible : "'" + visible.replace("'", "'\\''") + "'";
    }
}
