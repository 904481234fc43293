package siodiag;

import java.net.URI;
import java.util.List;

/**
 * What one check saw.
 *
 * @param id         the check's stable name, {@code hop.what}
 * @param sign       what was wrong; null where nothing was
 * @param subject    what it was seen on (a namespace, an address, an event); joins the summary of the diagnosis
 * @param detail     one line for people
 * @param evidence   quoted bytes, figures and both sides of a comparison, already safe to print
 * @param durationMs how long the check took, in milliseconds
 */
public record Finding(String id, Hop hop, Status status, Sign sign, String subject, String detail,
        List<String> evidence, double durationMs) {

    static Finding pass(String id, Hop hop, String detail) {
        return new Finding(id, hop, Status.PASS, null, "", detail, List.of(), 0);
    }

    static Finding info(String id, Hop hop, String detail, String... evidence) {
        return new Finding(id, hop, Status.INFO, null, "", detail, List.of(evidence), 0);
    }

    static Finding skip(String id, Hop hop, String waitsFor) {
        return new Finding(id, hop, Status.SKIP, null, "", "waits for " + waitsFor, List.of(), 0);
    }

    static Finding fail(String id, Hop hop, Sign sign, String subject, String detail, String... evidence) {
        return new Finding(id, hop, Status.FAIL, sign, subject, detail, List.of(evidence), 0);
    }

    static Finding warn(String id, Hop hop, Sign sign, String subject, String detail, String... evidence) {
        return new Finding(id, hop, Status.WARN, sign, subject, detail, List.of(evidence), 0);
    }

    Finding withEvidence(List<String> more) {
        return new Finding(id, hop, status, sign, subject, detail, more, durationMs);
    }

    /** The same, seen at another node than the one under test. */
    Finding at(URI node) {
        return new Finding(id + " at " + node, hop, status, sign, subject + " at " + node, detail,
                evidence.stream().map(seen -> node + ": " + seen).toList(), durationMs);
    }

    Finding took(double milliseconds) {
        return new Finding(id, hop, status, sign, subject, detail, evidence, milliseconds);
    }

    /** The same observation as information: it stands in the report and leads to no diagnosis. */
    Finding asInfo() {
        return new Finding(id, hop, Status.INFO, null, subject, detail, evidence, durationMs);
    }

    boolean isTrouble() {
        return status == Status.FAIL || status == Status.WARN;
    }
}
