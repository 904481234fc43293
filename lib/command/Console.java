package siodiag;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Standard output and error with the terminal's own charset, and whether there may be colour. */
final class Console {
    private static final Charset CHARSET = charset();

    private Console() {
    }

    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new PrintStream(stream, true, CHARSET), true, CHARSET);
    }

    /** Whether characters beyond ASCII can be shown. */
    static boolean isUnicode() {
        return CHARSET.equals(StandardCharsets.UTF_8);
    }

    /** Colour only on a terminal, and never against NO_COLOR or --no-color. */
    static boolean isColoured(boolean forbidden) {
        return !forbidden && System.getenv("NO_COLOR") == null && isTerminal()
                && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether both standard input and output are a terminal, as far as Java 17 can tell. */
    static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try { // From Java 22 on there is a console without a terminal, which says so.
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    private static Charset charset() {
        String locale = first(System.getenv("LC_ALL"), System.getenv("LC_CTYPE"), System.getenv("LANG"));
        if (locale.toLowerCase(java.util.Locale.ROOT).replace("-", "").contains("utf8")) {
            return StandardCharsets.UTF_8;
        }
        String terminal = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "US-ASCII"));
        return Charset.isSupported(terminal) ? Charset.forName(terminal) : StandardCharsets.US_ASCII;
    }

    private static String first(String... values) {
        for (String value : values) {
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
