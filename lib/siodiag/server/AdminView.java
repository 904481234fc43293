package siodiag.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import siodiag.core.JsonText;
import siodiag.core.Redactor;

/** Sockets and statistics in the shape that the Admin UI (0.5) reads; secrets in headers and URLs are masked. */
final class AdminView {
    private static final Set<String> SECRET_HEADERS = Set.of("cookie", "authorization", "x-auth-token");

    private final Hub hub;
    private final Redactor secrets;
    private final long startedAt = System.currentTimeMillis();
    private final String hostname = hostname();

    AdminView(Hub hub, Redactor secrets) {
        this.hub = hub;
        this.secrets = secrets;
    }

    String allSockets() {
        ArrayNode all = JsonText.MAPPER.createArrayNode();
        hub.namespaces().forEach(namespace -> namespace.sockets().forEach(socket -> all.add(node(socket))));
        return all.toString();
    }

    /** The socket an event is about, if it still is there. */
    Optional<String> socket(ServerEvent event) {
        return find(event).map(socket -> node(socket).toString());
    }

    /** The rooms of the socket an event is about, its own id among them. */
    List<String> rooms(ServerEvent event) {
        return find(event).map(AdminView::rooms).orElse(List.of(event.socket()));
    }

    /** One update for each of a connection's sockets. */
    List<String> upgraded(ServerEvent event) {
        return hub.sessions().stream()
                .filter(session -> session.name().equals(event.client()))
                .flatMap(session -> session.conversation().sockets().stream())
                .map(socket -> JsonText.object()
                        .put("id", socket.id())
                        .put("nsp", socket.namespace().name())
                        .put("transport", "websocket")
                        .toString())
                .toList();
    }

    String stats(ArrayNode counters) {
        ObjectNode stats = JsonText.object();
        stats.put("serverId", hostname + "#" + ProcessHandle.current().pid())
                .put("hostname", hostname)
                .put("pid", ProcessHandle.current().pid())
                .put("uptime", (System.currentTimeMillis() - startedAt) / 1000.0)
                .put("clientsCount", hub.sessions().size())
                .put(
                        "pollingClientsCount",
                        hub.sessions().stream()
                                .filter(session -> session.transport() instanceof PollingTransport)
                                .count());
        stats.set("aggregatedEvents", counters);
        ArrayNode namespaces = stats.putArray("namespaces");
        hub.namespaces().forEach(namespace -> namespaces
                .addObject()
                .put("name", namespace.name())
                .put("socketsCount", namespace.sockets().size()));
        return stats.toString();
    }

    private Optional<NamespaceMember> find(ServerEvent event) {
        ServerNamespace namespace = hub.namespace(event.namespace());
        return namespace == null
                ? Optional.empty()
                : namespace.in(event.socket()).stream().findFirst();
    }

    private static List<String> rooms(NamespaceMember socket) {
        List<String> rooms = new ArrayList<>(List.of(socket.id()));
        rooms.addAll(socket.rooms());
        return rooms;
    }

    private ObjectNode node(NamespaceMember socket) {
        ConnectionRequest handshake = socket.session().handshake();
        ObjectNode node = JsonText.object();
        node.put("id", socket.id())
                .put("clientId", socket.session().name())
                .put("transport", socket.session().transportName())
                .put("nsp", socket.namespace().name());
        node.putObject("data");
        ObjectNode shaken = node.putObject("handshake");
        shaken.put("address", handshake.address())
                .put("issued", handshake.issued())
                .put("secure", false)
                .put("time", Timestamps.iso(handshake.issued()))
                .put("url", secrets.hide(handshake.url()))
                .put("xdomain", handshake.headers().containsKey("origin"));
        put(shaken.putObject("headers"), handshake.headers());
        put(shaken.putObject("query"), handshake.query());
        rooms(socket).forEach(node.putArray("rooms")::add);
        return node;
    }

    private void put(ObjectNode node, Map<String, String> values) {
        values.forEach((name, value) -> node.put(
                name,
                SECRET_HEADERS.contains(name) || name.contains("token") ? Redactor.mask(value) : secrets.hide(value)));
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
