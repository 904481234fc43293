package siodiag.monitor;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import siodiag.server.Hub;
import siodiag.view.Statistics;
import siodiag.view.PrometheusText;
import siodiag.view.TrafficMetrics;

/** The statistics in Prometheus' text format, and who is connected. */
final class PrometheusMetrics {
    static final String CONTENT_TYPE = PrometheusText.CONTENT_TYPE;

    private PrometheusMetrics() {}

    static String of(Hub hub, Statistics statistics) {
        TrafficMetrics metrics = new TrafficMetrics("socketio_monitor_", statistics);
        return metrics.text(connections(hub, metrics), sockets(hub, metrics));
    }

    private static GaugeSnapshot connections(Hub hub, TrafficMetrics metrics) {
        GaugeSnapshot.Builder gauge = metrics.gauge("connections", "Engine.IO sessions by transport.");
        for (String transport : List.of("polling", "websocket")) {
            gauge.dataPoint(TrafficMetrics.point(
                    (double) hub.sessions().stream()
                            .filter(session -> transport.equals(session.transportName()))
                            .count(),
                    Labels.of("transport", transport)));
        }
        return gauge.build();
    }

    private static GaugeSnapshot sockets(Hub hub, TrafficMetrics metrics) {
        GaugeSnapshot.Builder gauge = metrics.gauge("sockets", "Clients by namespace.");
        hub.namespaces()
                .forEach(namespace -> gauge.dataPoint(
                        TrafficMetrics.point(namespace.sockets().size(), Labels.of("namespace", namespace.name()))));
        return gauge.build();
    }
}
