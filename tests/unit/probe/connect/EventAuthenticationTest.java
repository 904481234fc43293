package siodiag.probe.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;
import siodiag.target.Flow;
import siodiag.target.FlowFile;
import siodiag.target.Flows;

/** When a client that is disconnected speaks for an authentication by event, and when it is nobody's fault. */
class EventAuthenticationTest {
    private static final LastDisconnect LATE =
            new LastDisconnect("/", "[\"unauthorized\",{\"message\":\"timeout waiting for authentication\"}]", 3000);
    private static final LastDisconnect WORDLESS = new LastDisconnect("/", "", 3000);
    private static final LastDisconnect KICKED = new LastDisconnect("/", "[\"kicked\",{\"reason\":\"no move\"}]", 3000);
    private static final LoginTrial.Answer WELCOME = new LoginTrial.Answer("/", "authenticate", "[\"authenticated\"]");
    private static final Flow PREPARED = FlowFile.parse(
            "{\"name\":\"prepared\",\"setup\":{\"sender\":[{\"event\":\"authenticate\"}]},"
                    + "\"send\":[{\"via\":\"socket\",\"event\":\"e\"}],\"receive\":{\"event\":\"e\"}}",
            "prepared",
            "/");

    @Test
    void without_a_promise_strangers_may_be_disconnected() {
        for (LastDisconnect lastDisconnect : List.of(LATE, WORDLESS, KICKED)) {
            assertEquals(
                    Status.INFO,
                    new EventAuthentication(null, false, false, false, lastDisconnect, null)
                            .finding()
                            .orElseThrow()
                            .status());
        }
    }

    @Test
    void a_flow_whose_setup_authenticates_makes_strangers_of_the_others() {
        assertEquals(
                Status.INFO,
                new EventAuthentication(PREPARED, true, false, false, LATE, null)
                        .finding()
                        .orElseThrow()
                        .status());
        assertFalse(EventAuthentication.isSuspected(PREPARED, true));
    }

    @Test
    void words_of_authentication_against_a_promise_are_an_error() {
        assertEquals(Symptom.LOGIN_REQUIRED, sign(new EventAuthentication(null, true, false, false, LATE, null)));
        assertEquals(Symptom.LOGIN_REQUIRED, sign(new EventAuthentication(Flows.ECHO, false, true, false, LATE, null)));
        assertEquals(
                Symptom.LOGIN_REQUIRED, sign(new EventAuthentication(Flows.ECHO, false, false, false, LATE, null)));
    }

    @Test
    void without_words_it_takes_that_nobody_is_served() {
        assertEquals(
                Symptom.LOGIN_REQUIRED, sign(new EventAuthentication(Flows.ECHO, false, true, false, WORDLESS, null)));
        assertEquals(
                Symptom.CLOSED_IN_USE, sign(new EventAuthentication(Flows.ECHO, false, false, false, WORDLESS, null)));
        assertEquals(Symptom.CLOSED_IN_USE, sign(new EventAuthentication(null, true, false, false, KICKED, null)));
    }

    @Test
    void credentials_that_are_refused_are_why_clients_are_disconnected() {
        assertEquals(Symptom.CLOSED_IN_USE, sign(new EventAuthentication(Flows.ECHO, true, true, true, LATE, null)));
    }

    @Test
    void an_answer_to_the_event_proves_it_and_names_the_event() {
        Finding finding = new EventAuthentication(Flows.ECHO, false, true, true, null, WELCOME)
                .finding()
                .orElseThrow();
        assertEquals(Symptom.LOGIN_REQUIRED, finding.sign());
        assertTrue(finding.subject().contains("authenticate"), finding.subject());
    }

    @Test
    void what_a_silent_client_is_told_as_well_is_no_answer() {
        LoginTrial.Answer same = new LoginTrial.Answer("/", "authenticate", KICKED.message());
        assertEquals(Symptom.CLOSED_IN_USE, sign(new EventAuthentication(Flows.ECHO, true, true, true, KICKED, same)));
    }

    @Test
    void a_client_that_stays_is_no_finding() {
        assertEquals(Optional.empty(), new EventAuthentication(Flows.ECHO, true, true, false, null, null).finding());
        assertFalse(EventAuthentication.isSuspected(null, true));
        assertFalse(EventAuthentication.isSuspected(Flows.ECHO, false));
        assertTrue(EventAuthentication.isSuspected(Flows.ECHO, true));
    }

    @Test
    void an_answer_speaks_of_the_login_and_is_no_echo_of_it() {
        for (String message : List.of(
                "[\"authenticated\"]",
                "[\"unauthorized\",{}]",
                "[{\"error\":\"invalid token\"}]",
                "[\"logged_in\"]",
                "[\"login_success\",1]",
                "[\"authentication_error\"]",
                "[\"auth_ok\"]")) {
            assertTrue(LoginTrial.isAnswer(message), message);
        }
        for (String message : List.of(
                "[\"echo_authenticate\",{\"token\":\"x\"}]",
                "[{\"status\":\"ok\",\"event\":\"login\"}]",
                "[\"echo_login\",{\"token\":\"x\"}]",
                "[\"echo_auth\",{}]",
                "[\"heartbeat\",{}]",
                "[\"message\",\"hello\"]")) {
            assertFalse(LoginTrial.isAnswer(message), message);
        }
    }

    private static Symptom sign(EventAuthentication judge) {
        return judge.finding().orElseThrow().sign();
    }
}
