package siodiag.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import siodiag.core.Text;

/**
 * An HTTP answer.
 *
 * @param headers names in lower case, each with its values in the order of arrival
 * @param body    decoded as UTF-8, at most as long as the caller allowed
 * @param cut     whether the body was longer than that
 */
public record HttpReply(int status, String reason, Map<String, List<String>> headers, String body, boolean cut) {
    private static final int QUOTED = 200;

    /** The first value of a header, empty where there is none. */
    public String header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.isEmpty() ? "" : values.get(0);
    }

    /** Whether the connection can be used for another exchange (RFC 9112, section 9.3). */
    boolean keepsConnection() {
        boolean bounded = headers.containsKey("content-length")
                || headers.containsKey("transfer-encoding")
                || status == 204
                || status == 304;
        return bounded && !cut && !header("connection").equalsIgnoreCase("close");
    }

    /** Status line, server and the beginning of the body, quoted. */
    public String evidence() {
        String server = header("server").isEmpty() ? "" : ", server " + Text.quote(header("server"), 60);
        String content = body.isEmpty() ? ", empty body" : ", body " + Text.quote(body.strip(), QUOTED);
        return "HTTP " + status + (reason.isEmpty() ? "" : " " + Text.cut(reason, 60)) + server + content;
    }
}
