package siodiag.triage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One exception: its class and what it says.
 *
 * @param type qualified where the report qualifies it; empty where the report names none
 */
record ThrownException(String type, String message) {
    static final String FIXTURE_LOOKUP = "FixtureLookupError";
    private static final Pattern TYPED = Pattern.compile("(?s)((?:[a-z_][\\w$]*\\.)*_?[A-Z][\\w$]*)(?:: ?(.*)|\\s*)");
    private static final Pattern CAUSED_BY = Pattern.compile("Caused by: ([\\w.$]{1,300})(?:: (.*))?");
    private static final Pattern RAISED = Pattern.compile("E +(\\S.*)");
    private static final Pattern FIXTURE = Pattern.compile("fixture '[^']*' not found");
    private static final Pattern QUOTED = Pattern.compile("'[^'\\n]*'|\"[^\"\\n]*\"|<[^>\\n]*>");
    private static final Pattern COMPARISON = Pattern.compile(
            "assert .*|expected:? ?<.*|unexpectedly (None|identical).*|.* (not|unexpectedly) found in .*"
                    + "|.* (!=|==|===|!==|not (less|greater) than( or equal to)?) .*"
                    + "|(None|True|False|[-\\d.]+|['\"<\\[{(].*) is (not )?.*",
            Pattern.DOTALL);
    private static final Pattern EXPECTATION = Pattern.compile("(?i)\\b(should|must|expect(s|ed|ing)?|want(s|ed)?)\\b");
    private static final Pattern ASSERTION =
            Pattern.compile(".*(Assertion(Failed)?Error|ComparisonFailure|MultipleFailuresError)|Failed");

    /** {@code Type: message} taken apart; a bare {@code assert …} is pytest's way to write an AssertionError. */
    static ThrownException parse(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("assert ")) {
            return new ThrownException("AssertionError", stripped);
        }
        if (FIXTURE.matcher(stripped).lookingAt()) {
            return new ThrownException(FIXTURE_LOOKUP, stripped);
        }
        Matcher typed = TYPED.matcher(stripped);
        return typed.matches()
                ? new ThrownException(typed.group(1), typed.group(2) == null ? "" : typed.group(2))
                : new ThrownException("", stripped);
    }

    /**
     * The exceptions that a traceback says led to the last one, the root cause first: Java's {@code Caused by}, and
     * Python's direct causes. What was merely being handled at the time is not a cause.
     */
    static List<ThrownException> causes(List<String> lines) {
        List<ThrownException> causes = new ArrayList<>();
        ThrownException raised = null;
        boolean marked = false;
        for (String line : lines) {
            Matcher caused = line.startsWith("Caused by: ") ? CAUSED_BY.matcher(line) : null;
            if (caused != null && caused.matches()) {
                causes.add(0, new ThrownException(caused.group(1), caused.group(2) == null ? "" : caused.group(2)));
            } else if (line.startsWith("The above exception was the direct cause") && raised != null) {
                causes.add(raised);
                raised = null;
                marked = false;
            } else if (line.startsWith("During handling of the above exception")) {
                raised = null;
                marked = false;
            } else if (!marked && line.startsWith("E ")) {
                Matcher found = RAISED.matcher(line);
                raised = found.matches() ? parse(found.group(1)) : null;
                marked = true;
            } else if (!marked
                    && !line.isEmpty()
                    && Character.isLetter(line.charAt(0))
                    && TYPED.matcher(line).matches()) {
                raised = parse(line); // Python's own style, where nothing marks the line
            }
        }
        causes.removeIf(cause -> cause.simpleType().equals("CancelledError")); // how a wait is broken off, never why
        return causes;
    }

    /** The last exception that pytest's {@code E} lines show, or null. */
    static ThrownException lastRaised(List<String> lines) {
        ThrownException last = null;
        for (String line : lines) {
            Matcher found = line.startsWith("E ") ? RAISED.matcher(line) : null;
            if (found != null && found.matches()) {
                ThrownException thrown = parse(found.group(1));
                last = thrown.type.isEmpty() && last != null ? last : thrown;
            }
        }
        return last;
    }

    /** The class without its package. */
    String simpleType() {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }

    boolean isAssertion() {
        return ASSERTION.matcher(simpleType()).matches();
    }

    /** The first line that says something, without the comparison that JUnit puts after an arrow. */
    String headline() {
        String first = message.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .strip();
        int arrow = isAssertion() ? first.indexOf(" ==> ") : -1;
        return arrow > 0 ? first.substring(0, arrow) : first;
    }

    /** Whether an assertion only compares values, without a word on what they are. */
    boolean isBareComparison() {
        return isAssertion() && COMPARISON.matcher(headline()).matches();
    }

    /**
     * What is said in words. Of an assertion only what the author says has happened, without the values compared and
     * without what should have happened: a value that holds "connection refused" is not a refused connection.
     */
    String outcome() {
        if (!isAssertion()) {
            return message;
        }
        StringBuilder words = new StringBuilder();
        for (String line : message.split("\n")) {
            if (line.startsWith("assert ") || line.startsWith(" +")) {
                break;
            }
            if (!EXPECTATION.matcher(line).find()) {
                words.append(line).append('\n');
            }
        }
        return QUOTED.matcher(words).replaceAll("").strip();
    }
}
