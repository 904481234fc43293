package siodiag.protocol;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a connection goes: the scheme, host and port of a URL.
 *
 * @param certificate shown to a server that asks for one; null for none
 */
public record Endpoint(boolean tls, String host, int port, ClientCertificate certificate) {

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:.*@)?(\\[[0-9a-fA-F:.%]+\\]|[^\\[\\]:@/\\s]+)(?::(\\d{1,5}))?");

    /**
     * Read from the authority as it stands, because {@link URI#getHost} knows no host with an underscore, which container
     * networks have.
     *
     * @throws IllegalArgumentException where there is no host, or a port beyond 65535
     */
    public static Endpoint of(URI url) {
        Matcher parts = AUTHORITY.matcher(String.valueOf(url.getRawAuthority()));
        if (!parts.matches()) {
            throw new IllegalArgumentException("no host");
        }
        boolean tls = isSecure(url);
        int port = parts.group(2) == null ? tls ? 443 : 80 : Integer.parseInt(parts.group(2));
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535");
        }
        return new Endpoint(tls, parts.group(1).replaceAll("[\\[\\]]", ""), port, null);
    }

    public Endpoint withTls(boolean other) {
        return new Endpoint(other, host, port, certificate);
    }

    public Endpoint with(ClientCertificate shown) {
        return new Endpoint(tls, host, port, shown);
    }

    /** The value of the Host header. */
    public String authority() {
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
