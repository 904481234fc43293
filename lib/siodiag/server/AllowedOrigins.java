package siodiag.server;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import siodiag.core.Urls;

/**
 * Which web pages may use the server. Programs send no {@code Origin} and are not affected. A server on loopback
 * takes "this host" to mean loopback names only, whatever the Host header says: a name that an attacker points at
 * 127.0.0.1 is not one of them.
 */
public final class AllowedOrigins {
    private final List<String> configured;
    private final boolean loopbackOnly;

    public AllowedOrigins(ServerConfig config) {
        this.configured = config.origins().stream()
                .map(origin -> origin.replaceAll("/+$", ""))
                .toList();
        this.loopbackOnly = Urls.isLoopback(config.host());
    }

    /** @param origin the Origin header, or null @param host the Host header, or null */
    public boolean allow(String origin, String host) {
        if (origin == null || origin.equals("null") || origin.startsWith("file://")) {
            return true;
        }
        if (configured.contains("*") || configured.contains(origin)) {
            return true;
        }
        String page = hostOf(origin);
        if (page == null) {
            return false;
        }
        return Urls.isLoopback(page)
                ? Urls.isLoopback(hostOf("http://" + host)) || loopbackOnly
                : !loopbackOnly && page.equals(hostOf("http://" + host));
    }

    static String hostOf(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
