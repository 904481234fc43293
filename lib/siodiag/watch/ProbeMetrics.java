package siodiag.watch;

import java.util.Map;
import java.util.TreeMap;
import siodiag.diagnosis.Diagnosis;
import siodiag.diagnosis.Verdict;
import siodiag.finding.Finding;
import siodiag.probe.LightRun;
import siodiag.view.PrometheusText;

/** One examination, for {@code GET /probe}: named like those of Prometheus' blackbox exporter. */
final class ProbeMetrics {
    private ProbeMetrics() {}

    /** @param tookMs of the whole examination */
    static String of(State state, LightRun.Seen seen, double tookMs) {
        Metrics metrics = new Metrics("socketio_probe_");
        metrics.gauge("success", "1 unless the target is broken.", state.isDown() ? 0 : 1);
        metrics.gauge("timed_out", "1 where the examination did not end in time.", 0);
        for (Verdict verdict : Verdict.values()) {
            metrics.gauge(
                    "verdict",
                    "1 for the verdict of this examination.",
                    state.verdict() == verdict ? 1 : 0,
                    "verdict",
                    verdict.label());
        }
        metrics.gauge("total_duration_seconds", "The whole examination.", tookMs / 1000);
        durations(seen)
                .forEach((hop, ms) ->
                        metrics.gauge("duration_seconds", "How long each hop took.", ms / 1000, "hop", hop));
        for (Diagnosis cause : state.diagnoses()) {
            metrics.gauge(
                    "cause",
                    "1 for each cause that was found.",
                    1,
                    "cause",
                    cause.cause().id(),
                    "hop",
                    cause.hop().label(),
                    "severity",
                    cause.severity().label());
        }
        return PrometheusText.of(metrics.all());
    }

    /** No result in the time that Prometheus waits. */
    static String timedOut(double tookMs) {
        Metrics metrics = new Metrics("socketio_probe_");
        metrics.gauge("success", "1 unless the target is broken.", 0);
        metrics.gauge("timed_out", "1 where the examination did not end in time.", 1);
        metrics.gauge("total_duration_seconds", "The whole examination.", tookMs / 1000);
        return PrometheusText.of(metrics.all());
    }

    private static Map<String, Double> durations(LightRun.Seen seen) {
        Map<String, Double> longest = new TreeMap<>();
        for (Finding finding : seen.findings()) {
            if (finding.durationMs() > 0) {
                longest.merge(finding.hop().label(), finding.durationMs(), Math::max);
            }
        }
        if (!Double.isNaN(seen.connectMs())) {
            longest.put("namespace", seen.connectMs());
        }
        return longest;
    }
}
