package siodiag.server;

import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import siodiag.core.JsonText;

/** The last events, for dashboards that come late; bounded in number and in size. */
public final class EventHistory {
    private static final int MAX_EVENTS = 1_000;
    private static final long MAX_CHARACTERS = 8_000_000;

    private final Deque<String> events = new ArrayDeque<>();
    private long characters;

    /** @param event a JSON object */
    public void add(String event) {
        events.addLast(event);
        characters += event.length();
        while (events.size() > MAX_EVENTS || characters > MAX_CHARACTERS) {
            characters -= events.removeFirst().length();
        }
    }

    /** The last so many, oldest first, as {@code {"events":[…],"count":…,"total_available":…}}. */
    public String last(int limit) {
        List<String> all = new ArrayList<>(events);
        List<String> last = all.subList(Math.max(0, all.size() - limit), all.size());
        return JsonText.object()
                .putRawValue("events", new RawValue(JsonText.array(last)))
                .put("count", last.size())
                .put("total_available", all.size())
                .toString();
    }
}
