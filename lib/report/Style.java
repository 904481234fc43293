package siodiag;

/** Colour and characters of the terminal at hand. */
record Style(boolean coloured, boolean unicode) {

    String good(String text) {
        return paint("32", text);
    }

    String bad(String text) {
        return paint("31;1", text);
    }

    String doubtful(String text) {
        return paint("33", text);
    }

    String faint(String text) {
        return paint("2", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    /** The text, in ASCII where the terminal has no more. */
    String plain(String text) {
        if (unicode) {
            return text;
        }
        String ascii = text.replace("…", "...").replace("→", "->").replace("’", "'");
        return ascii.codePoints().allMatch(point -> point < 128) ? ascii
                : ascii.codePoints().collect(StringBuilder::new, Style::appendAscii, StringBuilder::append).toString();
    }

    private String paint(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static void appendAscii(StringBuilder line, int point) {
        if (point < 128) {
            line.append((char) point);
        } else {
            line.append(String.format("\\u%04x", point));
        }
    }
}
