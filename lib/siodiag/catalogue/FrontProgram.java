package siodiag.catalogue;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that stands in front of servers.
 *
 * @param name    as its users call it
 * @param setting for quiet WebSockets
 * @param polling for an answer that takes long
 */
public enum FrontProgram {
    NGINX("nginx", "proxy_read_timeout", "proxy_read_timeout", "(?i)^nginx|^openresty", "<center>(nginx|openresty)"),
    HAPROXY(
            "HAProxy",
            "timeout tunnel (without it: timeout client, timeout server)",
            "timeout server",
            "(?i)^haproxy",
            "The server didn't respond in time|Your browser sent an invalid request|No server is available to handle this request"),
    APACHE("Apache", "ProxyTimeout, Timeout", "ProxyTimeout", "(?i)^apache", "<address>Apache"),
    ENVOY(
            "Envoy",
            "stream_idle_timeout, the route's timeout",
            "the route's timeout",
            "(?i)^envoy|^istio",
            "upstream request timeout"),
    CLOUDFLARE(
            "Cloudflare",
            "none: 100 s is fixed below Enterprise",
            "Proxy Read Timeout",
            "(?i)^cloudflare",
            "cloudflare"),
    AWS(
            "AWS' Application Load Balancer",
            "idle_timeout.timeout_seconds",
            "idle_timeout.timeout_seconds",
            "(?i)^awselb",
            "awselb"),
    GOOGLE(
            "Google's load balancer",
            "the backend service's timeout",
            "the backend service's timeout",
            "(?i)^gws|google frontend",
            "Error: Server Error"),
    CADDY("Caddy", "stream_timeout, transport read_timeout", "read_timeout", "(?i)^caddy", "\\b\\B"),
    TRAEFIK("Traefik", "respondingTimeouts", "responseHeaderTimeout", "(?i)^traefik", "\\b\\B");

    private final String title;
    private final String setting;
    private final String polling;
    private final Pattern header;
    private final Pattern body;

    FrontProgram(String title, String setting, String polling, String header, String body) {
        this.title = title;
        this.setting = setting;
        this.polling = polling;
        this.header = Pattern.compile(header);
        this.body = Pattern.compile(body);
    }

    public String title() {
        return title;
    }

    /** @param server the Server header; empty for none @param body of an error; else empty */
    public static Optional<FrontProgram> of(String server, String body) {
        return Arrays.stream(values())
                .filter(one -> one.header.matcher(server).find()
                        || one.body.matcher(body).find())
                .findFirst();
    }

    /** As the likely owner of a timeout. @param after how long it is, as it is to be told @param ms the same in milliseconds */
    public String owning(boolean overPolling, String after, double ms) {
        return title + ", which answers here: " + setting(overPolling) + ", " + after
                + (IdleTimeout.of(ms).isPresent() ? " by default" : "");
    }

    /** @param overPolling whether it is the wait for a poll's answer that ends */
    public String setting(boolean overPolling) {
        return overPolling ? polling : setting;
    }
}
