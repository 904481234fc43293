package siodiag.ask;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** The first events that came, for programs; safe to add to from several threads. */
final class EventLog {
    private final int max;
    private final List<ReceivedEvent> events = new ArrayList<>();

    EventLog(int max) {
        this.max = max;
    }

    synchronized void add(ReceivedEvent event) {
        if (events.size() < max) {
            events.add(event);
        }
    }

    /** An object each; the arguments as text, secrets masked. */
    synchronized void writeTo(ArrayNode array) {
        events.forEach(event -> array.addObject()
                .put("at", event.at().toString())
                .put("namespace", event.namespace())
                .put("event", event.name())
                .put("text", event.text()));
    }
}
