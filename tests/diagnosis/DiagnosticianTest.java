package siodiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The pure stage: findings in, ordered diagnoses out. */
class DiagnosticianTest {

    @Test
    void nothing_wrong_is_healthy() {
        List<Diagnosis> diagnoses = diagnose(Finding.pass("tcp.connect", Hop.TCP, "connected"));
        assertEquals(List.of(), diagnoses);
        assertEquals(Verdict.HEALTHY, Verdict.of(diagnoses));
    }

    @Test
    void the_fault_nearest_the_start_comes_first() {
        assertEquals(List.of(Cause.WEBSOCKET_BLOCKED, Cause.NAMESPACE_UNKNOWN, Cause.EVENTS_LOST),
                causes(fail(Hop.RELAY, Sign.SOME_LOST), warn(Hop.TRANSPORT, Sign.WEBSOCKET_FAILS),
                        fail(Hop.NAMESPACE, Sign.NAMESPACE_UNKNOWN)));
    }

    @Test
    void silence_is_explained_by_tls_at_the_port() {
        assertEquals(List.of(Cause.PLAIN_ON_TLS_PORT),
                causes(fail(Hop.HTTP, Sign.SILENT), fail(Hop.TLS, Sign.TLS_SPOKEN_HERE)));
        assertEquals(List.of(Cause.NO_RESPONSE), causes(fail(Hop.HTTP, Sign.SILENT)));
    }

    @Test
    void another_path_explains_that_there_is_none_here() {
        assertEquals(List.of(Cause.WRONG_PATH),
                causes(fail(Hop.ENGINE, Sign.NO_ENGINE), fail(Hop.ENGINE, Sign.ENGINE_ELSEWHERE)));
        assertEquals(List.of(Cause.NOT_SOCKETIO), causes(fail(Hop.ENGINE, Sign.NO_ENGINE)));
    }

    @Test
    void what_no_rule_explains_is_unexplained_where_it_stopped() {
        List<Diagnosis> diagnoses = diagnose(fail(Hop.TLS, Sign.TLS_FAILED));
        assertEquals(Cause.UNEXPLAINED, diagnoses.get(0).cause());
        assertEquals(Hop.TLS, diagnoses.get(0).hop());
        assertEquals(Verdict.BROKEN, Verdict.of(diagnoses));
    }

    @Test
    void warnings_alone_degrade() {
        assertEquals(Verdict.DEGRADED, Verdict.of(diagnose(warn(Hop.AUTH, Sign.LET_IN_UNASKED))));
    }

    @Test
    void evidence_is_that_of_the_findings_and_each_said_once() {
        Finding one = Finding.fail("namespace./a", Hop.NAMESPACE, Sign.NAMESPACE_UNKNOWN, "/a", "no /a", "same words");
        Finding other = Finding.fail("namespace./b", Hop.NAMESPACE, Sign.NAMESPACE_UNKNOWN, "/b", "no /b", "same words");
        Diagnosis diagnosis = diagnose(one, other).get(0);
        assertEquals(List.of("same words"), diagnosis.evidence());
        assertTrue(diagnosis.summary().contains("/a, /b"), diagnosis.summary());
    }

    private static List<Diagnosis> diagnose(Finding... findings) {
        return Diagnostician.diagnose(List.of(findings), Family.UNKNOWN);
    }

    private static List<Cause> causes(Finding... findings) {
        return diagnose(findings).stream().map(Diagnosis::cause).toList();
    }

    private static Finding fail(Hop hop, Sign sign) {
        return Finding.fail(hop.label() + ".check", hop, sign, "it", "seen", "evidence of " + sign);
    }

    private static Finding warn(Hop hop, Sign sign) {
        return Finding.warn(hop.label() + ".check", hop, sign, "it", "seen", "evidence of " + sign);
    }
}
