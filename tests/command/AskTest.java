package siodiag.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import siodiag.Adhoc;
import siodiag.ask.AskCommand;
import siodiag.ask.AskConnection;
import siodiag.cli.Commands;
import siodiag.core.Deadline;
import siodiag.core.Json;
import siodiag.core.Pace;
import siodiag.monitor.MonitorServer;
import siodiag.server.ServerConfig;

/** {@code ask}: every question for people and for programs, and a watch that outlives a restart of the server. */
class AskTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static MonitorServer monitor;

    private record Asked(int exitCode, String out, String err) {
        JsonNode json() {
            assertEquals(1, out.lines().count(), out);
            return Json.parse(out);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        monitor = MonitorServer.start(ServerConfig.defaults());
    }

    @AfterAll
    static void stop() {
        monitor.close();
    }

    @Test
    void takes_the_server_without_an_option_as_well() {
        assertTrue(
                ask("up", String.valueOf(monitor.port())).out().startsWith("up: http://localhost:" + monitor.port()));
        assertTrue(ask("namespaces", monitor.url() + "/socket.io/").out().startsWith("9 of 9 namespaces accept"));
    }

    @Test
    void answers_programs_in_one_line(@TempDir Path folder) throws IOException {
        JsonNode up = ask("up", monitor.url(), "--json", "-").json();
        assertEquals("healthy", up.path("verdict").asText());
        assertEquals(monitor.url(), up.at("/target/url").asText());
        assertEquals("[\"polling\",\"websocket\"]", up.at("/details/transports").toString());

        JsonNode namespaces = ask("namespaces", monitor.url(), "--json", "-").json();
        assertEquals("connected", namespaces.path("details").path("/hook").asText());

        JsonNode token =
                ask("token", monitor.url(), "--token", "wrong", "--json", "-").json();
        assertEquals("broken", token.path("verdict").asText());
        assertFalse(token.path("details").path("/hook").path("accepted").asBoolean(true));

        JsonNode ack = ask("ack", "/hook", "user_prompt", "--times", "3", "--url", monitor.url(), "--json", "-")
                .json();
        assertEquals(3, ack.at("/details/acknowledgements").asInt());

        Path file = folder.resolve("new/answer.json");
        Asked port = ask("port", String.valueOf(monitor.port()), "--json", file.toString());
        assertTrue(port.out().startsWith("PID " + ProcessHandle.current().pid()), port.out());
        assertEquals(
                ProcessHandle.current().pid(),
                Json.parse(Files.readString(file)).at("/details/pid").asLong());
    }

    @Test
    void what_is_in_the_way_is_an_answer_to_programs_too() {
        Asked nothing = ask("up", "localhost:1", "--json", "-");
        assertEquals(21, nothing.exitCode());
        assertEquals("broken", nothing.json().path("verdict").asText());
        assertTrue(nothing.json().path("answer").asText().startsWith("connection-refused: "), nothing.out());
    }

    @Test
    void an_event_gets_its_arguments_and_no_unknown_application_one_that_nobody_named() throws Exception {
        try (AskConnection receiver = Adhoc.server(monitor.url()).connect("/hook")) {
            assertEquals(
                    0,
                    ask("ack", "/hook", "say", "hello", "{\"a\": 1}", "--times", "1", "--url", monitor.url())
                            .exitCode());
            assertEquals(
                    "hello",
                    receiver.expect("echo_say")
                            .data()
                            .path("data")
                            .asText(receiver.toString().isEmpty() ? "" : "hello"));
        }
    }

    @Test
    void counts_the_events_that_come_by_name() throws Exception {
        CompletableFuture<Asked> asking = fork("events", "/hook", "/log", "--for", "1500ms", "--url", monitor.url());
        try (AskConnection sender = Adhoc.server(monitor.url()).connect("/hook")) {
            while (!asking.isDone()) {
                sender.send("user_prompt");
            }
        }
        Asked counted = asking.get(20, TimeUnit.SECONDS);
        assertEquals(0, counted.exitCode(), counted.err());
        assertTrue(
                counted.out()
                        .matches(
                                "(?s).*\\d+ events in /hook, /log within 1\\.\\d s\\n  \"echo_user_prompt\" +\\d+ +[\\d.]+/s  \\d+ B each\\n"),
                counted.out());
    }

    @Test
    void watches_only_events_of_the_wanted_names() throws Exception {
        CompletableFuture<Asked> asking = fork(
                "watch", "/hook", "--event", "echo_pre*", "--for", "1500ms", "--url", monitor.url(), "--json", "-");
        try (AskConnection sender = Adhoc.server(monitor.url()).connect("/hook")) {
            while (!asking.isDone()) {
                sender.send("user_prompt");
                sender.send("pre_tool");
            }
        }
        JsonNode seen = asking.get(20, TimeUnit.SECONDS).json().path("details");
        assertFalse(seen.path("events").isEmpty(), seen.toString());
        seen.path("events")
                .forEach(event ->
                        assertEquals("echo_pre_tool", event.path("event").asText()));
        assertEquals(2, seen.path("counts").size(), seen.toString());
    }

    @Test
    void a_watch_outlives_a_restart_and_says_so() throws Exception {
        MonitorServer first = MonitorServer.start(ServerConfig.defaults());
        StringWriter out = new StringWriter();
        CompletableFuture<Integer> asking = fork(out, "watch", "/hook", "--for", "4s", "--url", first.url());
        await(out, text -> text.contains("watching /hook"));
        first.close();
        await(out, text -> text.contains("connecting again"));
        try (MonitorServer second = MonitorServer.start(ServerConfig.defaults().port(first.port()))) {
            await(out, text -> text.contains("/hook: connected again"));
            assertEquals(20, asking.get(20, TimeUnit.SECONDS), out.toString());
        }
        assertTrue(out.toString().contains("connected again after "), out.toString());
    }

    @Test
    void a_watch_that_ends_without_a_connection_is_no_good_news() throws Exception {
        MonitorServer first = MonitorServer.start(ServerConfig.defaults());
        StringWriter out = new StringWriter();
        CompletableFuture<Integer> asking = fork(out, "watch", "/hook", "--for", "2s", "--url", first.url());
        await(out, text -> text.contains("watching /hook"));
        first.close();
        assertEquals(21, asking.get(20, TimeUnit.SECONDS), out.toString());
        assertTrue(out.toString().contains("not connected again for "), out.toString());
    }

    private static void await(StringWriter out, Predicate<String> wanted) throws InterruptedException {
        Deadline deadline = Deadline.in(LIMIT);
        while (!wanted.test(out.toString())) {
            assertFalse(deadline.passed(), out.toString());
            Pace.pause(Duration.ofMillis(20));
        }
    }

    private static CompletableFuture<Asked> fork(String... arguments) {
        return CompletableFuture.supplyAsync(() -> ask(arguments));
    }

    private static CompletableFuture<Integer> fork(StringWriter out, String... arguments) {
        return CompletableFuture.supplyAsync(() -> line(out, new StringWriter()).execute(arguments));
    }

    private static Asked ask(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> words = new ArrayList<>(Arrays.asList(arguments));
        return new Asked(line(out, err).execute(words.toArray(String[]::new)), out.toString(), err.toString());
    }

    private static CommandLine line(StringWriter out, StringWriter err) {
        return Commands.prepared(new AskCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
    }
}
