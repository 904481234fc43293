package siodiag.probe.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import siodiag.catalogue.Hop;
import siodiag.core.Json;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;
import siodiag.ledger.DeliveryReport;
import siodiag.ledger.EventBatch;
import siodiag.ledger.Ledger;
import siodiag.protocol.ServerFamily;
import siodiag.target.Flow;
import siodiag.target.FlowFile;

/** What is said of events from what became of them. */
class RelayJudgeTest {
    private static final Flow CHAT = FlowFile.parse(
            "{\"send\":[{\"event\":\"say\",\"args\":[\"hi {mark}\"]}],\"receive\":{\"event\":\"said\"}}", "test", "/");
    private static final Flow RPC = FlowFile.parse(
            "{\"send\":[{\"event\":\"add\",\"args\":[2,3]}],\"receive\":{\"ack\":{\"sum\":5}}}", "test", "/");
    private static final List<String> OBSERVERS = List.of("receiver 1", "receiver 2");

    private final Ledger ledger = new Ledger(RPC.receive().ack());

    @Test
    void all_arrive() {
        EventBatch group = sent(CHAT, 3, OBSERVERS);
        group.entries().forEach(entry -> OBSERVERS.forEach(name -> arrive(entry, name, "said")));
        assertTrue(judge(group).stream().noneMatch(Finding::isTrouble));
        assertEquals(6, group.received());
    }

    @Test
    void nothing_at_all_is_a_missing_handler_with_what_it_can_be() {
        EventBatch group = sent(CHAT, 2, OBSERVERS);
        Finding node = trouble(group, Observations.none(group), ServerFamily.NODE);
        assertEquals(Symptom.NO_REACTION, node.sign());
        assertTrue(
                node.evidence().toString().contains("a room that no observer is in"),
                node.evidence().toString());
        Finding python = trouble(group, Observations.none(group), ServerFamily.PYTHON);
        assertFalse(python.evidence().toString().contains("room"), "python-socketio would have acknowledged");
    }

    @Test
    void acknowledged_only_is_not_relayed() {
        EventBatch group = sent(CHAT, 1, OBSERVERS);
        group.entries().get(0).acknowledged(Json.parse("[]"));
        Finding finding = trouble(group, Observations.none(group), ServerFamily.PYTHON);
        assertEquals(Symptom.NOT_DELIVERED, finding.sign());
        assertTrue(
                finding.evidence().toString().contains("no handler at all"),
                finding.evidence().toString());
    }

    @Test
    void what_comes_back_to_the_sender_as_it_should_reach_others_is_sender_only() {
        EventBatch group = sent(CHAT, 1, OBSERVERS);
        arrive(group.entries().get(0), EventBatch.SENDER, "said");
        assertEquals(
                Symptom.DELIVERED_TO_SENDER,
                trouble(group, Observations.none(group), ServerFamily.NODE).sign());
    }

    @Test
    void a_catch_all_that_answers_its_sender_otherwise_is_no_relay() {
        EventBatch group = sent(CHAT, 1, OBSERVERS);
        arrive(group.entries().get(0), EventBatch.SENDER, "unknown");
        Finding finding = trouble(group, Observations.none(group), ServerFamily.NODE);
        assertEquals(Symptom.NO_REACTION, finding.sign());
        assertTrue(
                finding.evidence().toString().contains("the sender itself receives"),
                finding.evidence().toString());
    }

    @Test
    void another_name_is_named_in_quotes() {
        EventBatch group = sent(CHAT, 1, OBSERVERS);
        arrive(group.entries().get(0), "receiver 2", "chat message");
        Finding finding = trouble(group, Observations.none(group), ServerFamily.NODE);
        assertEquals(Symptom.OTHER_EVENT, finding.sign());
        assertEquals("\"said\" arrives as \"chat message\"", finding.subject());
    }

    @Test
    void what_only_a_burst_loses_is_told_with_both_figures() {
        EventBatch group = sent(CHAT, 4, OBSERVERS);
        OBSERVERS.forEach(name -> arrive(group.entries().get(0), name, "said"));
        EventBatch single = sent(CHAT, 3, OBSERVERS);
        single.entries().forEach(entry -> OBSERVERS.forEach(name -> arrive(entry, name, "said")));
        Finding finding = trouble(
                group, new Observations(Optional.of(single), Optional.empty(), 0, Optional.empty()), ServerFamily.NODE);
        assertEquals(Symptom.PARTLY_LOST, finding.sign());
        assertTrue(
                finding.evidence().contains("in a burst of 4, 2 of 8 arrived; one by one all 3 arrive"),
                finding.evidence().toString());
        EventBatch deaf = sent(CHAT, 4, OBSERVERS);
        assertEquals(
                Symptom.PARTLY_LOST,
                trouble(
                                deaf,
                                new Observations(Optional.of(single), Optional.empty(), 0, Optional.empty()),
                                ServerFamily.NODE)
                        .sign());
    }

    @Test
    void what_is_lost_with_an_acknowledgement_that_speaks_of_the_rate_is_limited() {
        EventBatch group = sent(CHAT, 2, OBSERVERS);
        OBSERVERS.forEach(name -> arrive(group.entries().get(0), name, "said"));
        group.entries().get(1).acknowledged(Json.parse("[{\"sum\":5,\"error\":\"rate limit exceeded\"}]"));
        assertEquals(
                Symptom.RATE_LIMITED,
                trouble(group, Observations.none(group), ServerFamily.NODE).sign());
    }

    @Test
    void bytes_that_came_without_content_are_lost_events() {
        EventBatch group = sent(CHAT, 2, OBSERVERS);
        arrive(group.entries().get(0), EventBatch.SENDER, "said");
        ledger.cameEmpty("receiver 2", "451-");
        Finding finding = trouble(group, Observations.none(group), ServerFamily.JAVA);
        assertEquals(Symptom.PARTLY_LOST, finding.sign());
        assertTrue(
                finding.evidence().toString().contains("\"451-\""),
                finding.evidence().toString());
    }

    @Test
    void one_observer_of_two_is_another_node_only_where_several_processes_were_seen() {
        EventBatch group = sent(CHAT, 2, OBSERVERS);
        group.entries().forEach(entry -> arrive(entry, "receiver 1", "said"));
        Finding lost = trouble(group, Observations.none(group), ServerFamily.NODE);
        assertEquals(Symptom.PARTLY_LOST, lost.sign());
        assertTrue(
                lost.evidence().contains("receiver 1 received 2, receiver 2 received 0 of 2 each"),
                lost.evidence().toString());
        Observations balanced =
                new Observations(Optional.empty(), Optional.empty(), 0, Optional.of("several processes"));
        assertEquals(
                Symptom.CROSS_NODE_LOST,
                trouble(group, balanced, ServerFamily.NODE).sign());
    }

    @Test
    void newcomers_that_do_the_same_and_fare_differently_are_with_another_process_only_where_one_was_seen() {
        EventBatch group = sent(CHAT, 1, OBSERVERS);
        EventBatch trial = sent(
                CHAT,
                1,
                List.of("receiver 1", "receiver 2", "late joiner 1", "late joiner 2", LateJoinerCheck.DASHBOARD));
        arrive(trial.entries().get(0), "late joiner 2", "said");
        Observations alone = new Observations(Optional.empty(), Optional.of(trial), 0, Optional.empty());
        assertEquals(
                Symptom.PARTLY_LOST, trouble(group, alone, ServerFamily.NODE).sign());
        Observations balanced =
                new Observations(Optional.empty(), Optional.of(trial), 0, Optional.of("several processes"));
        assertEquals(
                Symptom.CROSS_NODE_LOST,
                trouble(group, balanced, ServerFamily.NODE).sign());
    }

    @Test
    void who_asked_to_join_is_no_newcomer_like_the_others() {
        Flow rooms = FlowFile.parse(
                "{\"send\":[{\"event\":\"say\",\"args\":[\"{mark}\"]}],\"receive\":{\"event\":\"said\"},"
                        + "\"join\":{\"event\":\"join\"}}",
                "test",
                "/");
        EventBatch group = sent(rooms, 1, OBSERVERS);
        EventBatch trial =
                sent(rooms, 1, List.of("receiver 1", "receiver 2", "late joiner 1", LateJoinerCheck.DASHBOARD));
        arrive(trial.entries().get(0), LateJoinerCheck.DASHBOARD, "said");
        assertEquals(
                Symptom.DELIVERED_AFTER_JOIN,
                trouble(
                                group,
                                new Observations(Optional.empty(), Optional.of(trial), 0, Optional.empty()),
                                ServerFamily.NODE)
                        .sign());
    }

    @Test
    void what_is_only_acknowledged_needs_no_observer_and_has_no_relay() {
        EventBatch group = sent(RPC, 2, List.of());
        group.entries().forEach(entry -> entry.acknowledged(Json.parse("[{\"sum\":5}]")));
        List<Finding> findings = judge(group);
        assertEquals(1, findings.size());
        assertEquals(Hop.EVENT, findings.get(0).hop());
        assertEquals(Status.PASS, findings.get(0).status());
        assertEquals(2, new DeliveryReport(ledger, List.of(group)).figures().received());
    }

    @Test
    void an_acknowledgement_that_is_missing_or_has_not_what_it_must_have_is_told() {
        EventBatch none = sent(RPC, 2, List.of());
        assertEquals(
                Symptom.NO_REACTION,
                trouble(none, Observations.none(none), ServerFamily.NODE).sign());
        EventBatch wrong = sent(RPC, 1, List.of());
        wrong.entries().get(0).acknowledged(Json.parse("[{\"sum\":6}]"));
        Finding finding = trouble(wrong, Observations.none(wrong), ServerFamily.NODE);
        assertEquals(Symptom.FIELDS_CHANGED, finding.sign());
        assertTrue(finding.detail().contains("expected 5, received 6"), finding.detail());
        EventBatch half = sent(RPC, 2, List.of());
        half.entries().get(0).acknowledged(Json.parse("[{\"sum\":5}]"));
        assertEquals(
                Symptom.PARTLY_LOST,
                trouble(half, Observations.none(half), ServerFamily.NODE).sign());
    }

    private EventBatch sent(Flow flow, int events, List<String> observers) {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            Ledger.Entry entry = ledger.open(flow.send().get(0));
            entry.sent();
            entries.add(entry);
        }
        return new EventBatch(flow, flow.send().get(0), entries, observers);
    }

    private void arrive(Ledger.Entry entry, String observer, String event) {
        ledger.arrived(new Ledger.Arrival(
                observer,
                "/",
                event,
                Json.MAPPER
                        .createArrayNode()
                        .add(event)
                        .addAll(entry.args.isEmpty() ? List.of() : entry.args)
                        .add(entry.mark),
                System.nanoTime()));
    }

    private List<Finding> judge(EventBatch group) {
        return judge(group, Observations.none(group), ServerFamily.NODE);
    }

    private List<Finding> judge(EventBatch group, Observations looks, ServerFamily family) {
        return new RelayJudge(new DeliveryReport(ledger, List.of(group)), 0, 0, family).judge(group, looks);
    }

    private Finding trouble(EventBatch group, Observations looks, ServerFamily family) {
        List<Finding> troubles =
                judge(group, looks, family).stream().filter(Finding::isTrouble).toList();
        assertEquals(1, troubles.size(), troubles.toString());
        return troubles.get(0);
    }
}
