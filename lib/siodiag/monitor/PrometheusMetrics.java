package siodiag.monitor;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToLongFunction;
import siodiag.recording.RecordedEvent;
import siodiag.server.Hub;

/** The statistics in Prometheus' text format. */
final class PrometheusMetrics {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;
    private static final String PREFIX = "socketio_monitor_";

    private final Hub hub;
    private final Statistics statistics;

    private PrometheusMetrics(Hub hub, Statistics statistics) {
        this.hub = hub;
        this.statistics = statistics;
    }

    static String of(Hub hub, Statistics statistics) {
        PrometheusMetrics metrics = new PrometheusMetrics(hub, statistics);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, metrics.snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory can be written to
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private MetricSnapshots snapshots() {
        return new MetricSnapshots(
                uptime(),
                connections(),
                sockets(),
                records(),
                bytes(),
                withoutReceiver(),
                events("events_received", "Events that clients sent.", count -> count.received),
                events("events_delivered", "Events delivered, one for each client.", count -> count.deliveries));
    }

    private GaugeSnapshot uptime() {
        return gauge("uptime_seconds", "Seconds since the start.")
                .dataPoint(point(statistics.uptimeMs() / 1000.0, Labels.EMPTY))
                .build();
    }

    private GaugeSnapshot connections() {
        GaugeSnapshot.Builder gauge = gauge("connections", "Engine.IO sessions by transport.");
        for (String transport : List.of("polling", "websocket")) {
            gauge.dataPoint(point(
                    (double) hub.sessions().stream()
                            .filter(session -> transport.equals(session.transportName()))
                            .count(),
                    Labels.of("transport", transport)));
        }
        return gauge.build();
    }

    private GaugeSnapshot sockets() {
        GaugeSnapshot.Builder gauge = gauge("sockets", "Clients by namespace.");
        hub.namespaces()
                .forEach(namespace ->
                        gauge.dataPoint(point(namespace.sockets().size(), Labels.of("namespace", namespace.name()))));
        return gauge.build();
    }

    private CounterSnapshot records() {
        CounterSnapshot.Builder counter = counter("records", "Everything observed, by the kind it has in a record.");
        for (RecordedEvent.Kind kind : RecordedEvent.Kind.values()) {
            counter.dataPoint(count(statistics.of(kind), Labels.of("kind", kind.label())));
        }
        return counter.build();
    }

    private CounterSnapshot bytes() {
        return counter("payload_bytes", "Engine.IO payload bytes by direction.")
                .dataPoint(count(statistics.bytesIn(), Labels.of("direction", "in")))
                .dataPoint(count(statistics.bytesOut(), Labels.of("direction", "out")))
                .build();
    }

    private CounterSnapshot withoutReceiver() {
        return counter("events_without_receiver", "Events relayed to a room with no client in it.")
                .dataPoint(count(statistics.toNobody(), Labels.EMPTY))
                .build();
    }

    private CounterSnapshot events(String name, String help, ToLongFunction<Statistics.Count> value) {
        CounterSnapshot.Builder counter = counter(name, help);
        statistics
                .names()
                .forEach((key, count) -> counter.dataPoint(count(
                        value.applyAsLong(count), Labels.of("namespace", key.namespace(), "event", key.event()))));
        return counter.build();
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(PREFIX + name).help(help);
    }

    /** The name as it is scraped ends with {@code _total}. */
    private static CounterSnapshot.Builder counter(String name, String help) {
        return CounterSnapshot.builder().name(PREFIX + name).help(help);
    }

    private static GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static CounterDataPointSnapshot count(long value, Labels labels) {
        return CounterDataPointSnapshot.builder()
                .value((double) value)
                .labels(labels)
                .build();
    }
}
