package siodiag.traffic;

import java.util.Optional;

/** Whether a browser hides an answer from the page that asked, for its origin (Fetch standard, "CORS check"). */
public final class Cors {
    /** What a refusal begins with; the origin follows. */
    public static final String BLOCKED = "the browser hides the answer from the page of";

    private Cors() {}

    /** Nothing where the page may read the answer, or where no browser asked. */
    static Optional<String> refusal(HttpMessages.Request request, HttpMessages.Response response) {
        String origin = request.headers().get("origin");
        if (!isForeign(request)) {
            return Optional.empty();
        }
        String allowed = response.header("access-control-allow-origin");
        boolean credentials = request.headers().containsKey("cookie");
        return origin.equals(allowed) || "*".equals(allowed) && !credentials
                ? Optional.empty()
                : Optional.of(BLOCKED + " " + origin + " (Access-Control-Allow-Origin: "
                        + (allowed == null ? "none" : allowed) + ")");
    }

    /** Whether a browser sent it for a page of another origin. */
    public static boolean isForeign(HttpMessages.Request request) {
        String origin = request.headers().get("origin");
        boolean browser = request.headers().getOrDefault("user-agent", "").startsWith("Mozilla/");
        return browser
                && origin != null
                && !request.isUpgrade()
                && !request.method().equals("OPTIONS")
                && !isSame(origin, request);
    }

    private static boolean isSame(String origin, HttpMessages.Request request) {
        return origin.replaceFirst("^https?://", "")
                .equalsIgnoreCase(request.headers().get("host"));
    }
}
