package siodiag;

import java.util.EnumSet;
import java.util.Set;

/**
 * One row of the diagnosis: a cause, the signs it needs, those it accounts for as well, and those that speak against it.
 */
record Rule(Cause cause, Set<Sign> needs, Set<Sign> explains, Set<Sign> unless) {

    static Rule of(Cause cause, Sign... needs) {
        return new Rule(cause, set(needs), Set.of(), Set.of());
    }

    Rule alsoExplains(Sign... signs) {
        return new Rule(cause, needs, set(signs), unless);
    }

    Rule unless(Sign... signs) {
        return new Rule(cause, needs, explains, set(signs));
    }

    boolean holds(Set<Sign> seen) {
        return seen.containsAll(needs) && unless.stream().noneMatch(seen::contains);
    }

    boolean covers(Sign sign) {
        return needs.contains(sign) || explains.contains(sign);
    }

    private static Set<Sign> set(Sign... signs) {
        Set<Sign> set = EnumSet.noneOf(Sign.class);
        set.addAll(Set.of(signs));
        return set;
    }
}
