package siodiag.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import siodiag.server.EventMessage;
import siodiag.server.NamespaceMember;

/**
 * Which events are answered beyond being relayed: the real server's groups of handlers. A configured group that does
 * not exist is missing, and is reported at the start instead of being silent later.
 */
final class EventHandlers {
    /** What is done with an event of one name. */
    interface Handler {
        void handle(NamespaceMember socket, EventMessage message);
    }

    private final Map<String, Map<String, Handler>> registered = new LinkedHashMap<>();
    private final Map<String, Handler> events = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();

    /**
     * Registers the configured groups out of those there are.
     *
     * @param available each group's handlers by event name; a group may have none
     */
    EventHandlers(List<String> configured, Map<String, Map<String, Handler>> available) {
        for (String group : configured) {
            Map<String, Handler> handlers = available.get(group);
            if (handlers == null) {
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

    /** The groups that are registered, and the events each answers. */
    Map<String, Map<String, Handler>> registered() {
        return registered;
    }

    /** Configured, and not registered. */
    List<String> missing() {
        return missing;
    }
}
