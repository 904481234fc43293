package siodiag.traffic;

import java.util.Arrays;
import java.util.Optional;
import siodiag.finding.Symptom;

/** Why a request got no answer: the words that the event's detail has, and the symptom that they are. */
public enum Failure {
    UNRESOLVED("the host name has no address", Symptom.NAME_UNRESOLVED),
    REFUSED("connection refused", Symptom.TCP_REFUSED),
    CONNECT_TIMEOUT("the connection attempt timed out", Symptom.TCP_SILENT),
    NOT_TLS("no TLS on that port", Symptom.NOT_TLS),
    CERTIFICATE_EXPIRED("the certificate is expired or not yet valid", Symptom.CERTIFICATE_EXPIRED),
    CERTIFICATE_HOST("the certificate is for another host", Symptom.CERTIFICATE_OTHER_HOST),
    CERTIFICATE_UNTRUSTED("the certificate is not trusted", Symptom.CERTIFICATE_UNTRUSTED),
    CERTIFICATE_WANTED("the server wants a client certificate", Symptom.CLIENT_CERTIFICATE_REQUIRED),
    NO_ANSWER("the server closed the connection without an answer", Symptom.CLOSED_UNANSWERED),
    SILENT("no answer", Symptom.SILENT),
    NOT_HTTP("the answer is not HTTP", Symptom.NOT_HTTP);

    private final String words;
    private final Symptom symptom;

    Failure(String words, Symptom symptom) {
        this.words = words;
        this.symptom = symptom;
    }

    public Symptom symptom() {
        return symptom;
    }

    /** How the detail of an event has it. @param more what else there is to say; empty for nothing */
    public String with(String more) {
        return words + (more.isEmpty() ? "" : ": " + more);
    }

    /** The failure that a detail tells of. */
    public static Optional<Failure> in(String detail) {
        return Arrays.stream(values())
                .filter(failure -> detail.contains(failure.words))
                .findFirst();
    }
}
