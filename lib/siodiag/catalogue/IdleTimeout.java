package siodiag.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A default of something that stands between a client and a server: how long a connection may be quiet there.
 *
 * @param seconds the default
 * @param title   who has it, with the setting that changes it
 */
public record IdleTimeout(double seconds, String title) {
    private static final double TOLERATED_MS = 1500;

    private static final List<IdleTimeout> ALL = List.of(
            new IdleTimeout(30, "Google Cloud's load balancer (backend timeout)"),
            new IdleTimeout(50, "HAProxy as Debian configures it (timeout client, timeout server)"),
            new IdleTimeout(55, "Heroku's router"),
            new IdleTimeout(
                    60,
                    "nginx (proxy_read_timeout), Apache (ProxyTimeout) or AWS' Application Load Balancer (idle timeout)"),
            new IdleTimeout(100, "Cloudflare"),
            new IdleTimeout(240, "Azure's load balancer (idle timeout)"),
            new IdleTimeout(300, "Envoy or Istio (stream_idle_timeout)"),
            new IdleTimeout(350, "AWS' Network Load Balancer"),
            new IdleTimeout(3600, "HAProxy (timeout tunnel 1h)"));

    /** Whose default that is, if anybody's. */
    public static Optional<IdleTimeout> of(double ms) {
        return ALL.stream().filter(one -> isAbout(ms, one.seconds * 1000)).findFirst();
    }

    /** Engine.IO's own. @param ms pingInterval + pingTimeout */
    public static String heartbeat(double ms) {
        return String.format(
                Locale.ROOT,
                "the server's heartbeat timeout (pingInterval + pingTimeout, %.0f s): one direction is blocked",
                ms / 1000);
    }

    /** As its likely owner. */
    public String byDefault() {
        return title + ", by its default";
    }

    /** Whether two times in milliseconds are the same, as far as timers go. */
    public static boolean isAbout(double ms, double expected) {
        return Math.abs(ms - expected) < TOLERATED_MS;
    }
}
