package siodiag.tap;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import siodiag.protocol.Endpoint;

/**
 * What a proxy must change of the headers, and nothing else: the server is to believe that the client called it by its own
 * name, and the client that it never left the tap.
 */
final class HeaderRewrite {
    private static final Pattern DOMAIN = Pattern.compile("(?i);\\s*domain=[^;]*");
    private static final Pattern SECURE = Pattern.compile("(?i);\\s*secure\\s*(?=;|$)");
    private static final Pattern SAME_SITE_NONE = Pattern.compile("(?i);\\s*samesite=none");

    private final Endpoint upstream;
    private final String origin;

    HeaderRewrite(Endpoint upstream) {
        this.upstream = upstream;
        this.origin = (upstream.tls() ? "https://" : "http://") + upstream.authority();
    }

    /** @param tap the address that the client knows the tap by, as in its Host header */
    void request(HttpHeaders headers, String tap) {
        headers.set(HttpHeaderNames.HOST, upstream.authority());
        if (ours(tap).equalsIgnoreCase(headers.get(HttpHeaderNames.ORIGIN))) {
            headers.set(HttpHeaderNames.ORIGIN, origin);
        }
        String referer = headers.get(HttpHeaderNames.REFERER);
        if (referer != null && (referer + "/").startsWith(ours(tap) + "/")) {
            headers.set(
                    HttpHeaderNames.REFERER,
                    origin + referer.substring(ours(tap).length()));
        }
    }

    /** @param asked the origin that the client sent, null for none */
    void response(HttpHeaders headers, String tap, String asked) {
        String location = headers.get(HttpHeaderNames.LOCATION);
        if (location != null && isUpstream(location)) {
            headers.set(HttpHeaderNames.LOCATION, ours(tap) + withoutAuthority(location));
        }
        if (origin.equalsIgnoreCase(headers.get(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN))
                && ours(tap).equalsIgnoreCase(asked)) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, ours(tap));
        }
        List<String> cookies = headers.getAll(HttpHeaderNames.SET_COOKIE);
        if (!cookies.isEmpty()) {
            List<String> rewritten = new ArrayList<>();
            cookies.forEach(cookie -> rewritten.add(cookie(cookie)));
            headers.set(HttpHeaderNames.SET_COOKIE, rewritten);
        }
    }

    /** A cookie of the upstream's domain and scheme would not come back to the tap. */
    private String cookie(String cookie) {
        String local = DOMAIN.matcher(cookie).replaceAll("");
        if (!upstream.tls() || local.startsWith("__")) {
            return local;
        }
        return SAME_SITE_NONE.matcher(SECURE.matcher(local).replaceAll("")).replaceAll("; SameSite=Lax");
    }

    private boolean isUpstream(String location) {
        try {
            URI uri = new URI(location);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return uri.getRawAuthority() != null
                    && (scheme.equals("http") || scheme.equals("https"))
                    && Endpoint.of(uri).with(null).equals(upstream.with(null));
        } catch (URISyntaxException | IllegalArgumentException relative) {
            return false;
        }
    }

    private static String withoutAuthority(String location) {
        int path = location.indexOf('/', location.indexOf("//") + 2);
        int query = location.indexOf('?');
        return path >= 0 && (query < 0 || path < query)
                ? location.substring(path)
                : query < 0 ? "/" : "/" + location.substring(query);
    }

    private static String ours(String tap) {
        return "http://" + tap;
    }
}
