package siodiag.watch;

import java.time.Instant;
import java.util.List;
import siodiag.core.Version;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Verdict;
import siodiag.kept.LongLook;
import siodiag.view.PrometheusText;

/** All targets as they are, for {@code GET /metrics}. */
final class WatchMetrics {
    private WatchMetrics() {}

    static String of(List<TargetWatch> targets) {
        Metrics metrics = new Metrics("socketio_watch_");
        metrics.gauge("build_info", "The version that watches.", 1, "version", Version.NUMBER);
        targets.forEach(target -> add(metrics, target));
        return PrometheusText.of(metrics.all());
    }

    private static void add(Metrics metrics, TargetWatch target) {
        String url = target.url().toString();
        State state = target.state();
        if (state == null) {
            return;
        }
        metrics.gauge("up", "Whether the target works: 0 while it is broken.", state.isDown() ? 0 : 1, "target", url);
        for (Verdict verdict : Verdict.values()) {
            metrics.gauge(
                    "verdict",
                    "1 for the verdict that holds.",
                    state.verdict() == verdict ? 1 : 0,
                    "target",
                    url,
                    "verdict",
                    verdict.label());
        }
        state.diagnoses().forEach(cause -> cause(metrics, url, cause));
        history(metrics, url, target);
        target.kept().ifPresent(kept -> kept(metrics, url, kept));
    }

    private static void cause(Metrics metrics, String url, Diagnosis cause) {
        metrics.gauge(
                "cause",
                "1 for each cause that is there.",
                1,
                "target",
                url,
                "cause",
                cause.cause().id(),
                "hop",
                cause.hop().label(),
                "severity",
                cause.severity().label());
    }

    private static void history(Metrics metrics, String url, TargetWatch target) {
        History history = target.history();
        for (Verdict verdict : Verdict.values()) {
            metrics.counter(
                    "examinations",
                    "Light examinations by what they saw.",
                    history.examinations(verdict),
                    "target",
                    url,
                    "verdict",
                    verdict.label());
        }
        Instant now = Instant.now();
        metrics.counter("changes", "Changes of the state.", history.changes(), "target", url);
        metrics.counter(
                "outages", "Times when it was down.", target.availability().outageCount(now), "target", url);
        metrics.counter(
                "outage_seconds",
                "Seconds for which it was down.",
                target.availability().down(now).toMillis() / 1000.0,
                "target",
                url);
        metrics.histogram(
                "connect_seconds",
                "From the opening of a session to the answer of its CONNECT.",
                history.connect(),
                "target",
                url);
        metrics.histogram(
                "round_trip_seconds",
                "From a pulse on a kept connection to its answer.",
                history.answer(),
                "target",
                url);
        history.hops()
                .forEach((hop, values) -> metrics.gauge(
                        "hop_duration_seconds",
                        "The median duration of a hop's check.",
                        values.at(50) / 1000,
                        "target",
                        url,
                        "hop",
                        hop));
        history.ends()
                .forEach((key, count) -> metrics.counter(
                        "connection_ends",
                        "Kept connections that ended.",
                        count,
                        "target",
                        url,
                        "transport",
                        key.transport(),
                        "use",
                        key.use(),
                        "how",
                        key.how()));
    }

    private static void kept(Metrics metrics, String url, LongLook.Snapshot kept) {
        kept.connections()
                .forEach(one -> metrics.gauge(
                        "connection_age_seconds",
                        "Age of the kept connection; 0 where none is open.",
                        one.ageMs() / 1000,
                        "target",
                        url,
                        "transport",
                        one.transport(),
                        "use",
                        one.use()));
        metrics.counter(
                "pings",
                "Pings of the server on kept connections.",
                kept.pings().count(),
                "target",
                url);
        metrics.counter("late_pings", "Pings that came late.", kept.pings().late(), "target", url);
        metrics.gauge(
                "ping_interval_seconds",
                "The server's pings: as announced, and as seen.",
                kept.pings().announcedMs() / 1000.0,
                "target",
                url,
                "kind",
                "announced");
        metrics.gauge(
                "ping_interval_seconds",
                "The server's pings: as announced, and as seen.",
                kept.pings().meanMs() / 1000,
                "target",
                url,
                "kind",
                "seen");
    }
}
