package siodiag.protocol;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import siodiag.core.Text;

/** When a server that refuses says that it may be asked again (RFC 9110, section 10.2.3: seconds, or a date). */
public final class RetryAfter {
    private RetryAfter() {}

    /** The header as it came and what it means; that there is none; never an error. */
    public static String describe(HttpReply reply, Instant now) {
        String value = reply.header("retry-after");
        if (value.isEmpty()) {
            return "no Retry-After";
        }
        return "Retry-After " + Text.quote(value, 60)
                + wait(value, now)
                        .map(wait -> ", that is in " + Text.count(wait.toSeconds(), "second"))
                        .orElse(", which is neither seconds nor a date");
    }

    /** The wait from now; nothing where the value is neither a number of seconds nor a date. */
    static Optional<Duration> wait(String value, Instant now) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Duration left = Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
