package siodiag.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import siodiag.core.Json;
import siodiag.target.Flow;
import siodiag.target.Flows;

/** The deliveries of a sender that stays, by marks, and of a record, by names. */
class DeliveriesTest {
    private static final JsonNode ANYTHING = Json.parse("[\"said\",{}]");

    @Test
    void what_was_sent_while_both_were_connected_must_arrive() throws InterruptedException {
        MarkedDeliveries deliveries = new MarkedDeliveries(1);
        deliveries.sent(1, "hook-a"); // nobody listens yet
        deliveries.connected();
        deliveries.sent(2, "hook-b");
        deliveries.received("/", "said", Json.parse("[\"said\",{\"id\":\"hook-b\"}]"));
        deliveries.sent(3, "hook-c");
        deliveries.awaitSettled();
        assertEquals(1, deliveries.lost());
        assertEquals(", delivered 1 of 2", deliveries.summary());
        assertEquals(
                "1 of 2 events did not reach the receiver over stable connections: [#3]", deliveries.describeLost());
    }

    @Test
    void an_interruption_takes_what_is_on_its_way_and_nothing_else() throws InterruptedException {
        MarkedDeliveries deliveries = new MarkedDeliveries(60_000);
        deliveries.connected();
        deliveries.sent(1, "hook-a");
        deliveries.disconnected();
        deliveries.sent(2, "hook-b");
        deliveries.awaitSettled();
        assertEquals(0, deliveries.expected());
        assertEquals(0, deliveries.lost());
    }

    @Test
    void events_of_a_record_are_expected_where_the_flow_knows_them() {
        Flow flow = Flows.stated("say", List.of("\"{mark}\""), "said", "/");
        NamedDeliveries deliveries = new NamedDeliveries(flow, flow.sends(List.of("/")));
        deliveries.sent("/", "say", false);
        deliveries.sent("/", "say", false);
        deliveries.sent("/", "other", false);
        deliveries.received("/", "said", ANYTHING);
        deliveries.received("/", "tick", ANYTHING);
        assertEquals(2, deliveries.expected());
        assertEquals(1, deliveries.lost());
        assertEquals(2, deliveries.arrived());
        assertEquals(List.of("\"said\" in /: 1 of 2"), deliveries.missing());
        assertEquals(", delivered 1 of 2", deliveries.summary());
    }

    @Test
    void without_a_flow_nothing_is_expected() {
        NamedDeliveries deliveries = new NamedDeliveries(null, List.of());
        deliveries.sent("/", "say", false);
        assertEquals(0, deliveries.expected());
        assertTrue(deliveries.summary().isEmpty());
    }
}
