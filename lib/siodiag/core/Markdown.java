package siodiag.core;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text from outside as Markdown that it can't break: code spans, table cells and fenced blocks, all control-safe. */
public final class Markdown {
    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final Pattern BEFORE_PIPE = Pattern.compile("(\\\\*)\\|");
    private static final int MAX_LINE = 400;

    private Markdown() {}

    /** A code span on one line; text longer than {@code limit} characters is cut in the middle. */
    public static String code(String text, int limit) {
        String line = Text.cut(text.strip(), limit);
        if (line.isEmpty()) {
            return "(empty)";
        }
        String fence = "`".repeat(longestRun(line) + 1);
        boolean padded = line.startsWith("`") || line.endsWith("`");
        return padded ? fence + " " + line + " " + fence : fence + line + fence;
    }

    /** A code span for a table's cell, where a pipe would end the cell even inside code. */
    public static String cell(String text, int limit) {
        return BEFORE_PIPE
                .matcher(code(text, limit))
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1).repeat(2) + "\\|"));
    }

    /** A fenced block; from more than {@code maxLines} lines, those in the middle are left out and counted. */
    public static String block(String language, String text, int maxLines) {
        String body = String.join("\n", lines(text, maxLines));
        String fence = "`".repeat(Math.max(3, longestRun(body) + 1));
        return fence + language + "\n" + body + "\n" + fence + "\n";
    }

    private static List<String> lines(String text, int maxLines) {
        String[] all = text.stripTrailing().split("\\R", -1);
        List<String> kept = new ArrayList<>();
        int head = all.length <= maxLines ? all.length : maxLines * 2 / 3;
        int tail = all.length <= maxLines ? 0 : maxLines - head;
        for (int line = 0; line < all.length; line++) {
            if (line < head || line >= all.length - tail) {
                kept.add(Text.cut(all[line].replace("\t", "    "), MAX_LINE));
            } else if (line == head) {
                kept.add("… (" + Text.count(all.length - head - tail, "line") + " left out) …");
            }
        }
        return kept;
    }

    private static int longestRun(String text) {
        return BACKTICKS
                .matcher(text)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
    }
}
