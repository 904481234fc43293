package siodiag.probe.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;

/** What a number of connections means that is served at the same time. */
class ConnectionLimitTest {

    @Test
    void one_more_is_served_only_when_another_ends() {
        Finding finding = new ConnectionLimit(2, "no answer for 1000 ms", "the same one was served")
                .finding()
                .orElseThrow();
        assertEquals(Symptom.CONNECTION_LIMIT_REACHED, finding.sign());
        assertTrue(finding.subject().startsWith("2 connections"), finding.subject());
    }

    @Test
    void where_the_end_of_another_does_not_help_it_is_no_limit() {
        assertTrue(new ConnectionLimit(2, "no answer for 1000 ms", "").finding().isEmpty());
    }

    @Test
    void a_refusal_by_policy_is_the_application_s_own_decision() {
        assertEquals(
                Status.INFO,
                new ConnectionLimit(1, "HTTP 403 Forbidden", "another try was served")
                        .finding()
                        .orElseThrow()
                        .status());
        assertEquals(
                Status.FAIL,
                new ConnectionLimit(1, "HTTP 503 Service Unavailable", "another try was served")
                        .finding()
                        .orElseThrow()
                        .status());
    }
}
