package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import siodiag.view.ConsoleFilter;
import siodiag.harness.RawSocket;
import siodiag.server.ServerConfig;

/** What a person sees, whatever clients send. */
class MonitorConsoleTest {
    @Test
    void nothing_that_arrives_moves_the_cursor_or_shows_a_secret() throws IOException {
        String shown = shown(new ConsoleFilter(List.of(), List.of(), ConsoleFilter.Only.ALL, 500), client -> {
            client.send(
                    "42/hook,[\"\\u001b[2Jwiped\\u202e\",{\"text\":\"\\u001b]0;title\\u0007\",\"password\":\"geheim-1234\"}]");
            client.await("42/hook");
        });
        assertTrue(shown.contains("\\x1b[2Jwiped\\u202e"), shown);
        assertFalse(shown.chars().anyMatch(c -> c < 0x20 && c != '\n' || c == 0x202e), shown);
        assertFalse(shown.contains("geheim-1234") || shown.contains("dev-token"), shown);
    }

    @Test
    void lines_are_aligned_whatever_their_names() throws IOException {
        String shown =
                shown(new ConsoleFilter(List.of(), List.of("*_prompt", "a*"), ConsoleFilter.Only.IN, 0), client -> {
                    client.send("42/hook,[\"user_prompt\",{}]");
                    client.await("42/hook");
                    client.send("42/hook,[\"a" + "b".repeat(300) + "\",{}]");
                    client.await("42/hook");
                });
        List<String> lines = events(shown);
        assertEquals(2, lines.size(), shown);
        assertEquals(lines.get(0).indexOf(" c1"), lines.get(1).indexOf(" c1"), shown);
    }

    @Test
    void only_what_was_asked_for_is_shown() throws IOException {
        String shown =
                shown(new ConsoleFilter(List.of("/hook"), List.of("pre_*"), ConsoleFilter.Only.OUT, 0), client -> {
                    client.send("42/hook,[\"pre_tool\",{}]");
                    client.await("42/hook");
                    client.send("42/hook,[\"post_tool\",{}]");
                    client.await("42/hook");
                });
        assertEquals(List.of(), events(shown), "echo_pre_tool does not match pre_*");
    }

    @Test
    void the_summary_counts_all_by_namespace_and_name_whatever_is_shown() throws IOException {
        String shown = shown(new ConsoleFilter(List.of(), List.of("nothing"), ConsoleFilter.Only.ALL, 0), client -> {
            client.send("42/hook,[\"pre_tool\",{}]");
            client.await("42/hook");
            client.send("42/hook,[\"pre_tool\",{}]");
            client.await("42/hook");
            client.send("42/hook,[\"leave_room\",\"hook_room\"]");
            client.send("42/hook,1[\"pre_tool\",{}]");
            client.await("43/hook");
        });
        assertEquals(
                """
                4 events received, 2 deliveries, 0 errors
                  /hook pre_tool  3 in  0 out
                  /hook echo_pre_tool  0 in  2 out  1 relayed to nobody
                  /hook leave_room  1 in  0 out
                """,
                shown);
    }

    @Test
    void a_namespace_and_globs_together_show_what_the_readme_shows_with_them() throws IOException {
        String shown = shown(
                new ConsoleFilter(List.of("/hook"), List.of("user_*", "*_tool"), ConsoleFilter.Only.ALL, 200),
                client -> {
                    client.send("42/hook,[\"user_prompt\",{\"prompt\":\"hello\"}]");
                    client.await("42/hook,[\"echo_user_prompt\"");
                    client.send("42/hook,[\"pre_tool\",{}]");
                    client.await("42/hook,[\"echo_pre_tool\"");
                    client.send("42/hook,[\"unrelated\",{}]");
                    client.await("42/hook,[\"echo_unrelated\"");
                });
        assertEquals(3, events(shown).size(), shown);
        assertTrue(shown.contains("[{\"prompt\":\"hello\"}]") && shown.contains("echo_pre_tool"), shown);
    }

    /** The lines above the summary. */
    private static List<String> events(String shown) {
        return shown.lines()
                .filter(line -> line.contains("<-") || line.contains("->"))
                .toList();
    }

    private static String shown(ConsoleFilter view, Consumer<RawSocket> session) throws IOException {
        StringWriter out = new StringWriter();
        try (MonitorRun run = MonitorRun.start(ServerConfig.defaults(), view, null, new PrintWriter(out), true);
                RawSocket client = RawSocket.join(run.server().url(), "/hook")) {
            session.accept(client);
        }
        return out.toString();
    }
}
