package siodiag.probe.reach;

import java.net.URI;
import java.util.Locale;
import siodiag.protocol.Endpoint;

/** A web page's origin: scheme, host and port (RFC 6454). */
public record WebOrigin(String scheme, String host, int port) {

    public static WebOrigin of(Endpoint endpoint) {
        return new WebOrigin(
                endpoint.tls() ? "https" : "http", endpoint.host().toLowerCase(Locale.ROOT), endpoint.port());
    }

    /** Whether a page of that origin is one of this server's own: browsers let it read every answer. */
    public boolean isSame(String origin) {
        try {
            URI url = URI.create(origin);
            return scheme.equalsIgnoreCase(url.getScheme())
                    && of(Endpoint.of(url)).equals(this);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** Whether the page comes from this host, be it by another scheme or port. */
    boolean isOfHost(String origin) {
        try {
            return Endpoint.of(URI.create(origin)).host().equalsIgnoreCase(host);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
