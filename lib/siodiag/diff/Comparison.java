package siodiag.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What differs between two results. Pure. */
public final class Comparison {
    private final Snapshot before;
    private final Snapshot now;
    private final List<Difference> differences = new ArrayList<>();

    private Comparison(Snapshot before, Snapshot now) {
        this.before = before;
        this.now = now;
    }

    static List<Difference> of(Snapshot before, Snapshot now) {
        Comparison comparison = new Comparison(before, now);
        comparison.causes();
        comparison.checks();
        comparison.namespaces();
        comparison.server();
        comparison.timings();
        return comparison.differences;
    }

    /** A baseline to which results are compared as they come. */
    public static final class Baseline {
        private final Map<String, Snapshot> saved;

        private Baseline(Map<String, Snapshot> saved) {
            this.saved = saved;
        }

        /** @throws siodiag.core.UsageException where the file holds no result */
        public static Baseline read(Path file) {
            return new Baseline(Snapshot.read("--baseline", file));
        }

        /** Whether it has a result of that target. */
        public boolean knows(String url) {
            return saved.containsKey(url);
        }

        /** The differences, a line each; empty where there are none. @param result of a target that it knows */
        public List<String> differences(JsonNode result) {
            Snapshot now = Snapshot.all(result).values().iterator().next();
            return of(saved.get(now.url()), now).stream()
                    .map(Difference::describe)
                    .toList();
        }
    }

    private void causes() {
        now.causes().forEach((cause, summary) -> {
            if (!before.causes().containsKey(cause)) {
                add(Difference.Kind.NEW, cause + ": " + summary);
            }
        });
        before.causes().forEach((cause, summary) -> {
            if (!now.causes().containsKey(cause)) {
                add(Difference.Kind.GONE, cause);
            }
        });
    }

    /** Those that led to no cause, or to one that was there before. */
    private void checks() {
        List<String> failing = now.checks().entrySet().stream()
                .filter(check -> check.getValue().equals("fail"))
                .map(Map.Entry::getKey)
                .filter(id -> "pass".equals(before.checks().get(id)))
                .toList();
        if (!failing.isEmpty()) {
            add(Difference.Kind.NEW, "failing: " + String.join(", ", failing));
        }
    }

    private void namespaces() {
        if (now.server().isEmpty() || before.server().isEmpty()) {
            return; // unknown is not fewer
        }
        missing(
                before.namespaces(),
                now.namespaces(),
                Difference.Kind.FEWER,
                "namespaces that accept the client, without ");
        missing(
                now.namespaces(),
                before.namespaces(),
                Difference.Kind.MORE,
                "namespaces that accept the client, with ");
    }

    private void missing(List<String> from, List<String> in, Difference.Kind kind, String text) {
        String names = from.stream().filter(name -> !in.contains(name)).collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            add(kind, text + names);
        }
    }

    private void server() {
        before.server().forEach((what, value) -> {
            String other = now.server().get(what);
            if (other != null && !other.equals(value)) {
                boolean lost = what.equals("transports") && value.contains(other);
                add(lost ? Difference.Kind.FEWER : Difference.Kind.OTHER, what + ": " + value + " -> " + other);
            }
        });
        if (!before.version().equals(now.version())) {
            add(Difference.Kind.OTHER, "version of this toolkit: " + before.version() + " -> " + now.version());
        }
    }

    private void timings() {
        before.timings().forEach((what, old) -> {
            Sample other = now.timings().get(what);
            if (other != null && other.isSlowerThan(old)) {
                add(Difference.Kind.SLOWER, times(what, old, other));
            } else if (other != null && old.isSlowerThan(other)) {
                add(Difference.Kind.FASTER, times(what, old, other));
            }
        });
    }

    private static String times(String what, Sample old, Sample other) {
        return what + ": " + old.describe() + " -> " + other.describe();
    }

    private void add(Difference.Kind kind, String text) {
        differences.add(new Difference(kind, text));
    }
}
