package siodiag.readme;

import java.util.List;
import java.util.regex.Pattern;

/** Whether a program printed lines of the shape that is shown: numbers may differ, and {@code …} stands for anything. */
final class Shape {
    private static final String ANYTHING = "…";
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

    private Shape() {}

    static boolean matches(List<String> expected, List<String> printed) {
        if (expected.isEmpty()) {
            return printed.isEmpty();
        }
        List<String> rest = expected.subList(1, expected.size());
        if (isAnything(expected.get(0))) {
            return matches(rest, printed)
                    || !printed.isEmpty() && matches(expected, printed.subList(1, printed.size()));
        }
        return !printed.isEmpty()
                && matches(expected.get(0), printed.get(0))
                && matches(rest, printed.subList(1, printed.size()));
    }

    private static boolean isAnything(String line) {
        return line.strip().equals(ANYTHING);
    }

    private static boolean matches(String expected, String printed) {
        StringBuilder pattern = new StringBuilder();
        for (String part : plain(expected).split(ANYTHING, -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return plain(printed).matches(pattern.toString());
    }

    private static String plain(String line) {
        return NUMBER.matcher(line.replaceFirst("^jshell>[\\s\b]+", "").strip().replaceAll("\\s+", " "))
                .replaceAll("N");
    }
}
