package siodiag.traffic;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Copies of HTTP messages as they passed, their bodies bounded. */
public final class HttpMessages {
    private HttpMessages() {}

    /**
     * @param uri     path and query, as in the request line
     * @param headers names in lower case
     * @param body    what was kept of it, as it was sent
     * @param whole   whether all of it was kept
     * @param at      when it was complete, in milliseconds since 1970
     */
    public record Request(String method, String uri, Map<String, String> headers, byte[] body, boolean whole, long at) {
        /** How the title of a request that belongs to a session ends. */
        public static final String SESSION = ", with a sid)";

        private static final Pattern TRANSPORT = Pattern.compile("[?&]transport=(polling|websocket)(?:&|$)");

        public String path() {
            int query = uri.indexOf('?');
            return query < 0 ? uri : uri.substring(0, query);
        }

        /** A parameter of the query, or null. */
        String parameter(String name) {
            Matcher found =
                    Pattern.compile("[?&]" + Pattern.quote(name) + "=([^&]*)").matcher(uri);
            return found.find() ? found.group(1) : null;
        }

        /** Whether an Engine.IO client sent it, at whatever path. */
        public boolean isEngine() {
            return parameter("EIO") != null || TRANSPORT.matcher(uri).find() && parameter("sid") != null;
        }

        /** {@code polling} or {@code websocket} of Engine.IO, {@code http} of anything else. */
        String transport() {
            return !isEngine() ? "http" : isUpgrade() ? "websocket" : "polling";
        }

        boolean isUpgrade() {
            return "websocket".equalsIgnoreCase(headers.get("upgrade"));
        }

        /** Method and path for people: the query may hold secrets, and of it only this matters. */
        String title() {
            String transport = parameter("transport");
            return method + " " + path()
                    + (transport == null
                            ? ""
                            : " (" + transport + ", EIO=" + parameter("EIO")
                                    + (parameter("sid") == null ? ")" : SESSION));
        }
    }

    /** @param whole whether all of the body was kept */
    public record Response(int status, Map<String, String> headers, byte[] body, boolean whole, long at) {
        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
