package siodiag.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import siodiag.core.JsonText;
import siodiag.recording.RecordedEvent;
import siodiag.server.Hub;
import siodiag.server.NamespaceMember;
import siodiag.server.ServerNamespace;
import siodiag.server.ServerSession;
import siodiag.server.Timestamps;
import siodiag.target.Recognition;
import siodiag.view.Statistics;

/** What {@code GET /diagnostic/status} tells: who is connected, what came and went, what was wrong. */
final class StatusPage {
    private final Hub hub;
    private final StandIn standIn;

    StatusPage(Hub hub, StandIn standIn) {
        this.hub = hub;
        this.standIn = standIn;
    }

    /** The role's own fields, and the one by which this project's monitor is recognised. */
    String health() {
        ObjectNode health = standIn.role().health(verdict()).put(Recognition.OWN_FIELD, Recognition.OWN_NAME);
        failures(health);
        return health.toString();
    }

    private String verdict() {
        return standIn.handlers().missing().isEmpty() && hub.failures().isEmpty() ? "healthy" : "degraded";
    }

    /** Parts of the monitor that no longer work; the field is there only if there are any. */
    private void failures(ObjectNode node) {
        hub.failures().forEach((part, failure) -> node.withObject("/failures").put(part, failure));
    }

    String full() {
        ObjectNode status = JsonText.object();
        status.put("status", verdict());
        status.put("startedAt", Timestamps.iso(standIn.statistics().startedAt()));
        status.put("uptimeMs", standIn.statistics().uptimeMs());
        status.put("pid", ProcessHandle.current().pid());
        status.put("path", hub.config().path());
        clients(status.putArray("clients"));
        namespaces(status.putObject("namespaces"));
        events(status.putObject("events"));
        for (RecordedEvent.Kind kind : RecordedEvent.Kind.values()) {
            status.withObject("/counts").put(kind.label(), standIn.statistics().of(kind));
        }
        handlers(status.putObject("handlers"));
        failures(status);
        return status.toString();
    }

    private void clients(ArrayNode clients) {
        for (ServerSession session : hub.sessions()) {
            ObjectNode client = clients.addObject();
            client.put("client", session.name())
                    .put("transport", session.transportName())
                    .put("engine", session.version().name())
                    .put("address", session.handshake().address())
                    .put(
                            "connectedMs",
                            System.currentTimeMillis() - session.handshake().issued());
            ArrayNode sockets = client.putArray("sockets");
            for (NamespaceMember socket : session.conversation().sockets()) {
                ObjectNode node = sockets.addObject()
                        .put("namespace", socket.namespace().name())
                        .put("id", socket.id());
                socket.rooms().forEach(node.putArray("rooms")::add);
            }
        }
    }

    private void namespaces(ObjectNode namespaces) {
        for (ServerNamespace namespace : hub.namespaces()) {
            ObjectNode node = namespaces.putObject(namespace.name());
            node.put("clients", namespace.sockets().size());
            ObjectNode rooms = node.putObject("rooms");
            namespace.rooms().forEach(room -> rooms.put(room, namespace.in(room).size()));
        }
    }

    private void events(ObjectNode events) {
        Statistics statistics = standIn.statistics();
        events.put("received", statistics.received())
                .put("delivered", statistics.deliveries())
                .put("toNobody", statistics.toNobody())
                .put("bytesIn", statistics.bytesIn())
                .put("bytesOut", statistics.bytesOut());
        ArrayNode names = events.putArray("byName");
        for (Map.Entry<Statistics.Name, Statistics.Count> entry :
                statistics.names().entrySet()) {
            names.addObject()
                    .put("namespace", entry.getKey().namespace())
                    .put("event", entry.getKey().event())
                    .put("received", entry.getValue().received())
                    .put("relayed", entry.getValue().relayed())
                    .put("delivered", entry.getValue().deliveries());
        }
    }

    private void handlers(ObjectNode handlers) {
        hub.config().handlers().forEach(handlers.putArray("configured")::add);
        ObjectNode registered = handlers.putObject("registered");
        standIn.handlers()
                .registered()
                .forEach((group, events) -> events.keySet().stream().sorted().forEach(registered.putArray(group)::add));
        standIn.handlers().missing().forEach(handlers.putArray("missing")::add);
    }
}
