package siodiag.watch;

import java.time.Instant;
import java.util.Optional;

/** Lets a state change only once several examinations in a row have seen it. Pure. */
final class Hysteresis {
    private final int after;
    private State current;
    private State candidate;
    private Instant since;
    private int seen;

    /** A change. @param since when the new state was seen first */
    record Change(State from, State to, Instant since) {}

    /** @param after so many examinations in a row; 1: each counts */
    Hysteresis(int after) {
        this.after = after;
    }

    /**
     * What one examination has seen.
     *
     * @param at when it began
     * @return the change that is certain by now; the first state is none
     */
    Optional<Change> offer(State state, Instant at) {
        if (current == null) {
            current = state;
            return Optional.empty();
        }
        if (state.isLike(current)) {
            candidate = null;
            return Optional.empty();
        }
        if (candidate == null || !goesOn(state)) {
            since = at;
            seen = 0;
        }
        candidate = state;
        seen++;
        return seen < after ? Optional.empty() : Optional.of(change());
    }

    /** A server that breaks shows one cause after the other: what counts is that it stays broken. */
    private boolean goesOn(State state) {
        return state.isLike(candidate)
                || state.verdict() == candidate.verdict() && state.verdict() != current.verdict();
    }

    private Change change() {
        Change change = new Change(current, candidate, since);
        current = candidate;
        candidate = null;
        return change;
    }

    /** Null before the first. */
    State current() {
        return current;
    }

    /** Whether something else was seen lately, not often enough. */
    boolean isUndecided() {
        return candidate != null;
    }
}
