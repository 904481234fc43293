package siodiag.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import siodiag.core.Text;

/** How many events came, by namespace and name, and how large they were. */
public final class EventCounts {
    /** A server may make up names without end. */
    private static final int MAX_NAMES = 500;

    private static final int MAX_NAME = 40;
    private static final String OTHERS = "(other names)";

    private record Key(String namespace, String name) {}

    /**
     * The events of one name.
     *
     * @param characters of their arguments as JSON, all together
     */
    public record Row(String namespace, String name, long count, long characters) {
        private Row and(ReceivedEvent event) {
            return new Row(namespace, name, count + 1, characters + event.size());
        }
    }

    private final Map<Key, Row> rows = new LinkedHashMap<>();

    synchronized void add(ReceivedEvent event) {
        Key key = new Key(event.namespace(), event.name());
        Key counted = rows.containsKey(key) || rows.size() < MAX_NAMES ? key : new Key(event.namespace(), OTHERS);
        rows.put(
                counted,
                Objects.requireNonNullElse(rows.get(counted), new Row(counted.namespace, counted.name, 0, 0))
                        .and(event));
    }

    /** In the order in which their names first came. */
    public synchronized List<Row> rows() {
        return List.copyOf(rows.values());
    }

    public synchronized long total() {
        return rows.values().stream().mapToLong(Row::count).sum();
    }

    /** A table, the most frequent first; empty where nothing came. */
    String table(double seconds) {
        List<Row> shown = new ArrayList<>(rows());
        shown.sort((one, other) -> Long.compare(other.count(), one.count()));
        boolean several = shown.stream().map(Row::namespace).distinct().count() > 1;
        int names = shown.stream()
                .mapToInt(row -> label(row, several).length())
                .max()
                .orElse(0);
        StringBuilder table = new StringBuilder();
        for (Row row : shown) {
            String label = label(row, several);
            table.append("\n  ")
                    .append(label)
                    .append(" ".repeat(names - label.length()))
                    .append(String.format(
                            Locale.ROOT,
                            "  %6d  %8.1f/s  %s each",
                            row.count(),
                            row.count() / Math.max(seconds, 0.001),
                            Text.approximateSize(row.characters() / row.count())));
        }
        return table.toString();
    }

    private static String label(Row row, boolean withNamespace) {
        return (withNamespace ? Text.cut(row.namespace(), MAX_NAME) + "  " : "") + Text.quote(row.name(), MAX_NAME);
    }
}
