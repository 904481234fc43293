package siodiag;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What equal failures have in common: the message with everything that changes from run to run taken out. Numbers
 * become {@code <N>}, addresses and digests {@code <HEX>}, ids {@code <UUID>}, times {@code <TIME>}, folders
 * {@code <PATH>}, the test's own name {@code <TEST>}.
 *
 * @param specific still has its quoted values and file names: they may be the very cause
 * @param general has {@code <VALUE>} for each of them, for messages that differ in nothing else
 */
record TriageTemplate(String specific, String general) {
    private static final int LONGEST = 300;
    private static final int SHORTEST_OWN_NAME = 5;
    private static final Pattern ANSI = Pattern.compile("(\\x1b|#x1[bB])\\[[\\d;]*[A-Za-z]");
    private static final Pattern CHANGING = Pattern.compile(
            "(?<uuid>\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b)"
                    + "|(?<time>\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d)?(?:[.,]\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)*)"
                    + "|(?<hex>\\b0x[0-9a-fA-F]+\\b|@[0-9a-f]{5,8}\\b|\\b(?=[a-f]*\\d)(?=\\d*[a-f])[0-9a-f]{8,}\\b)"
                    + "|(?<path>(?<![\\w.:/<>])(?:[A-Za-z]:)?[/\\\\](?:[\\w.@+~-]+[/\\\\])+(?<file>[\\w.@+~-]*))"
                    + "|(?<number>\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)");
    private static final Pattern VALUE = Pattern.compile(
            "(?<!\\w)'(?!<TEST>')[^'\\n]{0,300}'|\"[^\"\\n]{0,300}\"|<PATH>[/\\\\][\\w.@+~<>-]+|`[^`\\n]{1,300}`");

    static TriageTemplate of(TriageFailure failure, TriageEvidence evidence) {
        TriageThrown thrown = evidence.thrown();
        String said = headline(thrown, evidence);
        String specific = steady(withoutOwnName(ANSI.matcher(said).replaceAll(""), failure.nodeId()));
        String type = thrown.type().isEmpty() ? "" : thrown.type() + (specific.isEmpty() ? "" : ": ");
        return new TriageTemplate(cut(type + specific), cut(type + VALUE.matcher(specific).replaceAll("<VALUE>")));
    }

    /** The first line that says something; a comparison without words is known by the statement that makes it. */
    private static String headline(TriageThrown thrown, TriageEvidence evidence) {
        String first = thrown.message().lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
        if (!thrown.isAssertion() || !thrown.says().isBlank()) {
            return first;
        }
        TriageFrame origin = evidence.origin();
        String where = !evidence.statement().isEmpty() ? evidence.statement() : origin == null ? "" : origin.function();
        return where.isEmpty() ? first : first + " ⟵ " + where;
    }

    private static String withoutOwnName(String text, String nodeId) {
        String plain = nodeId.replaceFirst("\\[.*", "");
        String result = text;
        for (String name : plain.split("::|#")) {
            String last = name.substring(name.lastIndexOf('.') + 1);
            if (last.length() >= SHORTEST_OWN_NAME && !name.contains("/")) {
                result = result.replace(last, "<TEST>");
            }
        }
        return result.replace("<TEST>.<TEST>", "<TEST>");
    }

    private static String steady(String text) {
        String bounded = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
        Matcher changing = CHANGING.matcher(bounded);
        StringBuilder steady = new StringBuilder();
        while (changing.find()) {
            changing.appendReplacement(steady, Matcher.quoteReplacement(placeholder(changing)));
        }
        return changing.appendTail(steady).toString();
    }

    private static String placeholder(Matcher found) {
        if (found.group("number") != null) {
            return "<N>";
        }
        if (found.group("path") != null) {
            return "<PATH>/" + found.group("file").replaceAll("\\d+", "<N>");
        }
        return found.group("uuid") != null ? "<UUID>" : found.group("time") != null ? "<TIME>" : "<HEX>";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : Text.cut(text, LONGEST);
    }
}
