package siodiag.watch;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import siodiag.diff.Comparison;

/** Tells how a target differs from the baseline: at first, and whenever that changes with its state. */
final class BaselineListener implements WatchListener {
    private final Comparison.Baseline baseline;
    private final WatchListener told;
    private final Map<URI, List<String>> before = new HashMap<>();

    /** @param told hears the differences as changes */
    BaselineListener(Comparison.Baseline baseline, WatchListener told) {
        this.baseline = baseline;
        this.told = told;
    }

    @Override
    public void changed(TargetWatch target, Change change) {
        boolean isNews = change.kind() == Change.Kind.FIRST || change.kind() == Change.Kind.CHANGED;
        if (!isNews) {
            return;
        }
        List<String> differences = baseline.knows(target.url().toString())
                ? baseline.differences(TargetResult.json(target, Instant.now(), false))
                : List.of("the baseline has no result of this target");
        List<String> last;
        synchronized (before) {
            last = before.put(target.url(), differences);
        }
        if (!differences.equals(last)) {
            told.changed(
                    target,
                    new Change(
                            Change.Kind.BASELINE,
                            change.at(),
                            target.url(),
                            change.from(),
                            change.to(),
                            change.since(),
                            null,
                            differences));
        }
    }
}
