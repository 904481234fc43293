package siodiag.diagnosis;

import java.util.EnumSet;
import java.util.Set;
import siodiag.catalogue.Cause;
import siodiag.finding.Symptom;

/**
 * One row of the diagnosis: a cause, the signs it needs, those it accounts for as well, and those that speak against it.
 */
public record Rule(Cause cause, Set<Symptom> needs, Set<Symptom> explains, Set<Symptom> unless) {

    static Rule of(Cause cause, Symptom... needs) {
        return new Rule(cause, set(needs), Set.of(), Set.of());
    }

    Rule alsoExplains(Symptom... signs) {
        return new Rule(cause, needs, set(signs), unless);
    }

    Rule unless(Symptom... signs) {
        return new Rule(cause, needs, explains, set(signs));
    }

    boolean holds(Set<Symptom> seen) {
        return seen.containsAll(needs) && unless.stream().noneMatch(seen::contains);
    }

    /** Whether all that another rule rests on follows from this one: then the other is not a diagnosis of its own. */
    boolean explains(Rule other) {
        return other != this && explains.containsAll(other.needs);
    }

    boolean covers(Symptom sign) {
        return needs.contains(sign) || explains.contains(sign);
    }

    private static Set<Symptom> set(Symptom... signs) {
        Set<Symptom> set = EnumSet.noneOf(Symptom.class);
        set.addAll(Set.of(signs));
        return set;
    }
}
