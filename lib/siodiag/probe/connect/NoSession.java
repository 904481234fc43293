package siodiag.probe.connect;

import siodiag.catalogue.Hop;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.ExchangeException;
import siodiag.protocol.Refusal;
import siodiag.protocol.SessionEnd;

/** No session is to be had any more, though others were before: the same fault wherever it is met. */
public final class NoSession {
    private NoSession() {}

    /** A proxy that now and then has no server behind it, or else a server that takes no more connections. */
    public static Finding finding(String id, String detail, SessionEnd closure, String... evidence) {
        return closure.serverError()
                .map(status ->
                        Finding.fail(id, Hop.HTTP, Symptom.SERVER_ERROR, "intermittent " + status, detail, evidence))
                .orElseGet(() -> Finding.fail(
                        id, Hop.SESSION, Symptom.SECOND_CONNECTION_FAILS, "one more connection", detail, evidence));
    }

    /** A CONNECT that is refused for its credentials, though others were not: one of several processes has other ones. */
    public static Finding finding(String id, String detail, ExchangeException failure) {
        if (failure.getMessage().startsWith("CONNECT ") && Refusal.speaksOfToken(failure.getMessage())) {
            return Finding.fail(
                    id, Hop.AUTH, Symptom.TOKEN_REFUSED, "one connection of several", detail, failure.evidence());
        }
        return finding(id, detail, SessionEnd.unopened(failure), failure.evidence());
    }
}
