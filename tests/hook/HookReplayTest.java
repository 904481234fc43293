package siodiag.hook;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.Adhoc;
import siodiag.ask.AskException;
import siodiag.ask.ProbeResult;
import siodiag.core.Json;
import siodiag.diagnosis.Verdict;
import siodiag.harness.Child;
import siodiag.harness.JsonResult;
import siodiag.harness.Toolkit;
import siodiag.monitor.MonitorServer;
import siodiag.monitor.StandIn;
import siodiag.recording.RecordedEvent;
import siodiag.server.ServerConfig;
import siodiag.server.ServerEvent;

/** {@code hook-test --replay} against a monitor that tells what reaches it. */
class HookReplayTest {
    private static final String RECORD =
            """
            {"at":"2026-01-31T10:00:00.000Z","kind":"start","direction":"-"}
            {"at":"2026-01-31T10:00:01.000Z","kind":"connect","direction":"in","client":"c1","namespace":"/hook"}
            {"at":"2026-01-31T10:00:01.000Z","kind":"event","direction":"in","client":"c1","namespace":"/hook","event":"user_prompt","args":[{"prompt":"é\\u001b[2J","n":1.5}],"ack":0}
            {"at":"2026-01-31T10:00:01.010Z","kind":"event","direction":"out","namespace":"/hook","event":"echo_user_prompt","args":[{}]}
            {"at":"2026-01-31T10:00:01.100Z","kind":"event","direc
            {"at":"2026-01-31T10:00:01.500Z","kind":"event","direction":"in","client":"c2","namespace":"/log","event":"picture","args":["a",{"data":{"_placeholder":true,"num":0}},null],"attachments":["AAH/Aw=="]}
            not JSON at all
            {"at":"2026-02-01T10:00:00.000Z","kind":"start","direction":"-"}
            {"at":"2026-02-01T10:00:00.100Z","kind":"http","direction":"in","transport":"http","namespace":"/","event":"tool_event","args":[{"hook_event_name":"PreToolUse"}]}
            {"at":"2026-02-01T10:00:00.600Z","kind":"event","direction":"in","client":"c1","namespace":"/hook","event":"last","args":[],"ack":-1}
            """;

    @Test
    void sends_again_what_clients_sent_and_names_the_malformed_lines(@TempDir Path folder) throws IOException {
        List<ServerEvent> received = new CopyOnWriteArrayList<>();
        try (MonitorServer monitor = monitor(received)) {
            JsonNode check = replay(monitor, folder, "--rate", "0");
            assertEquals("pass", check.path("status").asText());
            assertTrue(
                    check.path("detail")
                            .asText()
                            .matches(
                                    "sent 4 \\(.*\\), acknowledged 4, delivered 1 of 1; no interruption; skipped 2 malformed lines: 5, 7"),
                    check.toString());
            assertEquals(
                    List.of(
                            "user_prompt [{\"prompt\":\"é\\u001B[2J\",\"n\":1.5}]",
                            "picture [\"a\",{\"data\":{\"_placeholder\":true,\"num\":0}},null]",
                            "tool_event [{\"hook_event_name\":\"PreToolUse\"}]",
                            "last []"),
                    received.stream()
                            .map(event -> event.event() + " " + Json.parse(event.args()))
                            .sorted(HookReplayTest::asRecorded)
                            .toList());
            assertArrayEquals(
                    new byte[] {0, 1, -1, 3},
                    received.stream()
                            .filter(event -> event.event().equals("picture"))
                            .findFirst()
                            .orElseThrow()
                            .binary()
                            .get(0));
        }
    }

    @Test
    void a_session_sends_the_same(@TempDir Path folder) throws Exception {
        List<ServerEvent> received = new CopyOnWriteArrayList<>();
        Path record = Files.writeString(folder.resolve("record.jsonl"), RECORD);
        try (MonitorServer monitor = monitor(received)) {
            ProbeResult replayed = Adhoc.server(monitor.url()).replay(record.toString());
            assertEquals(Verdict.HEALTHY, replayed.verdict(), replayed.toString());
            assertEquals(4, received.size(), replayed.toString());
        }
        assertThrows(
                AskException.class,
                () -> Adhoc.replay(folder.resolve("missing.jsonl").toString()));
    }

    /** A second of the first run and half a second of the next, without the day between them. */
    @Test
    void keeps_the_recorded_pace_or_a_multiple_of_it(@TempDir Path folder) throws IOException {
        try (MonitorServer monitor = monitor(new CopyOnWriteArrayList<>())) {
            double recorded = replay(monitor, folder).path("durationMs").asDouble();
            double slower = replay(monitor, folder, "--speed", "0.25")
                    .path("durationMs")
                    .asDouble();
            assertTrue(recorded >= 1000 && recorded < 20_000, "recorded pace: " + recorded + " ms");
            assertTrue(slower >= 4000, "a quarter of it: " + slower + " ms");
        }
    }

    @Test
    void a_record_of_which_nothing_arrives_is_never_healthy(@TempDir Path folder) throws IOException {
        Path record = Files.writeString(
                folder.resolve("record.jsonl"),
                """
                {"at":"2026-01-31T10:00:00.000Z","kind":"start","direction":"-"}
                {"at":"2026-01-31T10:00:01.000Z","kind":"event","direction":"in","client":"c1","namespace":"/","event":"chat message","args":["hello"]}
                {"at":"2026-01-31T10:00:01.010Z","kind":"event","direction":"in","client":"c1","namespace":"/","event":"chat message","args":["again"]}
                """);
        for (Map.Entry<String, String> expected : Map.of("drop", "handler-missing", "relay", "", "half", "events-lost")
                .entrySet()) {
            try (Child server =
                    Child.start(JavaClientTest.folder(), Map.of(), List.of("node", "chat.js", expected.getKey()))) {
                String url = server.await("READY ", Duration.ofSeconds(30));
                Toolkit.Run run = Toolkit.run(
                        "hook-test",
                        "--url",
                        url,
                        "--replay",
                        record.toString(),
                        "--rate",
                        "0",
                        "--timeout",
                        "1",
                        "--send",
                        "chat message",
                        "--data",
                        "\"hello {mark}\"",
                        "--expect",
                        "chat message",
                        "--json",
                        "-");
                JsonResult result = JsonResult.of(run.out());
                assertEquals(expected.getValue().isEmpty() ? 0 : 21, run.exitCode(), run.out());
                assertEquals(expected.getValue(), expected.getValue().isEmpty() ? "" : result.cause(), run.out());
            }
        }
    }

    @Test
    void without_a_known_flow_something_must_come_of_it(@TempDir Path folder) throws IOException {
        Path record = Files.writeString(
                folder.resolve("record.jsonl"),
                "{\"at\":\"2026-01-31T10:00:01.000Z\",\"kind\":\"event\",\"direction\":\"in\",\"client\":\"c1\","
                        + "\"namespace\":\"/\",\"event\":\"chat message\",\"args\":[\"hello\"]}\n");
        for (Map.Entry<String, Integer> expected :
                Map.of("drop", 21, "relay", 0).entrySet()) {
            try (Child server =
                    Child.start(JavaClientTest.folder(), Map.of(), List.of("node", "chat.js", expected.getKey()))) {
                String url = server.await("READY ", Duration.ofSeconds(30));
                Toolkit.Run run = Toolkit.run(
                        "hook-test",
                        "--url",
                        url,
                        "--replay",
                        record.toString(),
                        "--rate",
                        "0",
                        "--timeout",
                        "1",
                        "-q");
                assertEquals(expected.getValue(), run.exitCode(), run.out());
            }
        }
    }

    @Test
    void says_in_one_line_what_is_wrong_with_the_file(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(
                folder.resolve("empty.jsonl"), "{\"at\":\"2026-01-31T10:00:00.000Z\",\"kind\":\"start\"}\n");
        for (Path file : List.of(empty, folder.resolve("missing.jsonl"), folder)) {
            Toolkit.Run run = Toolkit.run("hook-test", "--replay", file.toString());
            assertEquals(64, run.exitCode(), run.err());
            assertEquals(
                    1,
                    run.err()
                            .lines()
                            .filter(line -> line.startsWith("hook-test: --replay "))
                            .count(),
                    run.err());
        }
    }

    private static MonitorServer monitor(List<ServerEvent> received) throws IOException {
        return MonitorServer.start(ServerConfig.defaults(), StandIn::new, List.of(event -> {
            boolean sent = event.kind() == RecordedEvent.Kind.EVENT || event.kind() == RecordedEvent.Kind.HTTP;
            if (sent && event.isIn() && event.event() != null) {
                received.add(event);
            }
        }));
    }

    private static JsonNode replay(MonitorServer monitor, Path folder, String... options) throws IOException {
        Path record = Files.writeString(folder.resolve("record.jsonl"), RECORD);
        List<String> arguments = new ArrayList<>(
                List.of("hook-test", "--url", monitor.url(), "--json", "-", "--replay", record.toString()));
        arguments.addAll(List.of(options));
        Toolkit.Run run = Toolkit.run(arguments.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.out() + run.err());
        return JsonResult.of(run.out()).check("hook.replay");
    }

    /** What is posted goes over a connection of its own and may arrive before or after the others. */
    private static int asRecorded(String one, String other) {
        List<String> order = List.of("user_prompt", "picture", "tool_event", "last");
        return Integer.compare(order.indexOf(one.split(" ")[0]), order.indexOf(other.split(" ")[0]));
    }
}
