package siodiag.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import siodiag.core.Deadline;
import siodiag.core.Json;
import siodiag.core.Scope;
import siodiag.target.Flow;
import siodiag.target.FlowFile;
import siodiag.target.Flows;
import siodiag.target.Marks;

/** Marks: where they are put, and how an event is known again by them. */
class LedgerTest {
    private static final Flow FLOW = FlowFile.parse(
            "{\"send\":[{\"event\":\"say\",\"args\":[\"a {mark} b\",{\"{mark}\":[\"{mark}\"]}]}],\"receive\":{\"event\":\"said\"}}",
            "test",
            "/");

    private final Ledger ledger = new Ledger(null);
    private final Ledger.Entry entry = ledger.open(FLOW.send().get(0));

    @Test
    void the_mark_stands_in_texts_and_names_of_fields_at_any_depth_and_nowhere_else() {
        String mark = entry.mark;
        assertEquals("[\"a " + mark + " b\", {\"" + mark + "\":[\"" + mark + "\"]}]", entry.args.toString());
        assertFalse(entry.args.toString().contains(Marks.FIELD));
    }

    @Test
    void every_object_of_a_tagged_event_has_the_mark() {
        Flow.Send nested = Flows.ECHO.send().get(1);
        Ledger.Entry tagged = ledger.open(nested);
        assertEquals(tagged.mark, tagged.args.get(0).path(Marks.FIELD).asText());
        assertEquals(
                tagged.mark,
                tagged.args.get(0).path("parameters").path(Marks.FIELD).asText());
    }

    @Test
    void an_event_is_known_by_its_mark_wherever_it_turns_up() {
        arrive("one", "said", "{\"user\":\"x\",\"text\":\"<i>" + entry.mark + "</i>\"}");
        arrive("two", "other", "[[\"" + entry.mark.toUpperCase(Locale.ROOT) + "\"]]");
        assertEquals(
                List.of("one", "two"),
                entry.arrivals().stream().map(Ledger.Arrival::observer).toList());
    }

    @Test
    void a_list_that_grows_is_no_repetition_of_what_was_there_before() {
        Ledger.Entry second = ledger.open(FLOW.send().get(0));
        arrive("one", "all", "[\"" + entry.mark + "\"]");
        arrive("one", "all", "[\"" + entry.mark + "\",\"" + second.mark + "\"]");
        assertEquals(1, entry.arrivals().size());
        assertEquals(1, second.arrivals().size());
        arrive("one", "all", "[\"" + second.mark + "\"]");
        assertEquals(2, second.arrivals().size(), "by itself it is one");
    }

    @Test
    void the_marks_of_clients_differ_and_are_those_of_no_event() {
        String client = ledger.clientMark();
        assertNotEquals(client, ledger.clientMark());
        arrive("one", "joined", "\"" + client + "\"");
        assertTrue(entry.arrivals().isEmpty());
    }

    @Test
    void what_an_acknowledgement_must_have_may_hold_the_mark() {
        Ledger asking = new Ledger(Json.parse("{\"id\":\"{mark}\"}"));
        Ledger.Entry asked = asking.open(FLOW.send().get(0));
        asked.acknowledged(Json.parse("[{\"id\":\"" + asked.mark + "\"}]"));
        assertEquals(List.of(), asked.lacks());
        asked.acknowledged(Json.parse("[{\"id\":\"other\"}]"));
        assertEquals(1, asked.lacks().size());
    }

    @Test
    void whoever_waits_goes_on_with_the_change_and_not_before_the_deadline_without_it() throws Exception {
        assertFalse(ledger.await(() -> !entry.arrivals().isEmpty(), Deadline.in(Duration.ofMillis(30))));
        CountDownLatch looked = new CountDownLatch(1);
        CompletableFuture<Boolean> waiting = Scope.current()
                .fork(
                        "waiting",
                        () -> ledger.await(
                                () -> {
                                    looked.countDown();
                                    return !entry.arrivals().isEmpty();
                                },
                                Deadline.in(Duration.ofMinutes(1))));
        looked.await();
        arrive("one", "said", "\"" + entry.mark + "\"");
        assertTrue(waiting.get(10, TimeUnit.SECONDS));
    }

    private void arrive(String observer, String event, String argument) {
        ledger.arrived(new Ledger.Arrival(observer, "/", event, Json.parse("[\"" + event + "\"," + argument + "]"), 1));
    }
}
