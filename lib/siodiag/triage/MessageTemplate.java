package siodiag.triage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import siodiag.core.Text;

/**
 * What equal failures have in common: the message with everything that changes from run to run taken out. Numbers
 * become {@code <N>}, addresses and digests {@code <HEX>}, ids {@code <UUID>}, times {@code <TIME>}, folders
 * {@code <PATH>}, the test's own name {@code <TEST>}.
 *
 * @param specific still has its quoted values and file names: they may be the very cause
 * @param general has {@code <VALUE>} for each of them, for messages that differ in nothing else
 */
record MessageTemplate(String specific, String general) {
    /** Stands between a comparison without words and the statement that makes it. */
    static final String MADE_BY = " <- ";

    private static final int MAX_LENGTH = 300;
    private static final int MIN_OWN_NAME = 5;
    private static final String OWN_NAME = "<TEST>";
    private static final Pattern NOISE =
            Pattern.compile("(?:\\x1b|#x1[bB]|\\\\x1b)\\[[\\d;]*[A-Za-z]|\\. Did you mean:? .*");
    private static final Pattern CHANGING =
            Pattern.compile("(?<uuid>\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b)"
                    + "|(?<time>\\b\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d)?(?:[.,]\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)*)"
                    + "|(?<hex>\\b0x[0-9a-fA-F]+\\b|@[0-9a-f]{5,8}\\b|\\b(?=[a-f]*\\d)(?=\\d*[a-f])[0-9a-f]{8,}\\b)"
                    + "|(?<path>(?:(?<![\\w.:/<\\\\])/(?:[\\w.@+~-]+/)+|\\b[A-Za-z]:[/\\\\](?:[\\w.@+~-]+[/\\\\])*)"
                    + "(?<file>[\\w.@+~-]*))"
                    + "|(?<number>\\d+(?:\\.\\d+)*(?:e[+-]?\\d+)?)");
    private static final Pattern NAMES = Pattern.compile("::|#");
    private static final Pattern VALUE =
            Pattern.compile("(?<!\\w)'[^'\\n]{0,300}'|\"[^\"\\n]{0,300}\"|<PATH>/[\\w.@+~<>-]+|`[^`\\n]{1,300}`");

    static MessageTemplate of(Failure failure, Evidence evidence) {
        ThrownException thrown = evidence.thrown();
        String said = NOISE.matcher(bounded(thrown.headline())).replaceAll("");
        String specific = withoutOwnName(steady(said), failure.test());
        String general = VALUE.matcher(specific)
                .replaceAll(value -> value.group().equals("'" + OWN_NAME + "'") ? value.group() : "<VALUE>");
        String type = thrown.type().isEmpty() ? "" : thrown.type() + (specific.isEmpty() ? "" : ": ");
        String madeBy = thrown.isBareComparison() ? madeBy(evidence) : "";
        return new MessageTemplate(join(type + specific, madeBy), join(type + general, madeBy));
    }

    /** A comparison without words is known by the statement that makes it, else by the method. */
    private static String madeBy(Evidence evidence) {
        StackFrame origin = evidence.origin();
        String where = !evidence.statement().isEmpty() ? evidence.statement() : origin == null ? "" : origin.function();
        return where.isEmpty() ? "" : MADE_BY + steady(bounded(where));
    }

    private static String join(String said, String madeBy) {
        return madeBy.isEmpty() ? cut(said, MAX_LENGTH) : cut(said, MAX_LENGTH / 3) + cut(madeBy, MAX_LENGTH * 2 / 3);
    }

    private static String withoutOwnName(String text, String test) {
        String result = text;
        for (String name : NAMES.split(test)) {
            String last = name.substring(name.lastIndexOf('.') + 1);
            if (last.length() >= MIN_OWN_NAME && !name.contains("/")) {
                result = result.replace(steady(last), OWN_NAME);
            }
        }
        return result.replace(OWN_NAME + "." + OWN_NAME, OWN_NAME);
    }

    private static String steady(String text) {
        Matcher changing = CHANGING.matcher(text);
        return changing.find() ? changing.replaceAll(found -> Matcher.quoteReplacement(placeholder(changing))) : text;
    }

    private static String placeholder(Matcher found) {
        if (found.group("number") != null) {
            return "<N>";
        }
        if (found.group("path") != null) {
            return "<PATH>/" + steady(found.group("file"));
        }
        return found.group("uuid") != null ? "<UUID>" : found.group("time") != null ? "<TIME>" : "<HEX>";
    }

    private static String bounded(String text) {
        return text.length() > 4 * MAX_LENGTH ? text.substring(0, 4 * MAX_LENGTH) : text;
    }

    private static String cut(String text, int limit) {
        return text.length() <= limit ? text : Text.cut(text, limit);
    }
}
