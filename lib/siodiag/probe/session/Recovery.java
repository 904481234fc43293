package siodiag.probe.session;

import java.util.ArrayList;
import java.util.List;
import siodiag.catalogue.Hop;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.ConnectResult;

/**
 * What became of a client that lost its connection and came back with what the server had given it.
 *
 * @param sid    its id before
 * @param afterMs how long it was away
 * @param answer to its CONNECT with {@code pid} and {@code offset}
 * @param again  to the same on one more connection; null where not asked
 */
record Recovery(String namespace, String sid, long afterMs, ConnectResult answer, ConnectResult again) {
    static final String ID = "session.recovery";

    Finding finding() {
        if (isRecovered(answer)) {
            return Finding.pass(
                    ID, Hop.SESSION, "a client that lost its connection is recovered after " + afterMs + " ms");
        }
        List<String> evidence = new ArrayList<>(List.of("CONNECT " + namespace + " gave a pid, and events an offset; "
                + "connection lost without a close, another one opened " + afterMs + " ms later, CONNECT with both: "
                + (answer instanceof ConnectResult.Connected
                        ? "connected with another sid"
                        : ConnectResult.describe(answer))));
        String why = "not recovered after " + afterMs + " ms";
        if (isRecovered(again)) {
            evidence.add(
                    "the same on one more connection: recovered; so connections reach different processes, and each "
                            + "keeps its own sessions");
            why = "it depends on the process reached";
        } else if (answer instanceof ConnectResult.ConnectError) {
            why = "refused by a middleware";
        } else if (again != null) {
            evidence.add("the same on one more connection: "
                    + (again instanceof ConnectResult.Connected
                            ? "another sid again; the session is not kept that long (maxDisconnectionDuration), or not at all"
                            : ConnectResult.describe(again)));
        }
        return Finding.warn(ID, Hop.SESSION, Symptom.NOT_RECOVERED, why, "a returning client is not recovered")
                .withEvidence(evidence);
    }

    /** Where events came and none had an offset, a client has nothing to come back with. */
    static Finding withoutOffset(String namespace, int events) {
        return events < 2
                ? Finding.info(
                        ID,
                        Hop.SESSION,
                        "connection state recovery is offered (a pid); not tested, because no event with an offset arrived")
                : Finding.warn(
                        ID,
                        Hop.SESSION,
                        Symptom.NOT_RECOVERED,
                        "its events carry no offset",
                        "recovery is offered but can't work",
                        "CONNECT " + namespace + " gave a pid, but none of " + events
                                + " events an offset as its last argument: the adapter does not support recovery (or all of "
                                + "them are volatile)");
    }

    private boolean isRecovered(ConnectResult admission) {
        return admission instanceof ConnectResult.Connected joined
                && joined.sid().equals(sid);
    }
}
