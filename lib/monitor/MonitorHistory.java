package siodiag;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last events, for dashboards that come late; bounded in number and in size. */
final class MonitorHistory {
    private static final int MOST = 1_000;
    private static final long MOST_CHARACTERS = 8_000_000;

    private final Deque<String> events = new ArrayDeque<>();
    private long characters;

    /** @param event a JSON object */
    void add(String event) {
        events.addLast(event);
        characters += event.length();
        while (events.size() > MOST || characters > MOST_CHARACTERS) {
            characters -= events.removeFirst().length();
        }
    }

    /** The last so many, oldest first, as {@code {"events":[…],"count":…,"total_available":…}}. */
    String last(int limit) {
        List<String> all = new ArrayList<>(events);
        List<String> last = all.subList(Math.max(0, all.size() - limit), all.size());
        return "{\"events\":" + MonitorEvent.array(last) + ",\"count\":" + last.size() + ",\"total_available\":"
                + all.size() + "}";
    }
}
