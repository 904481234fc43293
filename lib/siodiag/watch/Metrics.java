package siodiag.watch;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Some metrics on their way to Prometheus. Names begin with the prefix; counters get their {@code _total} when written. */
final class Metrics {
    /** Of a histogram of durations, in seconds; the last has no limit. */
    private static final double[] SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
    };

    private final String prefix;
    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
    private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
    private final Map<String, HistogramSnapshot.Builder> histograms = new LinkedHashMap<>();

    Metrics(String prefix) {
        this.prefix = prefix;
    }

    void gauge(String name, String help, double value, String... labels) {
        gauges.computeIfAbsent(
                        name,
                        unseen -> GaugeSnapshot.builder().name(prefix + name).help(help))
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
    }

    void counter(String name, String help, double value, String... labels) {
        counters.computeIfAbsent(
                        name,
                        unseen -> CounterSnapshot.builder().name(prefix + name).help(help))
                .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
    }

    void histogram(String name, String help, Percentiles values, String... labels) {
        long[] counts = new long[SECONDS.length];
        long before = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            long upTo = Double.isInfinite(SECONDS[i]) ? values.count() : values.countUpTo(SECONDS[i] * 1000);
            counts[i] = Math.max(0, upTo - before);
            before = Math.max(before, upTo);
        }
        histograms
                .computeIfAbsent(name, unseen -> HistogramSnapshot.builder()
                        .name(prefix + name)
                        .help(help))
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(box(SECONDS), box(counts)))
                        .sum(values.sum() / 1000)
                        .labels(Labels.of(labels))
                        .build());
    }

    List<MetricSnapshot> all() {
        List<MetricSnapshot> all = new ArrayList<>();
        gauges.values().forEach(builder -> all.add(builder.build()));
        counters.values().forEach(builder -> all.add(builder.build()));
        histograms.values().forEach(builder -> all.add(builder.build()));
        return all;
    }

    private static List<Double> box(double[] values) {
        List<Double> boxed = new ArrayList<>();
        for (double value : values) {
            boxed.add(value);
        }
        return boxed;
    }

    private static List<Long> box(long[] values) {
        List<Long> boxed = new ArrayList<>();
        for (long value : values) {
            boxed.add(value);
        }
        return boxed;
    }
}
