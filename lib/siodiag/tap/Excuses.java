package siodiag.tap;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import siodiag.finding.Symptom;

/** What follows from the tap's own faults, and so tells nothing of the server. */
final class Excuses {
    private Excuses() {}

    static Set<Symptom> of(List<Fault> faults) {
        Set<Symptom> excused = EnumSet.noneOf(Symptom.class);
        faults.forEach(fault -> excused.addAll(
                switch (fault.kind()) {
                    case LATENCY, BANDWIDTH ->
                        Set.of(
                                Symptom.LATE,
                                Symptom.PING_LATE,
                                Symptom.STALLED,
                                Symptom.UPGRADE_SLOW,
                                Symptom.SILENT,
                                Symptom.REORDERED,
                                Symptom.NAMESPACE_SILENT,
                                Symptom.NO_REACTION);
                    case CUT ->
                        Set.of(
                                Symptom.CLOSED_IN_USE,
                                Symptom.PROCESS_ENDED,
                                Symptom.PARTLY_LOST,
                                Symptom.NOT_DELIVERED,
                                Symptom.NO_REACTION,
                                Symptom.NAMESPACE_SILENT,
                                Symptom.SID_UNKNOWN_INTERMITTENTLY);
                    case REFUSE_WEBSOCKET -> Set.of(Symptom.WEBSOCKET_FAILS);
                    case STATUS ->
                        Set.of(
                                Symptom.SERVER_ERROR,
                                Symptom.HANDSHAKE_REFUSED,
                                Symptom.NO_ENGINE,
                                Symptom.RATE_LIMITED,
                                Symptom.HANDSHAKE_FORBIDDEN);
                    case DROP ->
                        Set.of(
                                Symptom.PARTLY_LOST,
                                Symptom.NOT_DELIVERED,
                                Symptom.NO_REACTION,
                                Symptom.NAMESPACE_SILENT,
                                Symptom.CLOSED_IN_USE,
                                Symptom.PROCESS_ENDED,
                                Symptom.PING_LATE,
                                Symptom.STALLED,
                                Symptom.AUTH_UNANSWERED,
                                Symptom.WEBSOCKET_FAILS,
                                Symptom.SID_UNKNOWN_INTERMITTENTLY,
                                Symptom.HANDSHAKE_INVALID);
                }));
        return excused;
    }
}
