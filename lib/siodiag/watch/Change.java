package siodiag.watch;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is told of a target at once.
 *
 * @param from   null for the first state
 * @param since  when the first sign of it was seen
 * @param lasted how long a time has lasted that is over now: the outage, or the state before; null where there is none
 * @param lines  of the difference from the baseline; else empty
 */
record Change(
        Kind kind, Instant at, URI target, State from, State to, Instant since, Duration lasted, List<String> lines) {
    enum Kind {
        /** What it was like at first. */
        FIRST,
        CHANGED,
        /** Nothing answered for a while, too short for examinations to see it. */
        OUTAGE,
        /** It differs from the baseline. */
        BASELINE
    }
}
