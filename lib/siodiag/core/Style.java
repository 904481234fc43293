package siodiag.core;

import picocli.CommandLine.Help.Ansi;

/** Colour, characters and columns of the terminal at hand. */
public record Style(boolean coloured, boolean unicode, int width) {

    public String good(String text) {
        return paint(text, Ansi.Style.fg_green);
    }

    public String bad(String text) {
        return paint(text, Ansi.Style.fg_red, Ansi.Style.bold);
    }

    public String doubtful(String text) {
        return paint(text, Ansi.Style.fg_yellow);
    }

    public String faint(String text) {
        return paint(text, Ansi.Style.faint);
    }

    public String bold(String text) {
        return paint(text, Ansi.Style.bold);
    }

    /** The text, in ASCII where the terminal has no more. */
    public String plain(String text) {
        if (unicode) {
            return text;
        }
        String ascii =
                text.replace("…", "...").replace("→", "->").replace("’", "'").replace('\u00a0', ' ');
        return ascii.codePoints().allMatch(point -> point < 128)
                ? ascii
                : ascii.codePoints()
                        .collect(StringBuilder::new, Style::appendAscii, StringBuilder::append)
                        .toString();
    }

    private String paint(String text, Ansi.Style... styles) {
        return coloured ? Ansi.Style.on(styles) + text + Ansi.Style.reset.on() : text;
    }

    private static void appendAscii(StringBuilder line, int point) {
        if (point < 128) {
            line.append((char) point);
        } else {
            line.append(String.format("\\u%04x", point));
        }
    }
}
