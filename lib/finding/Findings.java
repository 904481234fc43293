package siodiag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects findings as they come, from any thread, and tells an observer of each: progress, live output. */
final class Findings {
    /** A session's id is as good as a password while the session lasts. */
    private static final Pattern SID = Pattern.compile("(\"sid\"\\s*:\\s*\")([^\"]{4,})");

    private final List<Finding> all = new ArrayList<>();
    private final Secrets secrets;
    private final Consumer<Finding> observer;

    Findings(Secrets secrets, Consumer<Finding> observer) {
        this.secrets = secrets;
        this.observer = observer;
    }

    /** Keeps the finding, its secrets masked and nothing in it that could move a cursor. */
    Finding add(Finding finding) {
        Finding kept = new Finding(finding.id(), finding.hop(), finding.status(), finding.sign(),
                safe(finding.subject()), safe(finding.detail()),
                finding.evidence().stream().map(this::safe).toList(), finding.durationMs());
        synchronized (all) {
            all.add(kept);
        }
        observer.accept(kept);
        return kept;
    }

    private String safe(String text) {
        return Text.visible(secrets.hide(SID.matcher(text).replaceAll(sid ->
                Matcher.quoteReplacement(sid.group(1) + Secrets.mask(sid.group(2))))));
    }

    /** All findings so far, in the order of the hops. */
    List<Finding> sorted() {
        synchronized (all) {
            List<Finding> sorted = new ArrayList<>(all);
            sorted.sort(Comparator.comparing(Finding::hop));
            return sorted;
        }
    }

    boolean hasFailed(Hop... hops) {
        List<Hop> wanted = List.of(hops);
        synchronized (all) {
            return all.stream().anyMatch(finding -> finding.status() == Status.FAIL && wanted.contains(finding.hop()));
        }
    }
}
