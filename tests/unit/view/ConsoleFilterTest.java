package siodiag.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerEvent;

class ConsoleFilterTest {
    @ParameterizedTest
    @CsvSource({"/hook, user_prompt, true", "/hook, pre_tool, true", "/hook, toolbox, false", "/log, user_prompt, false"
    })
    void namespaces_and_globs_select_together(String namespace, String event, boolean shown) {
        assertEquals(shown, hook().shows(event(RecordedEvent.Kind.EVENT, namespace, event)));
    }

    /** Start, handshake and close belong to no namespace. */
    @ParameterizedTest
    @EnumSource(RecordedEvent.Kind.class)
    void what_belongs_to_no_namespace_is_hidden_by_a_namespace_filter(RecordedEvent.Kind kind) {
        assertFalse(hook().shows(event(kind, null, null)));
    }

    @Test
    void only_takes_any_case_and_lists_its_names_in_lower_case() {
        assertEquals(ConsoleFilter.Only.IN, ConsoleFilter.Only.named("in"));
        assertEquals(ConsoleFilter.Only.ERRORS, ConsoleFilter.Only.named("Errors"));
        assertEquals(
                "--only foo: must be in, out, errors or all",
                assertThrows(IllegalArgumentException.class, () -> ConsoleFilter.Only.named("foo"))
                        .getMessage());
    }

    private static ConsoleFilter.Filter hook() {
        return new ConsoleFilter(List.of("/hook"), List.of("user_*", "*_tool"), ConsoleFilter.Only.ALL, 0).filter();
    }

    private static ServerEvent event(RecordedEvent.Kind kind, String namespace, String event) {
        return new ServerEvent(
                0,
                kind,
                RecordedEvent.Direction.IN,
                null,
                null,
                null,
                namespace,
                event,
                null,
                -1,
                0,
                List.of(),
                List.of(),
                0,
                null);
    }
}
