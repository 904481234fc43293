package siodiag;

import java.net.URI;

/** Where a connection goes: the scheme, host and port of a URL. */
record Endpoint(boolean tls, String host, int port) {

    static Endpoint of(URI url) {
        boolean tls = isSecure(url);
        String host = url.getHost();
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        return new Endpoint(tls, host, url.getPort() > 0 ? url.getPort() : tls ? 443 : 80);
    }

    Endpoint withTls(boolean other) {
        return new Endpoint(other, host, port);
    }

    /** The value of the Host header. */
    String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static boolean isSecure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) || "wss".equalsIgnoreCase(url.getScheme());
    }
}
