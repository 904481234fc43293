package siodiag.triage;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import siodiag.core.Shell;

/** Searches of the repository for the names that the failures hold: classes, functions, files, quoted names, log text. */
final class RepositoryQueries {
    private static final int PATTERNS = 5;
    private static final int EACH = 6;
    private static final int MIN_TEXT = 12;
    private static final Pattern QUOTED_NAME = Pattern.compile("['\"`]([A-Za-z_$][\\w.$-]{3,80})['\"`]");
    private static final Pattern MEMBER = Pattern.compile("[.\"'](\\w{4,80})");
    private static final Pattern OBJECT = Pattern.compile("<(?:class ')?(?:\\w+\\.)+(\\w+)(?: object at|'>)");
    private static final int NAMES = 3;
    /** Their texts are the language's own: the project's sources do not hold them. */
    private static final Set<String> LANGUAGE_TEXT = Set.of(
            "AttributeError",
            "TypeError",
            "NameError",
            "KeyError",
            "IndexError",
            "ImportError",
            "ModuleNotFoundError",
            "FileNotFoundError",
            "OSError",
            "FixtureLookupError",
            "NullPointerException",
            "ClassCastException",
            "ClassNotFoundException",
            "NoClassDefFoundError",
            "NoSuchMethodError");

    private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Z]+>|['\"`…]");
    private static final Pattern COMMON_FUNCTION = Pattern.compile(
            "<.*>|__\\w+__|run|main|call|apply|get|set|wrapper|inner|execute|invoke|setUp|setup|\\w{1,3}");
    private static final Pattern LANGUAGE_TYPE =
            Pattern.compile("(java|javax|jdk|kotlin|org\\.junit|org\\.opentest4j|builtins|unittest)\\..*|[A-Z]\\w*");

    private RepositoryQueries() {}

    /** One shell command a line, each with what it looks for as a comment before it. */
    static List<String> of(List<FailurePattern> patterns) {
        Set<String> queries = new LinkedHashSet<>();
        patterns.stream().limit(PATTERNS).forEach(pattern -> queries.addAll(of(pattern)));
        return List.copyOf(queries);
    }

    private static List<String> of(FailurePattern pattern) {
        Set<String> queries = new LinkedHashSet<>();
        ThrownException thrown = pattern.thrown();
        if (!thrown.type().isEmpty() && !LANGUAGE_TYPE.matcher(thrown.type()).matches()) {
            queries.add(grep("-w", thrown.simpleType()));
        }
        longestText(pattern).ifPresent(text -> queries.add(grep("-F", text)));
        names(pattern).forEach(name -> queries.add(grep("-w", name)));
        StackFrame frame = pattern.sharedFrame();
        if (frame != null) {
            String function = frame.function().substring(frame.function().lastIndexOf('.') + 1);
            if (!function.isEmpty()
                    && !frame.isTest()
                    && !COMMON_FUNCTION.matcher(function).matches()) {
                queries.add(grep("-w", function));
            }
            queries.add("git log --oneline -10 -- " + Shell.quote("*" + frame.file()));
        }
        return queries.stream().limit(EACH).toList();
    }

    private static String grep(String how, String text) {
        return "git grep -n " + how + " -e " + Shell.quote(text);
    }

    /** The longest stretch of the message that stays the same from failure to failure: what the source code holds. */
    private static Optional<String> longestText(FailurePattern pattern) {
        ThrownException thrown = pattern.thrown();
        if (thrown.isBareComparison() || LANGUAGE_TEXT.contains(thrown.simpleType())) {
            return Optional.empty();
        }
        String template = pattern.template();
        String message = template.startsWith(thrown.type() + ": ")
                ? template.substring(thrown.type().length() + 2)
                : template;
        return PLACEHOLDER
                .splitAsStream(message)
                .map(String::strip)
                .filter(text -> text.length() >= MIN_TEXT && text.contains(" "))
                .max(Comparator.comparingInt(String::length));
    }

    /** Names in quotes, the classes of objects shown, and what the failed statement reads or calls. */
    private static Set<String> names(FailurePattern pattern) {
        Set<String> names = new LinkedHashSet<>();
        int statement = pattern.template().indexOf(MessageTemplate.MADE_BY);
        if (statement >= 0) {
            collect(MEMBER, pattern.template().substring(statement), names);
        } else {
            collect(QUOTED_NAME, pattern.thrown().headline(), names);
        }
        collect(OBJECT, pattern.thrown().message(), names);
        names.removeIf(name -> COMMON_FUNCTION.matcher(name).matches());
        return names;
    }

    private static void collect(Pattern pattern, String text, Set<String> names) {
        Matcher matcher = pattern.matcher(text);
        for (int found = 0; found < NAMES && matcher.find(); found++) {
            names.add(matcher.group(1));
        }
    }
}
