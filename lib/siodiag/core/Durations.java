package siodiag.core;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time as people type it: {@code 5}, {@code 0.5}, {@code 250ms}, {@code 3s}, {@code 1m30s}, {@code 2h}. */
public final class Durations implements ITypeConverter<Duration> {
    /** Longer ones would not fit into nanoseconds. */
    private static final double MAX_SECONDS = 1e9;

    private static final Pattern PLAIN = Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)");
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ms|s|m|h|d)");
    private static final Pattern PARTS = Pattern.compile("(" + PART + ")+");

    /** A number without a unit is seconds. @throws TypeConversionException in one line, where it is none */
    @Override
    public Duration convert(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        double seconds;
        if (PLAIN.matcher(word).matches()) {
            seconds = Double.parseDouble(word);
        } else if (PARTS.matcher(word).matches()) {
            seconds = sum(PART.matcher(word));
        } else {
            throw new TypeConversionException(
                    "'" + Text.cut(text, 60) + "' is not a duration such as 5, 0.5, 250ms, 3s or 1m30s");
        }
        if (Math.abs(seconds) > MAX_SECONDS) {
            throw new TypeConversionException("'" + Text.cut(text, 60) + "' is too long");
        }
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static double sum(Matcher parts) {
        double seconds = 0;
        while (parts.find()) {
            seconds += Double.parseDouble(parts.group(1)) * unit(parts.group(2));
        }
        return seconds;
    }

    private static double unit(String name) {
        return switch (name) {
            case "ms" -> 0.001;
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> 86_400;
        };
    }
}
