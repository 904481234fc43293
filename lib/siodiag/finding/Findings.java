package siodiag.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import siodiag.catalogue.Hop;
import siodiag.core.Redactor;
import siodiag.core.Scope;
import siodiag.core.Text;

/** Collects findings as they come, from any thread, and tells an observer of each: progress, live output. */
public final class Findings {
    /** A session's id is as good as a password while the session lasts. */
    private static final Pattern SID = Pattern.compile("(\"[sp]id\"\\s*:\\s*\")([^\"]{4,})");

    private static final String HALTED = "a server that does not limit these requests";

    private final List<Finding> all = new ArrayList<>();
    private final Redactor secrets;
    private final Consumer<Finding> observer;
    private volatile boolean halted;

    public Findings(Redactor secrets, Consumer<Finding> observer) {
        this.secrets = secrets;
        this.observer = observer;
    }

    /**
     * Keeps the finding, its secrets masked and nothing in it that could move a cursor. What a thread of a run that is over
     * finds is of its end, and not of the server's doing.
     */
    public void add(Finding told) {
        if (Scope.current().isOver()) {
            return;
        }
        Finding finding = halted && told.isTrouble() ? Finding.skip(told.id(), told.hop(), HALTED) : told;
        Finding kept = new Finding(
                finding.id(),
                finding.hop(),
                finding.status(),
                finding.sign(),
                safe(finding.subject()),
                safe(finding.detail()),
                finding.evidence().stream().map(this::safe).toList(),
                finding.advice(),
                finding.durationMs());
        synchronized (all) {
            all.add(kept);
        }
        observer.accept(kept);
    }

    /** Adds the finding that the server limits our requests: what fails from now on says nothing but that. */
    public void halt(Finding rateLimited) {
        add(rateLimited);
        halted = true;
    }

    private String safe(String text) {
        return Text.visible(secrets.hide(SID.matcher(text)
                .replaceAll(sid -> Matcher.quoteReplacement(sid.group(1) + Redactor.mask(sid.group(2))))));
    }

    /** All findings so far, in the order of the hops. */
    public List<Finding> sorted() {
        synchronized (all) {
            List<Finding> sorted = new ArrayList<>(all);
            sorted.sort(Comparator.comparing(Finding::hop));
            return sorted;
        }
    }

    public boolean has(Symptom sign) {
        synchronized (all) {
            return all.stream().anyMatch(finding -> finding.sign() == sign);
        }
    }

    public boolean hasFailed(Hop... hops) {
        List<Hop> wanted = List.of(hops);
        synchronized (all) {
            return all.stream().anyMatch(finding -> finding.status() == Status.FAIL && wanted.contains(finding.hop()));
        }
    }
}
