package siodiag.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Cause;
import siodiag.catalogue.Hop;
import siodiag.catalogue.Severity;
import siodiag.finding.Finding;
import siodiag.finding.Symptom;
import siodiag.protocol.ServerFamily;

/** The pure stage: findings in, ordered diagnoses out. */
class DiagnosticianTest {

    @Test
    void nothing_wrong_is_healthy() {
        List<Diagnosis> diagnoses = diagnose(Finding.pass("tcp.connect", Hop.TCP, "connected"));
        assertEquals(List.of(), diagnoses);
        assertEquals(Verdict.HEALTHY, Verdict.of(diagnoses));
    }

    @Test
    void errors_come_before_warnings_and_each_nearest_the_start_first() {
        assertEquals(
                List.of(Cause.NAMESPACE_UNKNOWN, Cause.EVENTS_LOST, Cause.WEBSOCKET_BLOCKED),
                causes(
                        fail(Hop.RELAY, Symptom.PARTLY_LOST),
                        warn(Hop.TRANSPORT, Symptom.WEBSOCKET_FAILS),
                        fail(Hop.NAMESPACE, Symptom.NAMESPACE_UNKNOWN)));
    }

    @Test
    void the_end_of_the_process_explains_what_followed() {
        assertEquals(
                List.of(Cause.SERVER_CRASHED),
                causes(
                        fail(Hop.SESSION, Symptom.PROCESS_ENDED),
                        fail(Hop.SESSION, Symptom.CLOSED_IN_USE),
                        fail(Hop.SESSION, Symptom.SECOND_CONNECTION_FAILS),
                        fail(Hop.EVENT, Symptom.NO_REACTION),
                        warn(Hop.TRANSPORT, Symptom.WEBSOCKET_FAILS),
                        fail(Hop.HTTP, Symptom.SERVER_ERROR)));
        assertEquals(
                List.of(Cause.TOKEN_REJECTED, Cause.SERVER_CRASHED),
                causes(fail(Hop.SESSION, Symptom.PROCESS_ENDED), fail(Hop.AUTH, Symptom.TOKEN_REFUSED)));
    }

    @Test
    void a_limit_of_connections_explains_those_that_were_not_served() {
        assertEquals(
                List.of(Cause.CONNECTIONS_EXHAUSTED),
                causes(
                        fail(Hop.SESSION, Symptom.CONNECTION_LIMIT_REACHED),
                        fail(Hop.SESSION, Symptom.SECOND_CONNECTION_FAILS),
                        warn(Hop.TRANSPORT, Symptom.WEBSOCKET_FAILS)));
        assertEquals(
                List.of(Cause.EVENT_LOOP_BLOCKED),
                causes(
                        fail(Hop.SESSION, Symptom.STALLED),
                        warn(Hop.SESSION, Symptom.PING_LATE),
                        warn(Hop.RELAY, Symptom.LATE)));
    }

    @Test
    void silence_is_explained_by_tls_at_the_port() {
        assertEquals(
                List.of(Cause.PLAIN_ON_TLS_PORT),
                causes(fail(Hop.HTTP, Symptom.SILENT), fail(Hop.TLS, Symptom.TLS_PORT)));
        assertEquals(List.of(Cause.NO_RESPONSE), causes(fail(Hop.HTTP, Symptom.SILENT)));
    }

    @Test
    void another_path_explains_that_there_is_none_here() {
        assertEquals(
                List.of(Cause.WRONG_PATH),
                causes(fail(Hop.ENGINE, Symptom.NO_ENGINE), fail(Hop.ENGINE, Symptom.ENGINE_AT_OTHER_PATH)));
        assertEquals(List.of(Cause.NOT_SOCKETIO), causes(fail(Hop.ENGINE, Symptom.NO_ENGINE)));
    }

    @Test
    void what_no_rule_explains_is_unexplained_where_it_stopped() {
        List<Diagnosis> diagnoses = diagnose(fail(Hop.TLS, Symptom.TLS_FAILED));
        assertEquals(Cause.UNEXPLAINED, diagnoses.get(0).cause());
        assertEquals(Hop.TLS, diagnoses.get(0).hop());
        assertEquals(Verdict.BROKEN, Verdict.of(diagnoses));
    }

    @Test
    void warnings_alone_degrade() {
        assertEquals(Verdict.DEGRADED, Verdict.of(diagnose(warn(Hop.AUTH, Symptom.AUTH_BYPASSED))));
    }

    @Test
    void an_error_that_was_only_warned_of_is_a_warning() {
        assertEquals(
                Severity.WARNING,
                diagnose(warn(Hop.ENGINE, Symptom.ORIGIN_REFUSED)).get(0).severity());
        assertEquals(
                Severity.ERROR,
                diagnose(warn(Hop.ENGINE, Symptom.ORIGIN_REFUSED), fail(Hop.ENGINE, Symptom.ORIGIN_REFUSED))
                        .get(0)
                        .severity());
    }

    @Test
    void an_ignored_cause_is_told_last_and_is_no_part_of_the_verdict() {
        List<Diagnosis> diagnoses = Diagnostician.diagnose(
                List.of(fail(Hop.NAMESPACE, Symptom.NAMESPACE_UNKNOWN), warn(Hop.TRANSPORT, Symptom.WEBSOCKET_FAILS)),
                ServerFamily.UNKNOWN,
                Set.of(Cause.NAMESPACE_UNKNOWN));
        assertEquals(
                List.of(Cause.WEBSOCKET_BLOCKED, Cause.NAMESPACE_UNKNOWN),
                diagnoses.stream().map(Diagnosis::cause).toList());
        assertEquals(Verdict.DEGRADED, Verdict.of(diagnoses));
    }

    @Test
    void what_is_to_be_done_first_stands_in_front_of_the_fix() {
        Diagnosis diagnosis = diagnose(fail(Hop.AUTH, Symptom.CONNECT_REFUSED).withAdvice("State them."))
                .get(0);
        assertTrue(diagnosis.fix().startsWith("State them. "), diagnosis.fix());
    }

    @Test
    void evidence_is_that_of_the_findings_and_each_said_once() {
        Finding one =
                Finding.fail("namespace./a", Hop.NAMESPACE, Symptom.NAMESPACE_UNKNOWN, "/a", "no /a", "same words");
        Finding other =
                Finding.fail("namespace./b", Hop.NAMESPACE, Symptom.NAMESPACE_UNKNOWN, "/b", "no /b", "same words");
        Diagnosis diagnosis = diagnose(one, other).get(0);
        assertEquals(List.of("same words"), diagnosis.evidence());
        assertTrue(diagnosis.summary().contains("/a, /b"), diagnosis.summary());
    }

    private static List<Diagnosis> diagnose(Finding... findings) {
        return Diagnostician.diagnose(List.of(findings), ServerFamily.UNKNOWN, Set.of());
    }

    private static List<Cause> causes(Finding... findings) {
        return diagnose(findings).stream().map(Diagnosis::cause).toList();
    }

    private static Finding fail(Hop hop, Symptom sign) {
        return Finding.fail(hop.label() + ".check", hop, sign, "it", "seen", "evidence of " + sign);
    }

    private static Finding warn(Hop hop, Symptom sign) {
        return Finding.warn(hop.label() + ".check", hop, sign, "it", "seen", "evidence of " + sign);
    }
}
