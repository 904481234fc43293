package siodiag;

/**
 * Text from outside made fit for a terminal or a report: no control character survives, nothing is longer than asked.
 */
final class Text {
    private static final String ELLIPSIS = "…";

    private Text() {
    }

    /**
     * The text on one line: control, format, private-use and unpaired surrogate characters are shown as escapes
     * ({@code \n}, {@code \x1b}, {@code \u202e}), so that none of them reaches the terminal.
     */
    static String visible(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> appendVisible(line, point));
        return line.toString();
    }

    /** {@link #visible} and at most {@code limit} characters of the original, cut in the middle. */
    static String cut(String text, int limit) {
        if (text == null || text.length() <= limit) {
            return visible(text);
        }
        int head = safeEnd(text, limit * 2 / 3);
        int tail = safeStart(text, text.length() - (limit - head));
        return visible(text.substring(0, head)) + ELLIPSIS + "(" + (tail - head) + " characters more)" + ELLIPSIS
                + visible(text.substring(tail));
    }

    /** {@link #cut} in double quotes: how evidence quotes what a server said. */
    static String quote(String text, int limit) {
        return '"' + cut(text, limit) + '"';
    }

    /** {@code 1 event}, {@code 2 events}. */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static void appendVisible(StringBuilder line, int point) {
        switch (point) {
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (isPrintable(point)) {
                    line.appendCodePoint(point);
                } else {
                    line.append(String.format(point < 0x100 ? "\\x%02x" : "\\u%04x", point));
                }
            }
        }
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static int safeEnd(String text, int end) {
        return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    private static int safeStart(String text, int start) {
        return start < text.length() && Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start;
    }
}
