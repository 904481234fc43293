package siodiag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Searches of the repository for the names that the failures hold: classes, functions, files, quoted names, log text. */
final class TriageQueries {
    private static final int PATTERNS = 5;
    private static final int EACH = 6;
    private static final int SHORTEST_TEXT = 12;
    private static final Pattern QUOTED_NAME = Pattern.compile("['\"`]([A-Za-z_$][\\w.$-]{3,80})['\"`]");
    private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Z]+>|['\"`…⟵]");
    private static final Pattern COMMON_FUNCTION = Pattern.compile(
            "<.*>|__\\w+__|run|main|call|apply|get|set|wrapper|inner|execute|invoke|setUp|setup|\\w{1,3}");
    private static final Pattern LANGUAGE_TYPE = Pattern.compile(
            "(java|javax|jdk|kotlin|org\\.junit|org\\.opentest4j|builtins|unittest)\\..*|[A-Z]\\w*");

    private TriageQueries() {
    }

    /** One shell command a line, each with what it looks for as a comment before it. */
    static List<String> of(List<TriagePattern> patterns) {
        Set<String> queries = new LinkedHashSet<>();
        patterns.stream().limit(PATTERNS).forEach(pattern -> queries.addAll(of(pattern)));
        return List.copyOf(queries);
    }

    private static List<String> of(TriagePattern pattern) {
        List<String> queries = new ArrayList<>();
        TriageThrown thrown = pattern.thrown();
        if (!LANGUAGE_TYPE.matcher(thrown.type()).matches() && !thrown.type().isEmpty()) {
            queries.add(grep("-w", thrown.simpleType()));
        }
        longestText(pattern.template(), thrown).ifPresent(text -> queries.add(grep("-F", text)));
        TriageFrame frame = pattern.sharedFrame() != null ? pattern.sharedFrame()
                : pattern.origins().keySet().stream().findFirst().orElse(null);
        if (frame != null) {
            String function = frame.function().substring(frame.function().lastIndexOf('.') + 1);
            if (!function.isEmpty() && !COMMON_FUNCTION.matcher(function).matches()) {
                queries.add(grep("-w", function));
            }
            queries.add("git log --oneline -10 -- " + Shell.quote("*" + frame.file().substring(frame.file().lastIndexOf('/') + 1)));
        }
        names(thrown.message()).forEach(name -> queries.add(grep("-w", name)));
        return queries.subList(0, Math.min(EACH, queries.size()));
    }

    private static String grep(String how, String text) {
        return "git grep -n " + how + " -e " + Shell.quote(text);
    }

    /** The longest stretch of the message that stays the same from failure to failure: what the source code holds. */
    private static Optional<String> longestText(String template, TriageThrown thrown) {
        if (thrown.isAssertion() && thrown.says().isBlank()) {
            return Optional.empty();
        }
        String message = template.startsWith(thrown.type() + ": ") ? template.substring(thrown.type().length() + 2) : template;
        return PLACEHOLDER.splitAsStream(message).map(String::strip)
                .filter(text -> text.length() >= SHORTEST_TEXT && text.contains(" "))
                .max(Comparator.comparingInt(String::length));
    }

    private static Set<String> names(String message) {
        Set<String> names = new LinkedHashSet<>();
        Matcher quoted = QUOTED_NAME.matcher(message.lines().findFirst().orElse(""));
        while (quoted.find() && names.size() < 3) {
            names.add(quoted.group(1));
        }
        return names;
    }
}
