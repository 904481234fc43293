package siodiag.core;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** Standard output and error with the terminal's own charset, its width, and whether there may be colour. */
public final class Console {
    private static final Charset CHARSET = charset();
    private static final int DEFAULT_WIDTH = 100;
    private static final int MIN_WIDTH = 40;

    private Console() {}

    public static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new PrintStream(stream, true, CHARSET), true, CHARSET);
    }

    /** Whether characters beyond ASCII can be shown. */
    public static boolean isUnicode() {
        return CHARSET.equals(StandardCharsets.UTF_8);
    }

    /** Colour on a terminal, unless --no-color, NO_COLOR or CLICOLOR=0 forbids it. */
    public static boolean isColoured(boolean forbidden) {
        return !forbidden && Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
    }

    /** The columns of a line. */
    public static int width() {
        return Width.COLUMNS;
    }

    /** Whether both standard input and output are a terminal, as far as Java 17 can tell. */
    public static boolean isTerminal() {
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

    /** Apart, because asking the terminal costs a process. */
    private static final class Width {
        static final int COLUMNS = Math.max(MIN_WIDTH, columns());

        private static int columns() {
            String stated = System.getenv().getOrDefault("COLUMNS", "");
            if (stated.matches("[1-9]\\d{0,3}")) {
                return Integer.parseInt(stated);
            }
            return isTerminal()
                    ? CommandSpec.create().usageMessage().autoWidth(true).width()
                    : DEFAULT_WIDTH;
        }
    }

    private static Charset charset() {
        String locale = first(System.getenv("LC_ALL"), System.getenv("LC_CTYPE"), System.getenv("LANG"));
        if (locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8")) {
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
