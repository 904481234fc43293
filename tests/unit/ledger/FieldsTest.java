package siodiag.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import siodiag.core.Json;

/** What counts as changed on the way, for a flow that promises the whole data and for one that does not; acknowledgements. */
class FieldsTest {
    private static final String MARK = "diag-1-0";

    @Test
    void fields_may_be_added_and_null_may_be_left_out() {
        assertEquals(List.of(), altered("{\"a\":1,\"b\":null}", "[\"e\",{\"a\":1.0,\"at\":5}]"));
    }

    @Test
    void where_all_is_promised_a_field_that_is_missing_or_changed_is_named() {
        assertEquals(List.of("field \"a\" is missing"), altered("{\"a\":1}", "[\"e\",{}]"));
        assertEquals(
                List.of("field \"a.b[1]\": expected 2, received 3"),
                altered("{\"a\":{\"b\":[1,2]}}", "[\"e\",{\"a\":{\"b\":[1,3]}}]"));
        assertEquals(List.of("no argument is an object"), altered("{\"a\":1}", "[\"e\",\"text\"]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ["hi MARK"] | ["e",{"user":"a","text":"hi MARK"}]
            ["hi MARK"] | ["e","<b>hi MARK</b>"]
            ["hi MARK"] | ["e","HI MARK"]
            [{"text":"hi MARK","room":"lobby"}] | ["e",{"text":"hi MARK","from":"a"}]
            [{"text":"hi MARK"}] | ["e","hi MARK"]
            ["MARK",3] | ["e",{"id":"MARK","n":4}]
            [1,"MARK"] | ["e",[{"x":"MARK"}]]
            ["MARK","by"] | ["e",{"text":"MARK","by":"by"},"offset of a connection state recovery"]
            """)
    void an_application_may_reshape_what_it_relays(String sent, String arrived) {
        assertEquals(List.of(), changed(sent, arrived));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ["Grüße MARK"] | ["e","GrÃ¼ÃŸe MARK"]
            ["hello MARK and more"] | ["e",{"text":"hello MARK"}]
            [{"text":"MARK","n":3}] | ["e",{"text":"MARK","n":4}]
            [{"text":"MARK","n":3}] | ["e",{"text":"MARK","n":"3"}]
            ["MARK",3] | ["e","MARK",4]
            """)
    void a_value_that_arrives_under_its_own_name_and_changed_is_told(String sent, String arrived) {
        assertFalse(changed(sent, arrived).isEmpty());
    }

    @Test
    void bytes_are_the_same_as_their_base64() {
        ArrayNode packet = Json.MAPPER.createArrayNode().add("e");
        packet.addObject().put("id", MARK).put("bytes", new byte[] {1, 2, 3});
        assertEquals(
                List.of(),
                Fields.changed(List.of(Json.parse("{\"id\":\"" + MARK + "\",\"bytes\":\"AQID\"}")), packet, MARK));
        assertFalse(Fields.changed(List.of(Json.parse("{\"id\":\"" + MARK + "\",\"bytes\":\"BQID\"}")), packet, MARK)
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            textBlock =
                    """
            {"ok":true} | [{"ok":true,"id":7}] | -
            {"ok":true} | [null,{"ok":true}] | -
            ["ok",1] | ["ok",1] | -
            [1,2] | [[1,2]] | -
            "ok" | ["ok"] | -
            {"a":{"b":1}} | [{"a":{"b":1,"c":2}}] | -
            {"ok":true} | [{"ok":false}] | field "ok": expected true, received false
            {"ok":true} | [{}] | field "ok" is missing
            {"ok":true} | [] | it has no arguments
            "ok" | ["no"] | value: expected "ok", received "no"
            ["ok",1] | ["ok"] | value: expected ["ok",1], received ["ok"]
            """)
    void an_acknowledgement_must_have_what_the_flow_says_and_may_have_more(
            String expected, String answer, String lacks) {
        assertEquals(
                lacks == null ? List.of() : List.of(lacks), Fields.lacking(Json.parse(expected), Json.parse(answer)));
    }

    private static List<String> altered(String sent, String packet) {
        return Fields.altered(List.of(Json.parse(sent)), Json.parse(packet));
    }

    private static List<String> changed(String sent, String packet) {
        JsonNode args = Json.parse(sent.replace("MARK", MARK));
        List<JsonNode> list = new java.util.ArrayList<>();
        args.forEach(list::add);
        return Fields.changed(list, Json.parse(packet.replace("MARK", MARK)), MARK);
    }
}
