package siodiag.ask;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import siodiag.core.Text;
import siodiag.diagnosis.Verdict;

/**
 * What came while somebody watched, and how the connections held.
 *
 * @param seconds how long that was
 * @param outages connections that ended, with the sentence that says how, and for how long there was none
 */
public record WatchResult(List<String> namespaces, double seconds, EventCounts counts, List<Outage> outages) {

    /** @param over whether there was a connection again; otherwise the watch ended without one */
    public record Outage(String namespace, String how, Duration time, boolean over) {
        @Override
        public String toString() {
            return namespace + ": " + how + "; " + (over ? "connected again after " : "not connected again for ")
                    + Text.duration(time);
        }
    }

    /** Broken where a connection is missing at the end, degraded where one was missing meanwhile. */
    public Verdict verdict() {
        if (outages.stream().anyMatch(outage -> !outage.over())) {
            return Verdict.BROKEN;
        }
        return outages.isEmpty() ? Verdict.HEALTHY : Verdict.DEGRADED;
    }

    /** A line for all, and one an outage. */
    String summary() {
        List<String> lines = new ArrayList<>(List.of(String.format(
                Locale.ROOT,
                "%s in %s within %.1f s",
                Text.count(counts.total(), "event"),
                Text.cut(String.join(", ", namespaces), 200),
                seconds)));
        outages.forEach(outage -> lines.add("  " + outage));
        return String.join("\n", lines);
    }

    /** The summary with a table of the events. */
    String text() {
        return summary() + counts.table(seconds);
    }

    @Override
    public String toString() {
        return new ShellText(text()).toString();
    }
}
