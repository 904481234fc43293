package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.core.Json;
import siodiag.core.MalformedInputException;

/** What claude-mpm's server makes of a body that is posted and of an event that a socket sends. */
class ClaudeMpmEventsTest {

    /** One name of each category, and what belongs to none. */
    @ParameterizedTest
    @CsvSource({
        "subagent_stop, hook_event",
        "pre_tool, tool_event",
        "session_start, session_event",
        "response_ended, response_event",
        "agent_start, agent_event",
        "file_read, file_event",
        "system_ready, system_event",
        "user_prompt, claude_event",
        "notification, claude_event"
    })
    void the_subtype_decides_the_events_name(String subtype, String category) {
        HookEventNormalizer.Event event = ClaudeMpmEvents.posted(
                "{\"event\":\"claude_event\",\"data\":{\"type\":\"hook\",\"subtype\":\"" + subtype + "\"}}");
        assertEquals(category, event.category());
        assertEquals(category, Json.parse(event.json()).path("type").asText());
        assertEquals(subtype, Json.parse(event.json()).path("subtype").asText());
    }

    @Test
    void what_wraps_is_taken_off_and_its_fields_are_lifted() {
        JsonNode event = json(
                """
                {"namespace":"hook","event":"claude_event","data":{"event":"mpm_event","source":"hook","type":"hook",
                 "subtype":"pre_tool","timestamp":"2026-01-31T10:00:00+00:00","correlation_id":"c1","beside":"lost",
                 "data":{"data":{"tool_name":"Read","session_id":"s1","working_directory":"/work"}}}}""");
        assertEquals(
                Json.parse(
                        """
                {"type":"tool_event","subtype":"pre_tool",
                 "data":{"tool_name":"Read","session_id":"s1","working_directory":"/work"},
                 "timestamp":"2026-01-31T10:00:00+00:00","session_id":"s1","source":"hook","correlation_id":"c1",
                 "cwd":"/work"}"""),
                event);
    }

    @Test
    void a_body_without_data_is_taken_and_its_content_is_lost() {
        JsonNode event = json("{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"event\":\"pre_tool\"}");
        assertEquals("tool_event", event.path("type").asText());
        assertTrue(event.path("data").isEmpty() && event.path("data").isObject(), event.toString());
        assertTrue(event.path("session_id").isNull() && !event.has("cwd"), event.toString());
        assertTrue(event.path("timestamp").asText().matches("\\d{4}-.*Z"), event.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "\"text\"", "{\"data\":3}", "{\"data\":null}", "{\"data\":[{}]}"})
    void what_the_real_server_fails_at_is_no_event(String body) {
        assertThrows(MalformedInputException.class, () -> ClaudeMpmEvents.posted(body));
    }

    @Test
    void a_sockets_event_is_kept_whole_beside_its_fields() {
        JsonNode sent = Json.parse("{\"type\":\"diagnostic\",\"data\":{\"mark\":\"m\"},\"else\":1}");
        JsonNode event = ClaudeMpmEvents.processed(sent, 1.5);
        assertEquals(
                Json.parse(
                        """
                {"type":"diagnostic","subtype":"unknown","timestamp":1.5,"session_id":null,"source":"claude_hooks",
                 "correlation_id":null,"cwd":null,"data":{"mark":"m"},"metadata":{},"processed_at":1.5,
                 "original_event":{"type":"diagnostic","data":{"mark":"m"},"else":1},"event":null}"""),
                Json.parse(event.toString()));
    }

    private static JsonNode json(String body) {
        return Json.parse(ClaudeMpmEvents.posted(body).json());
    }
}
