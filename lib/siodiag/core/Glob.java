package siodiag.core;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Patterns for names as people write them: {@code *} is any text, {@code ?} any character. */
public final class Glob {
    private Glob() {}

    /** The same as a regular expression. */
    public static String regex(String glob) {
        return glob.chars()
                .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c)))
                .collect(Collectors.joining());
    }
}
