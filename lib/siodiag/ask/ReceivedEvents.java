package siodiag.ask;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import siodiag.core.Text;

/**
 * What came while somebody watched.
 *
 * @param seconds how long that was
 * @param ended   the sentence that says why the watch ended early; empty where it did not
 */
public record ReceivedEvents(String namespace, double seconds, List<ReceivedEvent> events, String ended) {

    @Override
    public String toString() {
        return new ShellText(
                        events.stream().map(event -> event + "\n").collect(Collectors.joining()) + summary(), summary())
                .toString();
    }

    String summary() {
        return String.format(
                        Locale.ROOT, "%s in %s within %.1f s", Text.count(events.size(), "event"), namespace, seconds)
                + (ended.isEmpty() ? "" : "; " + ended);
    }
}
