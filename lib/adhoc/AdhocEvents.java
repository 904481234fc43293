package siodiag;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came while somebody watched.
 *
 * @param seconds how long that was
 * @param ended   the sentence that says why the watch ended early; empty where it did not
 */
public record AdhocEvents(String namespace, double seconds, List<AdhocEvent> events, String ended) {

    @Override
    public String toString() {
        return events.stream().map(event -> event + "\n").collect(Collectors.joining()) + summary();
    }

    String summary() {
        return String.format(Locale.ROOT, "%s over %s in %.1f s", Text.count(events.size(), "event"), namespace, seconds)
                + (ended.isEmpty() ? "" : "; " + ended);
    }
}
