package siodiag;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Which web pages may talk to the server. Programs send no {@code Origin} and are no matter of it. A server on loopback
 * takes "this host" to mean loopback names only, whatever the Host header says: a name that an attacker points at
 * 127.0.0.1 is not one of them.
 */
final class MonitorOrigins {
    private final List<String> configured;
    private final boolean loopbackOnly;

    MonitorOrigins(MonitorConfig config) {
        this.configured = config.origins().stream().map(origin -> origin.replaceAll("/+$", "")).toList();
        this.loopbackOnly = isLoopback(config.host());
    }

    /** @param origin the Origin header, or null @param host the Host header, or null */
    boolean allow(String origin, String host) {
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
        return isLoopback(page) ? isLoopback(hostOf("http://" + host)) || loopbackOnly
                : !loopbackOnly && page.equals(hostOf("http://" + host));
    }

    static boolean isLoopback(String host) {
        if (host == null) {
            return false;
        }
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        try {
            boolean literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
            return literal && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
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
