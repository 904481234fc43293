package siodiag;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of all that happens is shown on the console; the record always has everything.
 *
 * @param namespaces only these; empty for all
 * @param events     only events whose name matches one of these globs ({@code *} and {@code ?}); empty for all
 * @param only       only what comes in, goes out, or is an error
 * @param payload    how many characters of the arguments are shown; 0 for none
 */
public record MonitorView(List<String> namespaces, List<String> events, Only only, int payload) {
    /** What to show of the traffic. */
    public enum Only { ALL, IN, OUT, ERRORS }

    public MonitorView {
        namespaces = List.copyOf(namespaces);
        events = List.copyOf(events);
    }

    /** A predicate for many events: globs are compiled once. */
    Filter filter() {
        return new Filter(this);
    }

    static final class Filter {
        private final MonitorView view;
        private final Pattern names;

        private Filter(MonitorView view) {
            this.view = view;
            this.names = view.events.isEmpty() ? null : Pattern.compile(view.events.stream().map(Filter::expression)
                    .collect(Collectors.joining("|")));
        }

        boolean shows(MonitorEvent event) {
            return showsDirection(event)
                    && (view.namespaces.isEmpty() || view.namespaces.contains(event.namespace()))
                    && (names == null || event.event() != null && names.matcher(event.event()).matches());
        }

        private boolean showsDirection(MonitorEvent event) {
            return switch (view.only) {
                case ALL -> true;
                case IN -> event.isIn();
                case OUT -> event.isOut();
                case ERRORS -> event.isError();
            };
        }

        private static String expression(String glob) {
            return glob.chars().mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf((char) c)))
                    .collect(Collectors.joining());
        }
    }
}
