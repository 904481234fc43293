package siodiag.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.core.UsageException;

/** Where claude-mpm's hooks post to, by the environment. */
class HookPortTest {

    @Test
    void nothing_stated_is_the_default() {
        assertEquals(new HookPort("localhost", 8765, "claude-mpm's default"), HookPort.of(Map.of()));
        assertEquals(
                new HookPort("localhost", 8765, "claude-mpm's default"),
                HookPort.of(Map.of("CLAUDE_MPM_SERVER_PORT", " ")));
    }

    @Test
    void todays_variable_counts_before_the_older_one() {
        assertEquals(
                new HookPort("localhost", 9000, "$CLAUDE_MPM_SERVER_PORT"),
                HookPort.of(Map.of("CLAUDE_MPM_SERVER_PORT", "9000", "CLAUDE_MPM_SOCKETIO_PORT", "9001")));
        assertEquals(
                new HookPort("localhost", 9001, "$CLAUDE_MPM_SOCKETIO_PORT"),
                HookPort.of(Map.of("CLAUDE_MPM_SOCKETIO_PORT", "9001")));
    }

    @Test
    void a_host_may_be_of_another_machine() {
        HookPort other = HookPort.of(Map.of("CLAUDE_MPM_SERVER_HOST", "monitor.example"));
        assertEquals(new HookPort("monitor.example", 8765, "$CLAUDE_MPM_SERVER_HOST"), other);
        assertFalse(other.isOfThisMachine());
        assertTrue(HookPort.of(Map.of("CLAUDE_MPM_SERVER_HOST", "127.0.0.1")).isOfThisMachine());
        assertTrue(HookPort.of(Map.of()).isOfThisMachine());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "65536", "999999", "-1", "80.5"})
    void what_is_no_port_is_told_with_its_variable(String port) {
        UsageException refused =
                assertThrows(UsageException.class, () -> HookPort.of(Map.of("CLAUDE_MPM_SERVER_PORT", port)));
        assertTrue(
                refused.getMessage().contains("$CLAUDE_MPM_SERVER_PORT")
                        && refused.getMessage().contains(port),
                refused.getMessage());
    }
}
