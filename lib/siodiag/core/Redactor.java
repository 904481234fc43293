package siodiag.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps secrets out of every output: those it was told of, and what looks like one in a header, a cookie, a URL or JSON.
 * A secret shows as its first two characters and its length.
 */
public final class Redactor {
    private static final int MIN_KNOWN = 4;
    private static final int MIN_PART = 12;
    private static final String CUT = "…(";
    private static final String CUT_END = ")…";
    private static final Pattern HEADER = Pattern.compile(
            "(?im)\\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-auth-token)(\\s*:\\s*)([^\\r\\n]+)");
    private static final Pattern FIELD = Pattern.compile(
            "(?i)(\\\\?[\"'](?:[a-z_-]*token|[a-z_-]*secret|passw(?:or)?d|passwd|pwd|pin|otp|session(?:_?id)?|api[_-]?key|authorization|cookie|jwt)\\\\?[\"']"
                    + "\\s*:\\s*\\\\?[\"'])((?:[^\"'\\\\]|\\\\[^\"'])+)");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)(\\b(?:[a-z_-]*token|[a-z_-]*secret|passw(?:or)?d|passwd|api[_-]?key|jwt)=)([^&\\s\"',;)]+)");
    private static final Pattern ARGUMENT =
            Pattern.compile("(?i)(--?(?:[a-z-]*token|[a-z-]*secret|passw(?:or)?d|passwd|admin|api-?key)[ =])(\\S+)");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)(\\s+)([a-z0-9._~+/=-]{6,})");
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)([^\\s/?#@:]*:)([^\\s/?#@]+)(?=@)");
    private static final Pattern MASKED = Pattern.compile(".{0,2}…\\(\\d+\\)");
    private static final Pattern JWT = Pattern.compile("\\b()()(eyJ[\\w-]{8,}\\.[\\w-]{4,}\\.[\\w-]*)");

    /**
     * What looks like a secret.
     *
     * @param group the part of a match that is the secret
     * @param signs no match is without one of these: most texts have none, and the patterns are slow
     */
    private record Shape(Pattern pattern, int group, List<String> signs) {}

    private static final List<Shape> SHAPES = List.of(
            new Shape(HEADER, 3, List.of("authorization", "cookie", "x-api-key", "x-auth-token")),
            new Shape(
                    FIELD,
                    2,
                    List.of(
                            "token",
                            "secret",
                            "passw",
                            "pwd",
                            "pin",
                            "otp",
                            "session",
                            "api",
                            "authorization",
                            "cookie",
                            "jwt")),
            new Shape(PARAMETER, 2, List.of("token=", "secret=", "passwd=", "password=", "passwrd=", "key=", "jwt=")),
            new Shape(ARGUMENT, 2, List.of("-token", "token ", "token=", "secret", "passw", "admin", "key ", "key=")),
            new Shape(BEARER, 3, List.of("bearer", "basic")),
            new Shape(USER_INFO, 2, List.of("://")),
            new Shape(JWT, 3, List.of("eyj")));

    private static final Signs SIGNS =
            new Signs(SHAPES.stream().map(Shape::signs).toList());

    private final List<String> known = new CopyOnWriteArrayList<>();

    /** @param known values that must never be shown; null and those shorter than four characters are passed over */
    public Redactor(String... known) {
        for (String secret : known) {
            add(secret);
        }
    }

    /** Adds a value that must never be shown. */
    public void add(String secret) {
        if (secret != null && secret.length() >= MIN_KNOWN && !known.contains(secret)) {
            known.add(secret);
            if (secret.startsWith("eyJ")) { // each part of a JWT tells as much
                Stream.of(secret.split("\\."))
                        .filter(part -> part.length() >= MIN_PART)
                        .forEach(this::add);
            }
        }
    }

    /** {@code de…(9)}: enough to recognise one's own secret, too little to use it. */
    public static String mask(String secret) {
        if (secret == null || secret.isEmpty()) {
            return "(none)";
        }
        int shown = secret.length() < MIN_KNOWN ? 0 : 2;
        return secret.substring(0, shown) + "…(" + secret.length() + ")";
    }

    /** The text with every secret masked. */
    public String hide(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String hidden = text;
        for (String secret : known) {
            hidden = withoutPieces(hidden.replace(secret, mask(secret)), secret);
        }
        return withoutShapes(hidden);
    }

    private static String withoutShapes(String text) {
        Signs.Places places = SIGNS.in(text);
        String hidden = text;
        boolean changed = false;
        for (int i = 0; places != null && i < SHAPES.size(); i++) {
            if (places.has(i)) {
                // Behind a change the places are others.
                String masked = maskGroup(
                        SHAPES.get(i),
                        hidden,
                        changed ? 0 : nameStart(text, places.first()[i]),
                        changed ? Integer.MAX_VALUE : places.last()[i]);
                changed |= !masked.equals(hidden);
                hidden = masked;
            }
        }
        return hidden;
    }

    /** Where a match may begin: at the name that a sign is part of, with a quote, dashes and a backslash before it. */
    private static int nameStart(String text, int sign) {
        int start = sign;
        while (start > 0 && isOfName(text.charAt(start - 1))) {
            start--;
        }
        return Math.max(0, start - 2);
    }

    private static boolean isOfName(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-';
    }

    /** What a cut has left of a secret: its beginning before {@code …(}, its end behind {@code )…}. */
    private static String withoutPieces(String text, String secret) {
        if (text.indexOf(CUT.charAt(0)) < 0) {
            return text;
        }
        StringBuilder left = new StringBuilder(text);
        for (int cut = left.indexOf(CUT); cut >= 0; cut = left.indexOf(CUT, cut + CUT.length())) {
            for (int length = Math.min(secret.length(), cut); length >= MIN_KNOWN; length--) {
                if (left.substring(cut - length, cut).equals(secret.substring(0, length))) {
                    left.replace(cut - length, cut, "");
                    cut -= length;
                    break;
                }
            }
        }
        for (int end = left.indexOf(CUT_END); end >= 0; end = left.indexOf(CUT_END, end + CUT_END.length())) {
            int from = end + CUT_END.length();
            for (int length = Math.min(secret.length(), left.length() - from); length >= MIN_KNOWN; length--) {
                if (left.substring(from, from + length).equals(secret.substring(secret.length() - length))) {
                    left.replace(from, from + length, "");
                    break;
                }
            }
        }
        return left.toString();
    }

    /** @param from where to begin @param last a match behind it is not possible */
    private static String maskGroup(Shape shape, String text, int from, int last) {
        Matcher matcher = shape.pattern.matcher(text);
        StringBuilder masked = null;
        int done = 0;
        for (boolean found = matcher.find(from); found; found = matcher.end() <= last && matcher.find()) {
            masked = masked == null ? new StringBuilder(text.length()) : masked;
            String secret = matcher.group(shape.group);
            boolean isMasked = secret.equals("…") || MASKED.matcher(secret).lookingAt();
            masked.append(text, done, matcher.start(shape.group)).append(isMasked ? secret : mask(secret));
            masked.append(text, matcher.end(shape.group), matcher.end());
            done = matcher.end();
        }
        return masked == null ? text : masked.append(text, done, text.length()).toString();
    }
}
