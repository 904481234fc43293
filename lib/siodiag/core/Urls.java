package siodiag.core;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** What goes into a URL. */
public final class Urls {
    private Urls() {}

    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Where a server that listens there is reached from this machine: {@code http://127.0.0.1:43210}. */
    public static String http(String host, int port) {
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String name = everywhere ? "127.0.0.1" : host;
        return "http://" + (name.indexOf(':') >= 0 ? "[" + name + "]" : name) + ":" + port;
    }

    /** Whether a host is this machine by its name or address alone; no name is resolved. */
    public static boolean isLoopback(String host) {
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
}
