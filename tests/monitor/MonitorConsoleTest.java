package siodiag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a person sees, whatever clients send. */
class MonitorConsoleTest {
    @Test
    void nothing_that_arrives_moves_the_cursor_or_shows_a_secret() throws IOException {
        String shown = shown(new MonitorView(List.of(), List.of(), MonitorView.Only.ALL, 500), client -> {
            client.send("42/hook,[\"\\u001b[2Jwiped\\u202e\",{\"text\":\"\\u001b]0;title\\u0007\",\"password\":\"geheim-1234\"}]");
            client.await("42/hook");
        });
        assertTrue(shown.contains("\\x1b[2Jwiped\\u202e"), shown);
        assertFalse(shown.chars().anyMatch(c -> c < 0x20 && c != '\n' || c == 0x202e), shown);
        assertFalse(shown.contains("geheim-1234") || shown.contains("dev-token"), shown);
    }

    @Test
    void lines_are_aligned_whatever_their_names() throws IOException {
        String shown = shown(new MonitorView(List.of(), List.of("*_prompt", "a*"), MonitorView.Only.IN, 0), client -> {
            client.send("42/hook,[\"user_prompt\",{}]");
            client.await("42/hook");
            client.send("42/hook,[\"a" + "b".repeat(300) + "\",{}]");
            client.await("42/hook");
        });
        List<String> lines = shown.lines().filter(line -> line.contains("/hook")).toList();
        assertEquals(2, lines.size(), shown);
        assertEquals(lines.get(0).indexOf(" c1"), lines.get(1).indexOf(" c1"), shown);
    }

    @Test
    void only_what_was_asked_for_is_shown() throws IOException {
        String shown = shown(new MonitorView(List.of("/hook"), List.of("pre_*"), MonitorView.Only.OUT, 0), client -> {
            client.send("42/hook,[\"pre_tool\",{}]");
            client.await("42/hook");
            client.send("42/hook,[\"post_tool\",{}]");
            client.await("42/hook");
        });
        assertEquals("2 events received, 2 deliveries, 0 errors", shown.strip(), "echo_pre_tool is no pre_*");
    }

    private static String shown(MonitorView view, Consumer<RawSocket> session) throws IOException {
        StringWriter out = new StringWriter();
        try (MonitorRun run = MonitorRun.start(MonitorConfig.defaults(), view, null, new PrintWriter(out), true);
                RawSocket client = RawSocket.join(run.server().url(), "/hook")) {
            session.accept(client);
        }
        return out.toString();
    }
}
