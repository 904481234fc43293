package siodiag.triage;

import java.util.ArrayList;
import java.util.List;

/** What a Markdown reader makes of a page: which lines are headings, and which are inside a fenced block. */
final class MarkdownOutline {
    private MarkdownOutline() {}

    /** The headings of a level, without those that are only text in a fenced block. */
    static List<String> headings(String page, int level) {
        String mark = "#".repeat(level) + " ";
        return outsideBlocks(page).stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(level + 1))
                .toList();
    }

    /** The lines outside fenced blocks: a block ends with a fence at least as long as the one that began it. */
    static List<String> outsideBlocks(String page) {
        List<String> outside = new ArrayList<>();
        int fence = 0;
        for (String line : page.split("\n")) {
            int ticks = line.length() - line.replaceFirst("^`+", "").length();
            if (fence == 0 && ticks >= 3 && !line.substring(ticks).contains("`")) {
                fence = ticks;
            } else if (fence > 0 && ticks >= fence && line.length() == ticks) {
                fence = 0;
            } else if (fence == 0) {
                outside.add(line);
            }
        }
        return outside;
    }
}
