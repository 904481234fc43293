package siodiag;

/** The statistics in Prometheus' text format, version 0.0.4. */
final class MonitorMetrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String PREFIX = "socketio_monitor_";

    private final StringBuilder text = new StringBuilder();

    static String of(MonitorHub hub, MonitorStatistics statistics) {
        MonitorMetrics metrics = new MonitorMetrics();
        metrics.declare("uptime_seconds", "gauge", "Seconds since the start.");
        metrics.value("uptime_seconds", "", statistics.uptimeMs() / 1000.0);
        metrics.connections(hub);
        metrics.traffic(statistics);
        metrics.names(statistics);
        return metrics.text.toString();
    }

    private void connections(MonitorHub hub) {
        declare("connections", "gauge", "Engine.IO sessions by transport.");
        for (String transport : new String[] {"polling", "websocket"}) {
            value("connections", "transport=\"" + transport + "\"",
                    hub.sessions().stream().filter(session -> transport.equals(session.transportName())).count());
        }
        declare("sockets", "gauge", "Clients by namespace.");
        hub.namespaces().forEach(namespace ->
                value("sockets", "namespace=\"" + escape(namespace.name()) + "\"", namespace.sockets().size()));
    }

    private void traffic(MonitorStatistics statistics) {
        declare("happenings_total", "counter", "Everything seen, by kind: handshakes, events, refusals, …");
        for (MonitorEvent.Kind kind : MonitorEvent.Kind.values()) {
            value("happenings_total", "kind=\"" + kind.label() + "\"", statistics.of(kind));
        }
        declare("bytes_total", "counter", "Engine.IO payload bytes by direction.");
        value("bytes_total", "direction=\"in\"", statistics.bytesIn());
        value("bytes_total", "direction=\"out\"", statistics.bytesOut());
        declare("relayed_to_nobody_total", "counter", "Events relayed to a room nobody was in.");
        value("relayed_to_nobody_total", "", statistics.toNobody());
    }

    private void names(MonitorStatistics statistics) {
        declare("events_received_total", "counter", "Events that clients sent.");
        statistics.names().forEach((name, count) -> value("events_received_total", labels(name), count.received));
        declare("events_delivered_total", "counter", "Events delivered, one for each client.");
        statistics.names().forEach((name, count) -> value("events_delivered_total", labels(name), count.deliveries));
    }

    private void declare(String name, String type, String help) {
        text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n')
                .append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
    }

    private void value(String name, String labels, Number value) {
        text.append(PREFIX).append(name).append(labels.isEmpty() ? "" : "{" + labels + "}").append(' ').append(value)
                .append('\n');
    }

    private static String labels(MonitorStatistics.Name name) {
        return "namespace=\"" + escape(name.namespace()) + "\",event=\"" + escape(name.event()) + "\"";
    }

    private static String escape(String label) {
        return Text.cut(label, 100).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
