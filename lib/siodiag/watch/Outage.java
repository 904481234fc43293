package siodiag.watch;

import java.time.Duration;
import java.time.Instant;

/** A time in which a target was down. @param how its causes, or the sign of it */
record Outage(Instant since, Instant until, String how) {
    Duration length() {
        return Duration.between(since, until);
    }
}
