package siodiag.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import siodiag.core.JsonText;
import siodiag.core.Redactor;

/**
 * The namespace that the official Socket.IO Admin UI talks to: logins, what happens live, the commands of its buttons.
 * What goes to an administrator is not itself shown or recorded; what an administrator does is.
 */
public final class AdminNamespace implements ServerEvent.Listener {
    public static final String NAMESPACE = "/admin";
    /** The exact text on which the UI shows its login form again. */
    private static final String REFUSAL = "invalid credentials";

    private static final List<String> FEATURES = List.of(
            "EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT", "AGGREGATED_EVENTS", "ALL_EVENTS");
    private static final int STATS_SECONDS = 2;
    private static final int MAX_SESSIONS = 100;

    private final Hub hub;
    private final String username;
    private final String password;
    private final JsonRedactor mask;
    private final AdminView view;
    private final AdminCounters counters = new AdminCounters();
    private final Set<String> sessionIds = new LinkedHashSet<>();

    /** @param login {@code user:password} */
    AdminNamespace(Hub hub, String login) {
        this.hub = hub;
        this.username = login.substring(0, login.indexOf(':'));
        this.password = login.substring(login.indexOf(':') + 1);
        Redactor secrets = new Redactor(hub.config().token(), password);
        this.mask = new JsonRedactor(secrets);
        this.view = new AdminView(hub, secrets);
        hub.loop()
                .scheduleAtFixedRate(
                        () -> send("server_stats", view.stats(counters.drain())),
                        STATS_SECONDS,
                        STATS_SECONDS,
                        TimeUnit.SECONDS);
    }

    /** Why a CONNECT is refused, or null. @param auth {@code {username, password}} or {@code {sessionId}} */
    String refusal(String auth) {
        String sessionId = JsonText.field(auth, "sessionId");
        boolean known = sessionId != null && sessionIds.contains(sessionId);
        boolean rightUser = Hub.same(username, JsonText.field(auth, "username"));
        boolean rightPassword = Hub.same(password, JsonText.field(auth, "password"));
        return known || (rightUser && rightPassword) ? null : REFUSAL;
    }

    void connected(NamespaceMember admin, String auth) {
        String sessionId = JsonText.field(auth, "sessionId");
        if (sessionId == null) {
            sessionId = hub.newId();
            sessionIds.add(sessionId);
            if (sessionIds.size() > MAX_SESSIONS) {
                sessionIds.remove(sessionIds.iterator().next());
            }
            send(admin, "session", JsonText.quote(sessionId));
        }
        ObjectNode config = JsonText.object();
        FEATURES.forEach(config.putArray("supportedFeatures")::add);
        send(admin, "config", config.toString());
        send(admin, "all_sockets", view.allSockets());
    }

    /** A button was pressed; what can't be done is passed over, as the reference implementation does. */
    void command(EventMessage message) {
        List<String> arguments = message.arguments();
        ServerNamespace namespace = arguments.isEmpty() ? null : hub.namespace(string(arguments, 0));
        if (namespace == null) {
            return;
        }
        switch (message.name()) {
            case "join" -> targets(namespace, arguments, 2).forEach(socket -> socket.join(string(arguments, 1)));
            case "leave" -> targets(namespace, arguments, 2).forEach(socket -> socket.leave(string(arguments, 1)));
            case "_disconnect" -> targets(namespace, arguments, 2).forEach(socket -> disconnect(socket, arguments));
            case "emit" -> emit(namespace, arguments);
            default -> {}
        }
    }

    @Override
    public void on(ServerEvent event) {
        counters.on(event);
        ServerNamespace admins = hub.namespace(NAMESPACE);
        if (admins == null || admins.sockets().isEmpty()) {
            return;
        }
        String at = JsonText.quote(Timestamps.iso(event.at()));
        switch (event.kind()) {
            case CONNECT -> view.socket(event).ifPresent(socket -> send("socket_connected", socket, at));
            case UPGRADE -> view.upgraded(event).forEach(socket -> send("socket_updated", socket));
            case DISCONNECT -> disconnected(event, at);
            case JOIN ->
                send("room_joined", quote(event.namespace()), quote(event.detail()), quote(event.socket()), at);
            case LEAVE -> send("room_left", quote(event.namespace()), quote(event.detail()), quote(event.socket()), at);
            case EVENT -> event(event, at);
            default -> {}
        }
    }

    @Override
    public String part() {
        return "Admin UI";
    }

    private void disconnected(ServerEvent event, String at) {
        send("socket_disconnected", quote(event.namespace()), quote(event.socket()), quote(event.detail()), at);
        for (String room : view.rooms(event)) {
            send("room_left", quote(event.namespace()), quote(room), quote(event.socket()), at);
        }
    }

    private void event(ServerEvent event, String at) {
        if (event.namespace().equals(NAMESPACE)) {
            return;
        }
        List<String> elements = new ArrayList<>(List.of(quote(event.event())));
        elements.addAll(JsonText.elements(mask.json(event.args())));
        String content = JsonText.array(elements);
        if (event.isIn()) {
            send("event_received", quote(event.namespace()), quote(event.socket()), content, at);
        } else {
            event.to().forEach(id -> send("event_sent", quote(event.namespace()), quote(id), content, at));
        }
    }

    private void disconnect(NamespaceMember socket, List<String> arguments) {
        if (arguments.size() > 1 && arguments.get(1).equals("true")) {
            socket.session().close("server namespace disconnect", ServerSession.NORMAL);
        } else {
            socket.session().conversation().disconnect(socket);
        }
    }

    private void emit(ServerNamespace namespace, List<String> arguments) {
        String event = string(arguments, 2);
        if (event != null) {
            hub.emit(
                    namespace,
                    targets(namespace, arguments, 1),
                    JsonText.quote(event),
                    arguments.subList(3, arguments.size()),
                    List.of());
        }
    }

    /** The sockets of a room, or one by its id, or all if no filter is given. */
    private static List<NamespaceMember> targets(ServerNamespace namespace, List<String> arguments, int filterAt) {
        String filter = string(arguments, filterAt);
        return filter == null || filter.isEmpty() ? new ArrayList<>(namespace.sockets()) : namespace.in(filter);
    }

    private static String string(List<String> arguments, int at) {
        return at < arguments.size() ? JsonText.string(arguments.get(at)) : null;
    }

    private static String quote(String text) {
        return JsonText.quote(text);
    }

    /** To all administrators. @param arguments each as JSON text */
    private void send(String event, String... arguments) {
        List.copyOf(hub.namespace(NAMESPACE).sockets()).forEach(admin -> send(admin, event, arguments));
    }

    private static void send(NamespaceMember admin, String event, String... arguments) {
        List<String> elements = new ArrayList<>(List.of(quote(event)));
        elements.addAll(List.of(arguments));
        admin.session()
                .send(OutboundPacket.of(
                        ServerPacket.encode(ServerPacket.Type.EVENT, 0, NAMESPACE, -1, JsonText.array(elements))));
    }
}
