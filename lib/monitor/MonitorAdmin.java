package siodiag;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The namespace that the official Socket.IO Admin UI talks to: logins, what happens live, the commands of its buttons.
 * What goes to an administrator is not itself shown or recorded; what an administrator does is.
 */
final class MonitorAdmin implements MonitorEvent.Listener {
    static final String NAMESPACE = "/admin";
    /** The exact text on which the UI shows its login form again. */
    private static final String REFUSAL = "invalid credentials";
    private static final String FEATURES = "{\"supportedFeatures\":[\"EMIT\",\"JOIN\",\"LEAVE\",\"DISCONNECT\",\"MJOIN\","
            + "\"MLEAVE\",\"MDISCONNECT\",\"AGGREGATED_EVENTS\",\"ALL_EVENTS\"]}";
    private static final int STATS_SECONDS = 2;
    private static final int MOST_SESSIONS = 100;

    private final MonitorHub hub;
    private final String username;
    private final String password;
    private final MonitorMask mask;
    private final MonitorAdminView view;
    private final MonitorAdminCounters counters = new MonitorAdminCounters();
    private final Set<String> sessionIds = new LinkedHashSet<>();

    /** @param login {@code user:password} */
    MonitorAdmin(MonitorHub hub, String login) {
        this.hub = hub;
        this.username = login.substring(0, login.indexOf(':'));
        this.password = login.substring(login.indexOf(':') + 1);
        Secrets secrets = new Secrets(hub.config().token(), password);
        this.mask = new MonitorMask(secrets);
        this.view = new MonitorAdminView(hub, secrets);
        hub.loop().scheduleAtFixedRate(() -> tell("server_stats", view.stats(counters.drain())), STATS_SECONDS,
                STATS_SECONDS, TimeUnit.SECONDS);
    }

    /** Why a CONNECT is refused, or null. @param auth {@code {username, password}} or {@code {sessionId}} */
    String refusal(String auth) {
        String sessionId = MonitorJson.field(auth, "sessionId");
        boolean known = sessionId != null && sessionIds.contains(sessionId);
        boolean right = MonitorHub.same(username, MonitorJson.field(auth, "username"))
                & MonitorHub.same(password, MonitorJson.field(auth, "password"));
        return known || right ? null : REFUSAL;
    }

    void connected(MonitorSocket admin, String auth) {
        String sessionId = MonitorJson.field(auth, "sessionId");
        if (sessionId == null) {
            sessionId = hub.newId();
            sessionIds.add(sessionId);
            if (sessionIds.size() > MOST_SESSIONS) {
                sessionIds.remove(sessionIds.iterator().next());
            }
            tell(admin, "session", MonitorJson.quote(sessionId));
        }
        tell(admin, "config", FEATURES);
        tell(admin, "all_sockets", view.allSockets());
    }

    /** A button was pressed; what can't be done is passed over, as the reference implementation does. */
    void command(MonitorMessage message) {
        List<String> arguments = message.arguments();
        MonitorNamespace namespace = arguments.isEmpty() ? null : hub.namespace(string(arguments, 0));
        if (namespace == null) {
            return;
        }
        switch (message.name()) {
            case "join" -> targets(namespace, arguments, 2).forEach(socket -> socket.join(string(arguments, 1)));
            case "leave" -> targets(namespace, arguments, 2).forEach(socket -> socket.leave(string(arguments, 1)));
            case "_disconnect" -> targets(namespace, arguments, 2).forEach(socket -> disconnect(socket, arguments));
            case "emit" -> emit(namespace, arguments);
            default -> { }
        }
    }

    @Override
    public void on(MonitorEvent event) {
        counters.on(event);
        MonitorNamespace admins = hub.namespace(NAMESPACE);
        if (admins == null || admins.sockets().isEmpty()) {
            return;
        }
        String at = MonitorJson.quote(MonitorTime.iso(event.at()));
        switch (event.kind()) {
            case CONNECT -> view.socket(event).ifPresent(socket -> tell("socket_connected", socket, at));
            case UPGRADE -> view.upgraded(event).forEach(socket -> tell("socket_updated", socket));
            case DISCONNECT -> disconnected(event, at);
            case JOIN -> tell("room_joined", quote(event.namespace()), quote(event.detail()), quote(event.socket()), at);
            case LEAVE -> tell("room_left", quote(event.namespace()), quote(event.detail()), quote(event.socket()), at);
            case EVENT -> event(event, at);
            default -> { }
        }
    }

    private void disconnected(MonitorEvent event, String at) {
        tell("socket_disconnected", quote(event.namespace()), quote(event.socket()), quote(event.detail()), at);
        for (String room : view.rooms(event)) {
            tell("room_left", quote(event.namespace()), quote(room), quote(event.socket()), at);
        }
    }

    private void event(MonitorEvent event, String at) {
        if (event.namespace().equals(NAMESPACE)) {
            return;
        }
        String arguments = mask.json(event.args()).substring(1);
        String content = "[" + quote(event.event()) + (arguments.equals("]") ? "" : ",") + arguments;
        if (event.isIn()) {
            tell("event_received", quote(event.namespace()), quote(event.socket()), content, at);
        } else {
            event.to().forEach(id -> tell("event_sent", quote(event.namespace()), quote(id), content, at));
        }
    }

    private void disconnect(MonitorSocket socket, List<String> arguments) {
        if (arguments.size() > 1 && arguments.get(1).equals("true")) {
            socket.session().close("server namespace disconnect", MonitorSession.NORMAL);
        } else {
            socket.session().conversation().disconnect(socket);
        }
    }

    private void emit(MonitorNamespace namespace, List<String> arguments) {
        String event = string(arguments, 2);
        if (event != null) {
            hub.emit(namespace, targets(namespace, arguments, 1), MonitorJson.quote(event),
                    arguments.subList(3, arguments.size()), List.of());
        }
    }

    /** The sockets of a room, or one by its id, or all if no filter is given. */
    private static List<MonitorSocket> targets(MonitorNamespace namespace, List<String> arguments, int filterAt) {
        String filter = string(arguments, filterAt);
        return filter == null || filter.isEmpty() ? new ArrayList<>(namespace.sockets()) : namespace.in(filter);
    }

    private static String string(List<String> arguments, int at) {
        return at < arguments.size() ? MonitorJson.string(arguments.get(at)) : null;
    }

    private static String quote(String text) {
        return MonitorJson.quote(text);
    }

    /** To all administrators. @param arguments each as JSON text */
    private void tell(String event, String... arguments) {
        List.copyOf(hub.namespace(NAMESPACE).sockets()).forEach(admin -> tell(admin, event, arguments));
    }

    private static void tell(MonitorSocket admin, String event, String... arguments) {
        admin.session().send(MonitorFrame.of(MonitorPacket.encode(MonitorPacket.Type.EVENT, 0, NAMESPACE, -1,
                "[" + quote(event) + "," + String.join(",", arguments) + "]")));
    }
}
