package siodiag.view;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import siodiag.recording.RecordedEvent;

/** Statistics in Prometheus' text format. */
public final class TrafficMetrics {
    private final String prefix;
    private final Statistics statistics;

    /** @param prefix of every name: {@code socketio_monitor_} */
    public TrafficMetrics(String prefix, Statistics statistics) {
        this.prefix = prefix;
        this.statistics = statistics;
    }

    /** @param more what whoever counts knows besides */
    public String text(MetricSnapshot... more) {
        List<MetricSnapshot> all = new ArrayList<>(List.of(more));
        all.addAll(List.of(
                uptime(),
                records(),
                bytes(),
                withoutReceiver(),
                events("events_received", "Events that clients sent.", Statistics.Count::received),
                events("events_delivered", "Events delivered, one for each client.", Statistics.Count::deliveries)));
        return PrometheusText.of(all);
    }

    private GaugeSnapshot uptime() {
        return gauge("uptime_seconds", "Seconds since the start.")
                .dataPoint(point(statistics.uptimeMs() / 1000.0, Labels.EMPTY))
                .build();
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
        statistics.names().forEach((key, count) -> {
            if (count.received() + count.relayed() > 0) {
                counter.dataPoint(
                        count(value.applyAsLong(count), Labels.of("namespace", key.namespace(), "event", key.event())));
            }
        });
        return counter.build();
    }

    public GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(prefix + name).help(help);
    }

    /** The name as it is scraped ends with {@code _total}. */
    private CounterSnapshot.Builder counter(String name, String help) {
        return CounterSnapshot.builder().name(prefix + name).help(help);
    }

    public static GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static CounterDataPointSnapshot count(long value, Labels labels) {
        return CounterDataPointSnapshot.builder()
                .value((double) value)
                .labels(labels)
                .build();
    }
}
