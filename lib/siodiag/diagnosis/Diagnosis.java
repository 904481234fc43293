package siodiag.diagnosis;

import java.util.List;
import siodiag.catalogue.Cause;
import siodiag.catalogue.Hop;
import siodiag.catalogue.Severity;

/**
 * A cause that the findings speak for.
 *
 * @param summary  what is wrong here, in one sentence
 * @param evidence what was seen: figures, quoted bytes
 * @param fix      what a person can do, for the server family at hand
 */
public record Diagnosis(Cause cause, Hop hop, Severity severity, String summary, List<String> evidence, String fix) {

    /** The same, told and no part of the verdict. */
    public Diagnosis asInformation() {
        return new Diagnosis(cause, hop, Severity.INFO, summary, evidence, fix);
    }
}
