package siodiag.probe.session;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import siodiag.catalogue.Hop;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;

/**
 * How an idle connection was closed.
 *
 * @param how     the close code or error
 * @param ageMs   since it began
 * @param quietMs since the last ping of the server, or since it began
 * @param pingIntervalMs as the server announced it
 * @param pingTimeoutMs  as the server announced it
 */
public record IdleEnd(String how, double ageMs, double quietMs, long pingIntervalMs, long pingTimeoutMs) {
    static final String ID = "session.idle";
    private static final double TOLERATED_MS = 1500;

    /** The default of something that stands between a client and a server, in seconds. */
    private record Owner(double seconds, String name) {}

    private static final List<Owner> OWNERS = List.of(
            new Owner(30, "Google Cloud's load balancer (backend timeout)"),
            new Owner(50, "HAProxy as Debian configures it (timeout client, timeout server)"),
            new Owner(55, "Heroku's router"),
            new Owner(
                    60,
                    "nginx (proxy_read_timeout), Apache (ProxyTimeout) or AWS' Application Load Balancer (idle timeout)"),
            new Owner(100, "Cloudflare"),
            new Owner(240, "Azure's load balancer (idle timeout)"),
            new Owner(300, "Envoy or Istio (stream_idle_timeout)"),
            new Owner(350, "AWS' Network Load Balancer"),
            new Owner(3600, "HAProxy (timeout tunnel 1h)"));

    Finding finding() {
        String when = String.format(Locale.ROOT, "after %.1f s", ageMs / 1000);
        return Finding.fail(
                ID,
                Hop.SESSION,
                Symptom.CLOSED_IN_USE,
                "an idle connection, " + when,
                "an idle connection is closed " + when,
                String.format(
                        Locale.ROOT,
                        "an idle connection was closed %s, %.1f s after the last ping of the server: %s",
                        when,
                        quietMs / 1000,
                        how),
                "likely: " + owner());
    }

    /** The likely one, by the defaults that are known. */
    public String owner() {
        double answerTimeout = pingIntervalMs + pingTimeoutMs;
        if (how.contains("41") || how.contains("close code 1000") || how.contains("(1005)")) {
            return "the application itself, with a regular close";
        } else if (isAbout(ageMs, answerTimeout) || isAbout(quietMs, answerTimeout)) {
            return String.format(
                    Locale.ROOT,
                    "the server's heartbeat timeout (pingInterval + pingTimeout, %.0f s): one direction is blocked",
                    answerTimeout / 1000);
        }
        Stream<Double> times = quietMs < ageMs - TOLERATED_MS ? Stream.of(quietMs, ageMs) : Stream.of(ageMs);
        return times.flatMap(ms -> of(ms).stream())
                .findFirst()
                .map(owner -> owner.name + ", by its default")
                .orElseGet(() -> how.contains("1006")
                        ? "a proxy's idle timeout of an unusual length, or the end of the process"
                        : "the server");
    }

    private static Optional<Owner> of(double ms) {
        return OWNERS.stream()
                .filter(owner -> isAbout(ms, owner.seconds * 1000))
                .findFirst();
    }

    private static boolean isAbout(double ms, double expected) {
        return Math.abs(ms - expected) < TOLERATED_MS;
    }
}
