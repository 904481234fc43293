package siodiag.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import siodiag.core.Text;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

/** What a run came to: events by namespace and name, errors, events relayed to nobody, the longest silence. */
final class TrafficSummary {
    /** Names come from outside; whoever makes up more of them is counted together. */
    private static final int MAX_NAMES = 200;

    private static final int MAX_SHOWN = 12;
    private static final int MAX_NAME = 40;
    private static final long NOTABLE_SILENCE_MS = 1000;

    private final Map<Name, Counts> names = new LinkedHashMap<>();
    private long received;
    private long delivered;
    private long errors;
    private long last;
    private long silence;

    private record Name(String namespace, String event) {
        static final Name OTHERS = new Name("", "other names");
    }

    private static final class Counts {
        private long in;
        private long out;
        private long toNobody;

        long all() {
            return in + out + toNobody;
        }
    }

    synchronized void add(ServerEvent event) {
        switch (event.kind()) {
            case EVENT, HTTP -> {
                if (event.event() != null) {
                    count(event);
                }
            }
            default -> errors += event.isError() ? 1 : 0;
        }
    }

    private void count(ServerEvent event) {
        if (last > 0) {
            silence = Math.max(silence, event.at() - last);
        }
        last = event.at();
        Counts counts = of(event);
        if (event.isIn()) {
            received++;
            counts.in++;
        } else if (event.to().isEmpty()) {
            counts.toNobody++;
        } else {
            delivered += event.to().size();
            counts.out += event.to().size();
        }
    }

    private Counts of(ServerEvent event) {
        Name name = new Name(event.namespace(), event.event());
        Counts known = names.get(name);
        return known != null
                ? known
                : names.computeIfAbsent(names.size() < MAX_NAMES ? name : Name.OTHERS, first -> new Counts());
    }

    synchronized long received() {
        return received;
    }

    synchronized long delivered() {
        return delivered;
    }

    synchronized long errors() {
        return errors;
    }

    /** The totals, then a line for each event name, the most frequent first. */
    synchronized String text() {
        StringBuilder text = new StringBuilder(Text.count(received, "event") + " received, " + delivered
                + (delivered == 1 ? " delivery" : " deliveries") + ", " + Text.count(errors, "error") + "\n");
        List<Map.Entry<Name, Counts>> sorted = new ArrayList<>(names.entrySet());
        sorted.sort(Comparator.comparingLong(entry -> -entry.getValue().all()));
        sorted.stream().limit(MAX_SHOWN).forEach(entry -> text.append(line(entry.getKey(), entry.getValue())));
        if (sorted.size() > MAX_SHOWN) {
            text.append("  and ").append(sorted.size() - MAX_SHOWN).append(" more names\n");
        }
        if (silence >= NOTABLE_SILENCE_MS) {
            text.append("  longest silence between two events: ")
                    .append(Text.duration(java.time.Duration.ofMillis(silence)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String line(Name name, Counts counts) {
        return "  "
                + String.join(
                        "  ",
                        Text.cut(Text.visible(name.namespace + " " + name.event).strip(), MAX_NAME),
                        counts.in + " in",
                        counts.out + " out")
                + (counts.toNobody > 0 ? "  " + counts.toNobody + " relayed to nobody" : "")
                + "\n";
    }
}
