package siodiag.watch;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Since when a target is in which state, and when it was down: what the examinations tell, made exact by the kept connection, which
 * notices sooner. It never looks at a clock.
 */
final class Availability {
    private final URI target;
    private final History history;
    private State state;
    private Instant since;
    private Instant silent;
    private Instant answered;

    Availability(URI target, History history) {
        this.target = target;
        this.history = history;
    }

    /** Null before the first. */
    synchronized State state() {
        return state;
    }

    /** When the state began. */
    synchronized Instant since() {
        return since;
    }

    /**
     * The state is certain by now.
     *
     * @param began the examination that saw it first
     * @return the change to be told; nothing where it is what it was
     */
    synchronized Optional<Change> is(State next, Instant began, Instant now) {
        if (state != null && state.isLike(next)) {
            return Optional.empty();
        }
        boolean first = state == null;
        Instant start = first ? began : start(next, began);
        Change change = new Change(
                first ? Change.Kind.FIRST : Change.Kind.CHANGED,
                now,
                target,
                state,
                next,
                start,
                first ? null : Duration.between(since, start),
                List.of());
        account(next, start);
        return Optional.of(change);
    }

    /** When it really began: the kept connection may have seen it before the examination did. */
    private Instant start(State next, Instant began) {
        if (next.isDown() && !state.isDown()) {
            return silent != null ? silent : began;
        }
        return state.isDown() && answered != null && answered.isAfter(since) ? answered : began;
    }

    private void account(State next, Instant start) {
        boolean wasDown = state != null && state.isDown();
        if (wasDown && !next.isDown()) {
            history.add(new Outage(since, start, String.join(", ", state.causes())));
        }
        if (state != null) {
            history.changed();
        }
        history.had(next.verdict());
        since = wasDown && next.isDown() ? since : start;
        state = next;
    }

    /** The kept connection is not answered any more. */
    synchronized void silentSince(Instant first) {
        silent = first;
    }

    /** It is answered again. @return the outage to be told, where the examinations did not see it */
    synchronized Optional<Change> answeredAt(Instant first) {
        Optional<Change> outage = Optional.empty();
        if (silent != null && !isDown()) {
            history.add(new Outage(silent, first, "no answer"));
            outage = Optional.of(new Change(
                    Change.Kind.OUTAGE,
                    first,
                    target,
                    state,
                    state,
                    silent,
                    Duration.between(silent, first),
                    List.of()));
        }
        answered = first;
        silent = null;
        return outage;
    }

    /** Whether an examination that finds it down may have seen the end of an outage that is over by now. */
    synchronized boolean isOverSince(Instant began) {
        return silent == null && answered != null && answered.isAfter(began);
    }

    /** Whether the kept connection is silent, and no examination has told why. */
    synchronized boolean isUnexplained() {
        return silent != null && !isDown();
    }

    /** The outage that is under way. */
    synchronized Optional<Outage> running(Instant now) {
        if (isDown()) {
            return Optional.of(new Outage(since, now, state.describe()));
        }
        return Optional.ofNullable(silent).map(first -> new Outage(first, now, "no answer"));
    }

    /** How long it was down in all, the outage under way included. */
    Duration down(Instant now) {
        return history.down().plus(running(now).map(Outage::length).orElse(Duration.ZERO));
    }

    /** How often, the outage under way included. */
    long outageCount(Instant now) {
        return history.outageCount() + (running(now).isPresent() ? 1 : 0);
    }

    /** The longest, be it the one under way. */
    Optional<Outage> longest(Instant now) {
        return Stream.concat(history.longest().stream(), running(now).stream())
                .max(Comparator.comparing(Outage::length));
    }

    private boolean isDown() {
        return state != null && state.isDown();
    }
}
