package siodiag.finding;

import java.net.URI;
import java.util.List;
import siodiag.catalogue.Advice;
import siodiag.catalogue.Hop;

/**
 * What one check saw.
 *
 * @param id         the check's stable name, {@code hop.what}
 * @param sign       what was wrong; null where nothing was
 * @param subject    what it was seen on (a namespace, an address, an event); joins the summary of the diagnosis
 * @param detail     one line for people
 * @param evidence   quoted bytes, figures and both sides of a comparison, already safe to print
 * @param advice     what to do first, where what was seen tells it; stands in front of the cause's fix; else empty
 * @param durationMs how long the check took, in milliseconds
 */
public record Finding(
        String id,
        Hop hop,
        Status status,
        Symptom sign,
        String subject,
        String detail,
        List<String> evidence,
        String advice,
        double durationMs) {

    public static Finding pass(String id, Hop hop, String detail) {
        return new Finding(id, hop, Status.PASS, null, "", detail, List.of(), "", 0);
    }

    public static Finding info(String id, Hop hop, String detail, String... evidence) {
        return new Finding(id, hop, Status.INFO, null, "", detail, List.of(evidence), "", 0);
    }

    public static Finding skip(String id, Hop hop, String needed) {
        return new Finding(id, hop, Status.SKIP, null, "", "needs " + needed, List.of(), "", 0);
    }

    public static Finding fail(String id, Hop hop, Symptom sign, String subject, String detail, String... evidence) {
        return new Finding(id, hop, Status.FAIL, sign, subject, detail, List.of(evidence), "", 0);
    }

    public static Finding warn(String id, Hop hop, Symptom sign, String subject, String detail, String... evidence) {
        return new Finding(id, hop, Status.WARN, sign, subject, detail, List.of(evidence), "", 0);
    }

    /** What nobody promised, and so was not tested. @param why with what would make it testable */
    public static Finding untested(String id, Hop hop, String why) {
        return new Finding(id, hop, Status.SKIP, Symptom.NOT_PROMISED, "", why, List.of(), "", 0);
    }

    public Finding withAdvice(String first) {
        return new Finding(id, hop, status, sign, subject, detail, evidence, first, durationMs);
    }

    /** @param finer null where there is none */
    public Finding withAdvice(Advice finer) {
        return withAdvice(finer == null ? "" : finer.text());
    }

    public Finding withEvidence(List<String> more) {
        return new Finding(id, hop, status, sign, subject, detail, more, advice, durationMs);
    }

    /** The same, seen at another node than the one under test. */
    public Finding at(URI node) {
        return new Finding(
                id + " at " + node,
                hop,
                status,
                sign,
                subject + " at " + node,
                detail,
                evidence.stream().map(seen -> node + ": " + seen).toList(),
                advice,
                durationMs);
    }

    /** The same of that subject, where it has none. */
    public Finding about(String other) {
        return subject.isEmpty() && isTrouble()
                ? new Finding(id, hop, status, sign, other, detail, evidence, advice, durationMs)
                : this;
    }

    public Finding took(double milliseconds) {
        return new Finding(id, hop, status, sign, subject, detail, evidence, advice, milliseconds);
    }

    /** The same observation as information: it stands in the report and leads to no diagnosis. */
    public Finding asInfo() {
        return new Finding(id, hop, Status.INFO, null, subject, detail, evidence, "", durationMs);
    }

    public boolean isUntested() {
        return sign == Symptom.NOT_PROMISED;
    }

    public boolean isTrouble() {
        return status == Status.FAIL || status == Status.WARN;
    }
}
