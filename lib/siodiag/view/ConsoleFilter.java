package siodiag.view;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import siodiag.core.Glob;
import siodiag.core.Text;
import siodiag.server.ServerEvent;

/**
 * What of all that happens is shown on the console; the record always has everything.
 *
 * @param namespaces only these; empty for all
 * @param events     only events whose name matches one of these globs ({@code *} and {@code ?}); empty for all
 * @param only       only what comes in, goes out, or is an error
 * @param payload    how many characters of the arguments are shown; 0 for none
 */
public record ConsoleFilter(List<String> namespaces, List<String> events, Only only, int payload) {
    /** What to show of the traffic. */
    public enum Only {
        ALL,
        IN,
        OUT,
        ERRORS;

        /** @throws IllegalArgumentException that lists the names there are */
        public static Only named(String name) {
            return Stream.of(values())
                    .filter(only -> only.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--only " + Text.cut(name, 40) + ": must be in, out, errors or all"));
        }
    }

    public ConsoleFilter {
        namespaces = List.copyOf(namespaces);
        events = List.copyOf(events);
    }

    /** A predicate for many events: globs are compiled once. */
    Filter filter() {
        return new Filter(this);
    }

    static final class Filter {
        private final ConsoleFilter view;
        private final Pattern names;

        private Filter(ConsoleFilter view) {
            this.view = view;
            this.names = view.events.isEmpty()
                    ? null
                    : Pattern.compile(view.events.stream().map(Glob::regex).collect(Collectors.joining("|")));
        }

        boolean shows(ServerEvent event) {
            return showsDirection(event)
                    && (view.namespaces.isEmpty()
                            || event.namespace() != null && view.namespaces.contains(event.namespace()))
                    && (names == null
                            || event.event() != null
                                    && names.matcher(event.event()).matches());
        }

        private boolean showsDirection(ServerEvent event) {
            return switch (view.only) {
                case ALL -> true;
                case IN -> event.isIn();
                case OUT -> event.isOut();
                case ERRORS -> event.isError();
            };
        }
    }
}
