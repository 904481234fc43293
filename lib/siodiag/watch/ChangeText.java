package siodiag.watch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import siodiag.core.Text;

/** A change for people: a line, and where something is wrong what it is and what to do. */
final class ChangeText {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String INDENT = "    ";
    private static final int MAX_LINE = 240;

    private ChangeText() {}

    /** @param width of a line; what is longer goes on in the next */
    static List<String> of(Change change, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : of(change)) {
            boolean indented = line.startsWith(INDENT);
            String prefix = indented ? INDENT : "";
            Text.wrap(line.substring(prefix.length()), width - INDENT.length())
                    .forEach(part -> lines.add((lines.isEmpty() ? "" : INDENT) + part));
        }
        return lines;
    }

    static List<String> of(Change change) {
        List<String> lines = new ArrayList<>();
        lines.add(change.at().truncatedTo(ChronoUnit.SECONDS) + "  " + change.target() + "  " + what(change));
        change.lines().forEach(line -> lines.add(INDENT + Text.cut(line, MAX_LINE)));
        boolean isNews = change.kind() == Change.Kind.FIRST || change.kind() == Change.Kind.CHANGED;
        if (isNews) {
            change.to().root().ifPresent(root -> {
                lines.add(INDENT + Text.cut(root.summary(), MAX_LINE));
                root.evidence().stream()
                        .limit(1)
                        .forEach(seen -> lines.add(INDENT + "evidence: " + Text.cut(seen, MAX_LINE)));
                lines.add(INDENT + "fix: " + Text.cut(firstSentences(root.fix()), MAX_LINE));
            });
        }
        return lines;
    }

    /** What comes first; the report at the end has all of it. */
    private static String firstSentences(String text) {
        int end = text.indexOf(". ", Math.min(text.length(), MAX_LINE / 3));
        return end < 0 ? text : text.substring(0, end + 1);
    }

    /** In one line, without time and target. */
    static String what(Change change) {
        return switch (change.kind()) {
            case FIRST -> change.to().describe();
            case OUTAGE -> "no answer for " + Spans.text(change.lasted()) + ", since " + clock(change.since());
            case BASELINE -> change.lines().isEmpty() ? "as in the baseline" : "differs from the baseline";
            case CHANGED -> changed(change);
        };
    }

    private static String changed(Change change) {
        String states = change.from().verdict().label() + " -> " + change.to().describe();
        boolean isBack = change.from().isDown() && !change.to().isDown();
        return isBack
                ? states + "; was down for " + Spans.text(change.lasted()) + " ("
                        + String.join(", ", change.from().causes()) + ")"
                : states + "; since " + clock(change.since());
    }

    static String clock(Instant at) {
        return CLOCK.format(at) + "Z";
    }
}
