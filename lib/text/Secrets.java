package siodiag;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of every output: those it was told of, and what looks like one in a header, a cookie, a URL or JSON.
 * A secret shows as its first two characters and its length.
 */
final class Secrets {
    private static final int SHORTEST_KNOWN = 4;
    private static final Pattern HEADER = Pattern.compile(
            "(?im)\\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-auth-token)(\\s*:\\s*)([^\\r\\n]+)");
    private static final Pattern FIELD = Pattern.compile(
            "(?i)(\\\\?[\"'](?:[a-z_-]*token|[a-z_-]*secret|passw(?:or)?d|passwd|api[_-]?key|authorization|cookie|jwt)\\\\?[\"']"
                    + "\\s*:\\s*\\\\?[\"'])((?:[^\"'\\\\]|\\\\[^\"'])+)");
    private static final Pattern PARAMETER = Pattern.compile(
            "(?i)(\\b(?:[a-z_-]*token|[a-z_-]*secret|passw(?:or)?d|passwd|api[_-]?key|jwt)=)([^&\\s\"',;)]+)");
    private static final Pattern ARGUMENT = Pattern.compile(
            "(?i)(--?(?:[a-z-]*token|[a-z-]*secret|passw(?:or)?d|passwd|admin|api-?key)[ =])(\\S+)");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(bearer|basic)(\\s+)([a-z0-9._~+/=-]{6,})");
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)([^\\s/?#@:]*:)([^\\s/?#@]+)(?=@)");
    private static final Pattern JWT = Pattern.compile("\\b()()(eyJ[\\w-]{8,}\\.[\\w-]{4,}\\.[\\w-]*)");

    /** Each pattern above needs one of these; in most texts there is none, and the patterns are slow. */
    private static final String[] SIGNS =
            {"token", "secret", "passw", "api", "authorization", "cookie", "jwt", "bearer", "basic", "eyj", "://"};

    private final List<String> known = new CopyOnWriteArrayList<>();

    /** @param known values that must never be shown; null and those shorter than four characters are passed over */
    Secrets(String... known) {
        for (String secret : known) {
            add(secret);
        }
    }

    /** Adds a value that must never be shown. */
    void add(String secret) {
        if (secret != null && secret.length() >= SHORTEST_KNOWN && !known.contains(secret)) {
            known.add(secret);
        }
    }

    /** {@code de…(9)}: enough to recognise one's own secret, too little to use it. */
    static String mask(String secret) {
        if (secret == null || secret.isEmpty()) {
            return "(none)";
        }
        int shown = secret.length() < SHORTEST_KNOWN ? 0 : 2;
        return secret.substring(0, shown) + "…(" + secret.length() + ")";
    }

    /** The text with every secret masked. */
    String hide(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String hidden = text;
        for (String secret : known) {
            hidden = hidden.replace(secret, mask(secret));
        }
        if (!hasSign(hidden)) {
            return hidden;
        }
        hidden = maskGroup(HEADER, 3, hidden);
        hidden = maskGroup(FIELD, 2, hidden);
        hidden = maskGroup(PARAMETER, 2, hidden);
        hidden = maskGroup(ARGUMENT, 2, hidden);
        hidden = maskGroup(BEARER, 3, hidden);
        hidden = maskGroup(USER_INFO, 2, hidden);
        return maskGroup(JWT, 3, hidden);
    }

    private static boolean hasSign(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String sign : SIGNS) {
            if (lower.contains(sign)) {
                return true;
            }
        }
        return false;
    }

    private static String maskGroup(Pattern pattern, int group, String text) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder masked = new StringBuilder();
        while (matcher.find()) {
            String secret = matcher.group(group);
            String before = matcher.group().substring(0, matcher.start(group) - matcher.start());
            boolean done = secret.matches(".{0,2}…\\(\\d+\\).*");
            matcher.appendReplacement(masked, Matcher.quoteReplacement(before + (done ? secret : mask(secret))));
        }
        return matcher.appendTail(masked).toString();
    }
}
