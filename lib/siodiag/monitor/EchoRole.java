package siodiag.monitor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import siodiag.core.JsonText;
import siodiag.server.EchoApplication;
import siodiag.server.EventHistory;
import siodiag.server.EventMessage;
import siodiag.server.Hub;
import siodiag.server.NamespaceMember;
import siodiag.server.Timestamps;

/**
 * The monitor's own part: answers what the six groups of handlers of the 2025 server answer, and relays everything as
 * the {@code echo} flow says. It serves neither files nor repositories, and answers so.
 */
final class EchoRole implements ServerRole {
    private static final int HISTORY_LIMIT = 50;

    private final Hub hub;
    private final EchoApplication echo;
    private final EventHistory history = new EventHistory();
    private final long started = System.currentTimeMillis();

    EchoRole(Hub hub) {
        this.hub = hub;
        this.echo = new EchoApplication(hub);
    }

    @Override
    public void received(NamespaceMember socket, EventMessage message) {
        echo.received(socket, message);
    }

    @Override
    public HookEventNormalizer.Event posted(String body) {
        HookEventNormalizer.Event event = HookEventNormalizer.read(body);
        history.add(event.json());
        return event;
    }

    @Override
    public int statusOfBadBody() {
        return 400;
    }

    @Override
    public ObjectNode health(String verdict) {
        ObjectNode health = JsonText.object()
                .put("status", verdict)
                .put("server", "socketio-monitor")
                .put("pid", ProcessHandle.current().pid())
                .put("uptimeMs", System.currentTimeMillis() - started)
                .put("clients", hub.sessions().size());
        hub.config().namespaces().forEach(health.putArray("namespaces")::add);
        return health;
    }

    @Override
    public Map<String, Map<String, EventHandlers.Handler>> groups() {
        Map<String, Map<String, EventHandlers.Handler>> groups = new LinkedHashMap<>();
        groups.put(
                "connection",
                Map.of(
                        "get_status", (socket, message) -> socket.emit("status", status()),
                        "get_history", this::sendHistory,
                        "request.history", this::sendHistory,
                        "subscribe", (socket, message) -> socket.emit("subscribed", argument(message)),
                        "unsubscribe", (socket, message) -> socket.emit("unsubscribed", argument(message))));
        groups.put("hook", Map.of("claude_event", this::relayToOthers));
        groups.put(
                "git",
                Map.of(
                        "get_git_branch", unavailable("git_branch_response", "repositories"),
                        "check_file_tracked", unavailable("file_tracked_response", "repositories"),
                        "check_git_status", unavailable("git_status_response", "repositories"),
                        "git_add_file", unavailable("git_add_response", "repositories")));
        groups.put("file", Map.of("read_file", unavailable("file_content_response", "files")));
        groups.put("project", Map.of()); // the real server has these two groups without handlers of their own
        groups.put("memory", Map.of());
        return groups;
    }

    /** claude-mpm's socket intake: the event as it is, to all others. */
    private void relayToOthers(NamespaceMember sender, EventMessage message) {
        if (!message.arguments().isEmpty()
                && JsonText.isObject(message.arguments().get(0))) {
            history.add(message.arguments().get(0));
        }
        hub.broadcast(
                sender.namespace(), null, sender, message.nameLiteral(), message.arguments(), message.attachments());
    }

    private void sendHistory(NamespaceMember socket, EventMessage message) {
        String limit = JsonText.number(argument(message), "limit");
        socket.emit("history", history.last(limit == null ? HISTORY_LIMIT : Integer.parseInt(limit)));
    }

    private String status() {
        return JsonText.object()
                .put("status", "running")
                .put("clients", hub.sessions().size())
                .put("timestamp", Timestamps.iso(System.currentTimeMillis()))
                .toString();
    }

    private static EventHandlers.Handler unavailable(String answer, String what) {
        String refusal = JsonText.object()
                .put("success", false)
                .put("error", "the monitor does not handle " + what)
                .toString();
        return (socket, message) -> socket.emit(answer, refusal);
    }

    private static String argument(EventMessage message) {
        return message.arguments().isEmpty() ? "{}" : message.arguments().get(0);
    }
}
