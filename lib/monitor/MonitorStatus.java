package siodiag;

import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What {@code GET /diagnostic/status} tells: who is connected, what came and went, what was wrong. */
final class MonitorStatus {
    private final MonitorHub hub;
    private final MonitorStandIn standIn;

    MonitorStatus(MonitorHub hub, MonitorStandIn standIn) {
        this.hub = hub;
        this.standIn = standIn;
    }

    String health() {
        return MonitorJson.MAPPER.createObjectNode().put("status", verdict())
                .put("server", "socketio-monitor")
                .put("pid", ProcessHandle.current().pid())
                .put("uptimeMs", standIn.statistics().uptimeMs())
                .put("clients", hub.sessions().size()).toString();
    }

    private String verdict() {
        return standIn.handlers().missing().isEmpty() ? "healthy" : "degraded";
    }

    String full() {
        ObjectNode status = MonitorJson.MAPPER.createObjectNode();
        status.put("status", verdict());
        status.put("startedAt", MonitorTime.iso(standIn.statistics().startedAt()));
        status.put("uptimeMs", standIn.statistics().uptimeMs());
        status.put("pid", ProcessHandle.current().pid());
        status.put("path", hub.config().path());
        clients(status.putArray("clients"));
        namespaces(status.putObject("namespaces"));
        events(status.putObject("events"));
        for (MonitorEvent.Kind kind : MonitorEvent.Kind.values()) {
            status.withObject("/counts").put(kind.label(), standIn.statistics().of(kind));
        }
        handlers(status.putObject("handlers"));
        return status.toString();
    }

    private void clients(ArrayNode clients) {
        for (MonitorSession session : hub.sessions()) {
            ObjectNode client = clients.addObject();
            client.put("client", session.name()).put("transport", session.transportName())
                    .put("engine", session.version().name()).put("address", session.handshake().address())
                    .put("connectedMs", System.currentTimeMillis() - session.handshake().issued());
            ArrayNode sockets = client.putArray("sockets");
            for (MonitorSocket socket : session.conversation().sockets()) {
                ObjectNode node = sockets.addObject().put("namespace", socket.namespace().name())
                        .put("id", socket.id());
                socket.rooms().forEach(node.putArray("rooms")::add);
            }
        }
    }

    private void namespaces(ObjectNode namespaces) {
        for (MonitorNamespace namespace : hub.namespaces()) {
            ObjectNode node = namespaces.putObject(namespace.name());
            node.put("clients", namespace.sockets().size());
            ObjectNode rooms = node.putObject("rooms");
            namespace.rooms().forEach(room -> rooms.put(room, namespace.in(room).size()));
        }
    }

    private void events(ObjectNode events) {
        MonitorStatistics statistics = standIn.statistics();
        events.put("received", statistics.received()).put("delivered", statistics.deliveries())
                .put("toNobody", statistics.toNobody()).put("bytesIn", statistics.bytesIn())
                .put("bytesOut", statistics.bytesOut());
        ArrayNode names = events.putArray("byName");
        for (Map.Entry<MonitorStatistics.Name, MonitorStatistics.Count> entry : statistics.names().entrySet()) {
            names.addObject().put("namespace", entry.getKey().namespace()).put("event", entry.getKey().event())
                    .put("received", entry.getValue().received).put("relayed", entry.getValue().relayed)
                    .put("delivered", entry.getValue().deliveries);
        }
    }

    private void handlers(ObjectNode handlers) {
        hub.config().handlers().forEach(handlers.putArray("configured")::add);
        ObjectNode registered = handlers.putObject("registered");
        standIn.handlers().registered().forEach((group, events) ->
                events.keySet().stream().sorted().forEach(registered.putArray(group)::add));
        standIn.handlers().missing().forEach(handlers.putArray("missing")::add);
    }
}
