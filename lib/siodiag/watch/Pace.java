package siodiag.watch;

import java.time.Duration;

/**
 * How often a target is examined.
 *
 * @param every    from one light examination to the next
 * @param thorough from one thorough examination to the next, though nothing seems to change
 * @param after    so many examinations in a row make a change
 */
record Pace(Duration every, Duration thorough, int after) {
    Pace withEvery(Duration other) {
        return new Pace(other, thorough, after);
    }
}
