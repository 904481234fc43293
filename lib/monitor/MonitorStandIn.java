package siodiag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Behaves as the real server does towards hooks and dashboards: answers what its six groups of handlers answer, and
 * relays everything as the {@code echo} flow says. It serves no files and no repository, and says so.
 */
final class MonitorStandIn implements MonitorApplication {
    /** The real server's groups, in the order in which it registers them. */
    static final List<String> GROUPS = List.of("connection", "hook", "git", "file", "project", "memory");
    private static final int HISTORY_LIMIT = 50;

    private final MonitorHub hub;
    private final EchoApplication echo;
    private final MonitorHandlers handlers;
    private final MonitorHistory history = new MonitorHistory();
    private final MonitorStatistics statistics = new MonitorStatistics();

    MonitorStandIn(MonitorHub hub) {
        this.hub = hub;
        this.echo = new EchoApplication(hub);
        this.handlers = new MonitorHandlers(hub.config().handlers(), groups());
        hub.listen(statistics);
    }

    MonitorHandlers handlers() {
        return handlers;
    }

    MonitorHistory history() {
        return history;
    }

    MonitorStatistics statistics() {
        return statistics;
    }

    @Override
    public void received(MonitorSocket socket, MonitorMessage message) {
        MonitorHandlers.Handler handler = handlers.of(message.name());
        if (handler != null) {
            handler.handle(socket, message);
        }
        echo.received(socket, message);
    }

    private Map<String, Map<String, MonitorHandlers.Handler>> groups() {
        Map<String, Map<String, MonitorHandlers.Handler>> groups = new LinkedHashMap<>();
        groups.put("connection", Map.of(
                "get_status", (socket, message) -> socket.emit("status", status()),
                "get_history", this::sendHistory,
                "request.history", this::sendHistory,
                "subscribe", (socket, message) -> socket.emit("subscribed", argument(message)),
                "unsubscribe", (socket, message) -> socket.emit("unsubscribed", argument(message))));
        groups.put("hook", Map.of("claude_event", this::relayToOthers));
        groups.put("git", Map.of(
                "get_git_branch", unavailable("git_branch_response", "repository"),
                "check_file_tracked", unavailable("file_tracked_response", "repository"),
                "check_git_status", unavailable("git_status_response", "repository"),
                "git_add_file", unavailable("git_add_response", "repository")));
        groups.put("file", Map.of("read_file", unavailable("file_content_response", "files")));
        groups.put("project", Map.of());    // the real server has these two groups without handlers of their own
        groups.put("memory", Map.of());
        return groups;
    }

    /** claude-mpm's socket intake: the event as it is, to all others. */
    private void relayToOthers(MonitorSocket sender, MonitorMessage message) {
        if (!message.arguments().isEmpty() && MonitorJson.isObject(message.arguments().get(0))) {
            history.add(message.arguments().get(0));
        }
        hub.broadcast(sender.namespace(), null, sender, message.nameLiteral(), message.arguments(), message.attachments());
    }

    private void sendHistory(MonitorSocket socket, MonitorMessage message) {
        String limit = MonitorJson.number(argument(message), "limit");
        socket.emit("history", history.last(limit == null ? HISTORY_LIMIT : Integer.parseInt(limit)));
    }

    private String status() {
        return "{\"status\":\"running\",\"clients\":" + hub.sessions().size() + ",\"timestamp\":\""
                + MonitorTime.iso(System.currentTimeMillis()) + "\"}";
    }

    private static MonitorHandlers.Handler unavailable(String answer, String what) {
        String refusal = "{\"success\":false,\"error\":\"the monitor serves no " + what + "\"}";
        return (socket, message) -> socket.emit(answer, refusal);
    }

    private static String argument(MonitorMessage message) {
        return message.arguments().isEmpty() ? "{}" : message.arguments().get(0);
    }
}
