package siodiag.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Hop;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;

/** A hop's line tells what matters of the hop, not its last check. */
class HopLineTest {

    @Test
    void the_transports_are_named_together() {
        assertEquals(
                "polling and WebSocket work, and the upgrade between them",
                line(
                                pass("transport.polling", Hop.TRANSPORT, "5 packets each way over polling, 31.9 ms"),
                                pass("transport.websocket", Hop.TRANSPORT, "WebSocket opens directly"),
                                pass("transport.upgrade", Hop.TRANSPORT, "polling upgrades to WebSocket"))
                        .detail());
        assertEquals(
                "WebSocket opens directly",
                line(pass("transport.websocket", Hop.TRANSPORT, "WebSocket opens directly"))
                        .detail());
    }

    @Test
    void namespaces_are_named_where_they_are_few_and_counted_where_they_are_many() {
        assertEquals("/ connects", line(namespace("/")).detail());
        assertEquals(
                "/, /chat accept the client",
                line(namespace("/"), namespace("/chat")).detail());
        assertEquals(
                "4 namespaces accept the client",
                line(namespace("/a"), namespace("/b"), namespace("/c"), namespace("/d"))
                        .detail());
    }

    @Test
    void the_payload_is_not_what_matters_of_events() {
        HopLine line = line(
                pass("event.payload", Hop.EVENT, "61440 bytes in one packet are accepted"),
                pass("event./.say", Hop.EVENT, "\"say\" to / is acknowledged"));
        assertEquals("\"say\" to / is acknowledged", line.detail());
        assertEquals(2, line.checks());
    }

    @Test
    void what_is_wrong_comes_first_and_more_of_it_behind() {
        Finding first = fail("relay./.a", "a is lost");
        Finding second = fail("relay./.b", "b is lost");
        HopLine line = line(pass("relay./.c", Hop.RELAY, "c arrives"), first, second);
        assertEquals(Status.FAIL, line.status());
        assertEquals("a is lost", line.detail());
        assertEquals(List.of(second), line.others());
    }

    private static Finding namespace(String name) {
        return pass("namespace." + name, Hop.NAMESPACE, name + " connects");
    }

    private static Finding pass(String id, Hop hop, String detail) {
        return Finding.pass(id, hop, detail);
    }

    private static Finding fail(String id, String detail) {
        return Finding.fail(id, Hop.RELAY, Symptom.PARTLY_LOST, "x", detail);
    }

    private static HopLine line(Finding... findings) {
        List<HopLine> lines = HopLine.of(Results.of(Results.target(), false, findings));
        assertEquals(1, lines.size());
        return lines.get(0);
    }
}
