package siodiag.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;

/** What a run came to, for its end: totals, events by namespace and name, the longest silence. */
final class TrafficSummary {
    private static final int MAX_SHOWN = 12;
    private static final int MAX_NAME = 40;
    private static final long NOTABLE_SILENCE_MS = 1000;

    private TrafficSummary() {}

    /** Events that clients sent or hooks posted. */
    static long received(Statistics statistics) {
        return statistics.received() + statistics.of(RecordedEvent.Kind.HTTP);
    }

    /** The totals, then a line for each event name, the most frequent first. */
    static String of(Statistics statistics) {
        StringBuilder text = new StringBuilder(Text.count(received(statistics), "event") + " received, "
                + Text.count(statistics.deliveries(), "delivery") + ", " + Text.count(statistics.errors(), "error")
                + "\n");
        List<Map.Entry<Statistics.Name, Statistics.Count>> sorted =
                new ArrayList<>(statistics.names().entrySet());
        sorted.sort(Comparator.comparingLong(entry -> -all(entry.getValue())));
        sorted.stream().limit(MAX_SHOWN).forEach(entry -> text.append(line(entry.getKey(), entry.getValue())));
        if (sorted.size() > MAX_SHOWN) {
            text.append("  and ").append(sorted.size() - MAX_SHOWN).append(" more names\n");
        }
        if (statistics.silenceMs() >= NOTABLE_SILENCE_MS) {
            text.append("  longest silence between two events: ")
                    .append(Text.duration(Duration.ofMillis(statistics.silenceMs())))
                    .append('\n');
        }
        return text.toString();
    }

    private static long all(Statistics.Count count) {
        return count.received() + count.posted() + count.deliveries() + count.toNobody();
    }

    private static String line(Statistics.Name name, Statistics.Count count) {
        return "  "
                + String.join(
                        "  ",
                        Text.cut(
                                Text.visible(name.namespace() + " " + name.event())
                                        .strip(),
                                MAX_NAME),
                        count.received() + count.posted() + " in",
                        count.deliveries() + " out")
                + (count.toNobody() > 0 ? "  " + count.toNobody() + " relayed to nobody" : "")
                + "\n";
    }
}
