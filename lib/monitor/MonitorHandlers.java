package siodiag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which events are answered beyond being relayed: the real server's six groups of handlers. A group that can't be
 * registered is missing, and the server says so at its start instead of staying silent later.
 */
final class MonitorHandlers {
    /** What is done with an event of one name. */
    interface Handler {
        void handle(MonitorSocket socket, MonitorMessage message);
    }

    private final Map<String, Map<String, Handler>> registered = new LinkedHashMap<>();
    private final Map<String, Handler> events = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();

    /**
     * Registers the configured groups out of those there are.
     *
     * @param available each group's handlers by event name; a group may have none
     */
    MonitorHandlers(List<String> configured, Map<String, Map<String, Handler>> available) {
        for (String group : configured) {
            Map<String, Handler> handlers = available.get(group);
            if (handlers == null || handlers.keySet().stream().anyMatch(events::containsKey)) {
                missing.add(group);
            } else {
                registered.put(group, handlers);
                events.putAll(handlers);
            }
        }
    }

    /** The handler of an event, or null. */
    Handler of(String event) {
        return events.get(event);
    }

    /** The groups that are at work, and the events each answers. */
    Map<String, Map<String, Handler>> registered() {
        return registered;
    }

    /** Configured, and not at work. */
    List<String> missing() {
        return missing;
    }
}
