package siodiag.core;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text from outside made fit for a terminal or a report: no control character survives, nothing is longer than asked.
 */
public final class Text {
    private record Unit(long bytes, String name) {}

    private static final List<Unit> UNITS = List.of(
            new Unit(1 << 20, "MiB"), new Unit(1_000_000, "MB"), new Unit(1 << 10, "KiB"), new Unit(1000, "kB"));
    private static final String ELLIPSIS = "…";

    private Text() {}

    /**
     * The text on one line: control, format, private-use and unpaired surrogate characters are shown as escapes
     * ({@code \n}, {@code \x1b}, {@code \u202e}), so that none of them reaches the terminal.
     */
    public static String visible(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> appendVisible(line, point));
        return line.toString();
    }

    /** {@link #visible}, and {@code limit} characters of the original where leaving out its middle makes it shorter. */
    public static String cut(String text, int limit) {
        if (text == null || text.length() <= limit) {
            return visible(text);
        }
        int head = safeEnd(text, limit * 2 / 3);
        int tail = safeStart(text, text.length() - (limit - head));
        String gap = ELLIPSIS + "(" + (tail - head) + " characters more)" + ELLIPSIS;
        return tail - head <= gap.length()
                ? visible(text)
                : visible(text.substring(0, head)) + gap + visible(text.substring(tail));
    }

    /** The beginning that fits into a line of {@code width} columns. */
    public static String fit(String line, int width) {
        return line.length() <= width ? line : line.substring(0, safeEnd(line, Math.max(0, width - 1))) + ELLIPSIS;
    }

    /** The text in lines of at most {@code width} columns, broken at spaces; a longer word has a line of its own. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            } else if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** {@link #cut} in double quotes: how evidence quotes what a server said. */
    public static String quote(String text, int limit) {
        return '"' + cut(text, limit) + '"';
    }

    /** {@code 1 event}, {@code 2 events}, {@code 2 deliveries}. */
    public static String count(long number, String noun) {
        return number + " " + (number == 1 ? noun : plural(noun));
    }

    private static String plural(String noun) {
        boolean isChanged = noun.endsWith("y") && "aeiou".indexOf(noun.charAt(noun.length() - 2)) < 0;
        return isChanged ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }

    /** {@code 250 ms}, {@code 25 s}, {@code 1.5 s}. */
    public static String duration(Duration time) {
        long ms = time.toMillis();
        return ms < 1000
                ? ms + " ms"
                : BigDecimal.valueOf(ms, 3).stripTrailingZeros().toPlainString() + " s";
    }

    /** {@code 100 kB}, {@code 1 MB}, {@code 1 MiB}; other sizes in bytes. */
    public static String size(long bytes) {
        for (Unit unit : UNITS) {
            if (bytes > 0 && bytes % unit.bytes == 0) {
                return bytes / unit.bytes + " " + unit.name;
            }
        }
        return count(bytes, "byte");
    }

    /** {@code 34 B}, {@code 1.2 kB}, {@code 3.4 MB}: for reading, not for reckoning. */
    public static String approximateSize(long bytes) {
        return bytes < 1000
                ? bytes + " B"
                : bytes < 1_000_000
                        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
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
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static int safeEnd(String text, int end) {
        return end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    private static int safeStart(String text, int start) {
        return start < text.length() && Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start;
    }

    /** How many letters are to be inserted, removed or replaced to make one of the other (Levenshtein). */
    public static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
