package siodiag.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import siodiag.core.UsageException;

/** Flow files: what they can say, and in which words and at which place they are wrong. */
class FlowFileTest {

    @Test
    void a_flow_that_names_no_namespace_is_one_of_the_default_namespace() {
        Flow flow = parse(
                """
                { "send": [ { "event": "chat message", "args": ["hello {mark}", 3] } ],
                  "receive": { "event": "chat message" } }""");
        assertEquals(List.of("/"), flow.namespaces());
        Flow.Send send = flow.sends(List.of("/")).get(0);
        assertEquals("/", flow.receiveNamespace(send));
        assertEquals("[\"hello {mark}\", 3]", send.args().toString());
        assertEquals("\"chat message\" to /", send.label());
        assertFalse(send.tagged());
    }

    @Test
    void the_only_namespace_that_is_stated_is_meant_where_a_flow_names_none() {
        Flow flow = FlowFile.parse("{\"send\":[{\"event\":\"e\"}],\"receive\":{\"ack\":true}}", "test", "/shop");
        assertEquals(List.of("/shop"), flow.namespaces());
    }

    @Test
    void an_object_without_a_mark_is_tagged_and_others_are_not() {
        assertTrue(sendOf("\"data\": {\"a\": 1}").tagged());
        assertFalse(sendOf("\"data\": {\"a\": \"{mark}\"}").tagged());
        assertFalse(sendOf("\"args\": [{\"{mark}\": 1}]").tagged());
        assertTrue(sendOf("\"namespace\": \"/x\"").tagged(), "data that is left out is an object without fields");
    }

    @Test
    void a_flow_that_only_acknowledges_needs_no_mark_and_gets_none() {
        Flow flow = parse("{\"send\":[{\"event\":\"add\",\"args\":[2,3]}],\"receive\":{\"ack\":{\"sum\":5}}}");
        assertFalse(flow.receive().isRelayed());
        assertEquals("{\"sum\":5}", flow.receive().ack().toString());
        Flow object = parse("{\"send\":[{\"event\":\"add\",\"data\":{}}],\"receive\":{\"ack\":true}}");
        assertFalse(object.send().get(0).tagged());
    }

    @Test
    void set_up_steps_wait_for_an_acknowledgement_an_event_or_nothing() {
        Flow flow = parse(
                """
                { "setup": { "sender": [ { "event": "login", "args": ["d-{mark}"], "wait": "ack" } ],
                             "dashboard": [ { "event": "join", "wait": "joined" }, { "event": "ready", "wait": null } ] },
                  "send": [ { "event": "say", "args": ["{mark}"] } ], "receive": { "event": "said" } }""");
        assertTrue(flow.setup().sender().get(0).awaitsAck());
        assertEquals("joined", flow.setup().dashboard().get(0).waitFor());
        assertNull(flow.setup().dashboard().get(1).waitFor());
        assertEquals(List.of(), flow.setup().dashboard().get(1).args());
    }

    @Test
    void bytes_are_bytes_wherever_they_stand() {
        Flow.Send send = sendOf("\"args\": [\"{mark}\", {\"file\": {\"$bytes\": \"AQL/\"}}]");
        assertTrue(send.args().get(1).path("file").isBinary());
        assertEquals("\"e\" to / with bytes", send.label());
    }

    @Test
    void what_goes_over_http_needs_its_path_and_no_namespace_under_test() {
        Flow flow = parse(
                """
                { "send": [ { "via": "http", "path": "/api", "data": ["{mark}"] } ], "receive": { "event": "*" } }""");
        assertEquals("POST /api", flow.sends(List.of("/other")).get(0).label());
        assertTrue(flow.receive().anyEvent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"send":[{"event":"a","args":["{mark}"]},{"evnt":"b"}],"receive":{"event":"a"}} | send[1].evnt: unknown field; did you mean "event"?
            {"send":[{"event":"a"}],"recieve":{"event":"a"}} | recieve: unknown field; did you mean "receive"?
            {"send":[{"event":"a"}],"receive":{"event":"a"},"qqqqqqqqq":1} | qqqqqqqqq: unknown field; known fields: comment, join, name, namespaces, observers, receive, send, setup
            {"send":[{"event":"a"}]} | receive: is missing
            {"send":[{"event":"a"}],"receive":{}} | receive: names neither an "event" nor an "ack"
            {"send":[{"event":"a"}],"receive":{"ack":false}} | receive.ack: must be true, or the fields
            {"send":[],"receive":{"ack":true}} | send: must list at least one event
            {"send":{},"receive":{"ack":true}} | send: must be an array
            {"send":[null],"receive":{"ack":true}} | send[0]: must be an object
            {"send":["x"],"receive":{"ack":true}} | send[0]: must be an object
            {"send":[{"event":5}],"receive":{"ack":true}} | send[0].event: must be a string
            {"send":[{}],"receive":{"ack":true}} | send[0].event: is missing
            {"send":[{"event":"disconnect"}],"receive":{"ack":true}} | send[0].event: "disconnect" is reserved
            {"send":[{"event":"a","args":"x"}],"receive":{"ack":true}} | send[0].args: must be an array
            {"send":[{"event":"a","args":["x"]}],"receive":{"event":"a"}} | send[0]: {mark} must occur in "args"
            {"send":[{"event":"a","data":"x"}],"receive":{"event":"a"}} | send[0]: {mark} must occur in "data"
            {"send":[{"event":"a","data":{},"args":[]}],"receive":{"ack":true}} | send[0]: has both "data" and "args"
            {"send":[{"event":"a","via":"mail"}],"receive":{"ack":true}} | send[0].via: is "mail"
            {"send":[{"event":"a","path":"/x"}],"receive":{"ack":true}} | send[0].path: requires \"via\": \"http\"
            {"send":[{"via":"http"}],"receive":{"ack":true}} | send[0].path: is missing
            {"send":[{"via":"http","path":"x"}],"receive":{"ack":true}} | send[0].path: must begin with a slash
            {"send":[{"via":"http","path":"/x"}],"receive":{"ack":{"a":1}}} | receive.ack: can only be true where "via" is http
            {"send":[{"event":"a","args":[{"$bytes":"?"}]}],"receive":{"ack":true}} | send[0].args[0].$bytes: must be Base64
            {"setup":{"sender":[{"event":"l","wait":5}]},"send":[{"event":"a"}],"receive":{"ack":true}} | setup.sender[0].wait: must be "ack"
            {"setup":{"hook":[]},"send":[{"event":"a"}],"receive":{"ack":true}} | setup.hook: unknown field
            {"observers":0,"send":[{"event":"a"}],"receive":{"event":"a"}} | observers: from 1 to 100
            {"observers":"x","send":[{"event":"a"}],"receive":{"event":"a"}} | observers: must be a number
            {"join":{},"send":[{"event":"a"}],"receive":{"ack":true}} | join.event: is missing
            {"send":[],"send":[]} | not valid JSON (line 1, column 18)
            {"send":[ | not valid JSON (line 1, column
            null | must be an object
            [] | must be an object
            """)
    void what_is_wrong_is_told_in_one_line_with_its_place(String file, String told) {
        String message = assertThrows(UsageException.class, () -> parse(file)).getMessage();
        assertTrue(message.startsWith("test: " + told), message);
        assertFalse(message.contains("\n"), message);
    }

    @Test
    void a_flow_of_options_takes_several_arguments_of_any_type() {
        Flow flow = Flows.stated("draw", List.of("\"{mark}\"", "[1,2]", "null"), "drawn", "/");
        assertEquals(3, flow.send().get(0).args().size());
        assertEquals("drawn", flow.receive().event());
        assertEquals(
                List.of(),
                Flows.stated("ping", List.of(), "ack", "/").send().get(0).args());
        assertTrue(Flows.stated("say", List.of("{\"text\":\"hi\"}"), "said", "/")
                .send()
                .get(0)
                .tagged());
    }

    @Test
    void plain_text_as_an_argument_is_refused_with_the_right_quotes() {
        String message = assertThrows(
                        UsageException.class, () -> Flows.stated("say", List.of("it's {mark}"), "said", "/"))
                .getMessage();
        assertEquals("--data: not valid JSON; a string needs quotes, such as --data '\"hello {mark}\"'", message);
        String unmarked = assertThrows(UsageException.class, () -> Flows.stated("say", List.of("5"), "said", "/"))
                .getMessage();
        assertTrue(unmarked.startsWith("--send say: {mark} must occur in one of its --data"), unmarked);
    }

    @Test
    void a_report_repeats_the_options_of_a_flow() {
        Flow flow = Flows.stated("chat message", List.of("\"{mark}\"", "3"), "chat message", "/");
        assertEquals(
                List.of("--send", "chat message", "--data", "\"{mark}\"", "--data", "3", "--expect", "chat message"),
                new Stated(null, flow, "--send", java.util.Set.of()).flowArguments());
    }

    @Test
    void observers_can_be_as_few_as_the_application_takes() {
        assertEquals(
                1,
                parse("{\"observers\":1,\"send\":[{\"event\":\"e\"}],\"receive\":{\"event\":\"r\"}}")
                        .observers());
        assertEquals(2, Flows.ECHO.observers());
    }

    @Test
    void only_the_echo_flow_promises_that_every_field_arrives() {
        assertTrue(Flows.ECHO.strict());
        assertTrue(Flows.ECHO.send().stream().allMatch(Flow.Send::tagged));
        assertFalse(Flows.CLAUDE_MPM.strict());
        assertEquals(
                List.of("/a"),
                Flows.ECHO.sends(List.of("/a")).stream()
                        .map(Flow.Send::namespace)
                        .toList());
    }

    private static Flow.Send sendOf(String fields) {
        return parse("{\"send\":[{\"event\":\"e\"," + fields + "}],\"receive\":{\"event\":\"r\"}}")
                .send()
                .get(0);
    }

    private static Flow parse(String text) {
        return FlowFile.parse(text, "test", "/");
    }
}
