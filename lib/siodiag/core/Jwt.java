package siodiag.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON Web Token (RFC 7519) that was given as a credential, read here without its signature: what it claims of itself
 * tells why a server may refuse it. The token itself is never part of what is told.
 */
public record Jwt(JsonNode header, JsonNode claims) {
    /** An opening brace in Base64 comes first; five parts would be an encrypted one, which nobody here can read. */
    private static final Pattern TOKEN =
            Pattern.compile("(?<![\\w.-])(ey[\\w-]{4,4096})\\.(ey[\\w-]{1,12288})\\.[\\w-]{0,4096}(?![\\w.-])");

    private static final int MAX_TEXT = 64 * 1024;
    private static final int QUOTED = 80;
    private static final int MAX_AUDIENCES = 4;
    /** Seconds: the year 5138. Beyond it, somebody wrote milliseconds. */
    private static final double LATEST = 1e11;

    /** The first token in a text: an auth object, a header's value, a query, a cookie. */
    public static Optional<Jwt> find(String text) {
        if (text == null || text.length() > MAX_TEXT) {
            return Optional.empty();
        }
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            JsonNode header = decoded(token.group(1));
            JsonNode claims = decoded(token.group(2));
            if (header.isObject() && claims.isObject()) {
                return Optional.of(new Jwt(header, claims));
            }
        }
        return Optional.empty();
    }

    /** One sentence for each thing that a server may mind, then whom the token is from and for. */
    public List<String> remarks(Instant now) {
        List<String> remarks = new ArrayList<>();
        if (header.path("alg").asText("").equalsIgnoreCase("none")) {
            remarks.add("the JWT is not signed (alg none)");
        }
        expiry(now).ifPresent(remarks::add);
        claim("nbf")
                .filter(start -> start.isAfter(now))
                .ifPresent(start -> remarks.add(
                        "the JWT is not valid before " + start + ", in " + length(Duration.between(now, start))));
        claim("iat")
                .filter(issued -> issued.isAfter(now))
                .ifPresent(issued ->
                        remarks.add("the JWT was issued at " + issued + ", which is in the future: check the clocks"));
        for (String name : List.of("exp", "nbf", "iat")) {
            unusable(name).ifPresent(remarks::add);
        }
        origin().ifPresent(remarks::add);
        return remarks;
    }

    private Optional<String> expiry(Instant now) {
        return claim("exp")
                .map(end -> end.isAfter(now)
                        ? "the JWT is valid until " + end
                        : "the JWT expired at " + end + ", " + length(Duration.between(end, now)) + " ago");
    }

    /** A point in time as RFC 7519 has it: a number of seconds. */
    private Optional<Instant> claim(String name) {
        double seconds = claims.path(name).isNumber() ? claims.path(name).asDouble() : Double.NaN;
        return Math.abs(seconds) < LATEST ? Optional.of(Instant.ofEpochSecond((long) seconds)) : Optional.empty();
    }

    private Optional<String> unusable(String name) {
        JsonNode value = claims.path(name);
        if (value.isMissingNode() || claim(name).isPresent()) {
            return Optional.empty();
        }
        return Optional.of("the JWT's " + name + " is " + Text.cut(value.toString(), QUOTED)
                + (value.isNumber()
                        ? ": must be in seconds, but looks like milliseconds"
                        : ": must be a number of seconds"));
    }

    private Optional<String> origin() {
        String issuer = claims.path("iss").isTextual()
                ? " issued by " + Text.quote(claims.path("iss").asText(), QUOTED)
                : "";
        List<String> audiences = new ArrayList<>();
        JsonNode audience = claims.path("aud");
        (audience.isArray() ? audience : List.of(audience)).forEach(one -> {
            if (one.isTextual() && audiences.size() < MAX_AUDIENCES) {
                audiences.add(Text.quote(one.asText(), QUOTED));
            }
        });
        String meant = audiences.isEmpty() ? "" : " for the audience " + String.join(", ", audiences);
        return issuer.isEmpty() && meant.isEmpty()
                ? Optional.empty()
                : Optional.of("the JWT is" + issuer + (issuer.isEmpty() || meant.isEmpty() ? "" : ",") + meant);
    }

    private static JsonNode decoded(String part) {
        try {
            return Json.parse(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Json.parse("");
        }
    }

    private static String length(Duration time) {
        return time.toDays() > 1
                ? Text.count(time.toDays(), "day")
                : time.toHours() > 1
                        ? Text.count(time.toHours(), "hour")
                        : time.toMinutes() > 1
                                ? Text.count(time.toMinutes(), "minute")
                                : Text.count(time.toSeconds(), "second");
    }
}
