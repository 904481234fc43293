package siodiag.probe.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import siodiag.core.Json;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;
import siodiag.protocol.ConnectResult;
import siodiag.protocol.Offsets;

/** Whether a client that came back was recovered, and why not. */
class RecoveryTest {
    private static final ConnectResult SAME = new ConnectResult.Connected("before", "p");
    private static final ConnectResult OTHER = new ConnectResult.Connected("another", "q");

    @Test
    void the_same_sid_is_recovered() {
        assertEquals(Status.PASS, came(SAME, null).status());
    }

    @Test
    void another_sid_is_not() {
        Finding finding = came(OTHER, OTHER);
        assertEquals(Symptom.NOT_RECOVERED, finding.sign());
        assertEquals(Status.WARN, finding.status());
        assertTrue(
                finding.evidence().get(1).contains("maxDisconnectionDuration"),
                finding.evidence().toString());
    }

    @Test
    void one_connection_of_two_tells_of_several_processes() {
        assertTrue(came(OTHER, SAME).evidence().get(1).contains("different processes"));
    }

    @Test
    void a_refusal_is_told_in_the_server_s_words() {
        Finding finding = came(new ConnectResult.ConnectError("{\"message\":\"expired\"}"), null);
        assertEquals("refused by a middleware", finding.subject());
        assertTrue(finding.evidence().get(0).contains("expired"));
    }

    @Test
    void without_events_nothing_can_be_said_and_with_events_without_offset_it_can_t_work() {
        assertEquals(Status.INFO, Recovery.withoutOffset("/", 0).status());
        assertEquals(Status.WARN, Recovery.withoutOffset("/", 2).status());
    }

    @Test
    void offsets_are_the_last_argument_of_events() {
        Offsets offsets = new Offsets();
        offsets.event("/", "hello", Json.parse("[\"hello\"]"), 0);
        offsets.event("/", "told", Json.parse("[\"told\",\"two words\"]"), 0);
        assertEquals(Optional.empty(), offsets.last("/"));
        offsets.event("/", "told", Json.parse("[\"told\",{\"a\":1},\"Q81xyz-1\"]"), 0);
        offsets.event("/", "told", Json.parse("[\"told\",{\"a\":1}]"), 0);
        assertEquals(Optional.of("Q81xyz-1"), offsets.last("/"));
        assertEquals(4, offsets.events("/"));
    }

    private static Finding came(ConnectResult answer, ConnectResult again) {
        return new Recovery("/", "before", 510, answer, again).finding();
    }
}
