package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.view.ConsoleFilter;
import siodiag.harness.RawSocket;
import siodiag.recording.RecordedEvent;
import siodiag.recording.Recording;
import siodiag.server.ServerConfig;

class MonitorRecordTest {
    @TempDir
    private Path folder;

    @Test
    void holds_everything_that_happened_in_its_order() throws IOException {
        List<RecordedEvent> record = record(url -> {
            try (RawSocket client = RawSocket.open(url)) {
                client.send("40/nowhere,{\"token\":\"dev-token\"}");
                client.await("44/nowhere");
                client.send("40/hook,{\"token\":\"wrong-secret\"}");
                client.await("44/hook");
                client.send("40/hook,{\"token\":\"dev-token\"}");
                client.await("40/hook");
                client.send("42/hook,9[\"never_heard_of\",{\"a\":1},\"second\",null]");
                client.await("42/hook,[\"echo_never_heard_of\"");
                client.await("43/hook,9");
                client.send("451-/hook,[\"shot\",{\"_placeholder\":true,\"num\":0}]");
                client.send(new byte[] {0, 1, 2});
                client.await("451-/hook,[\"echo_shot\"");
                client.next();
                client.send("42/hook,{broken");
                client.await("close:1002");
            }
        });
        assertEquals(
                List.of(
                        "start",
                        "handshake",
                        "refused",
                        "refused",
                        "connect",
                        "event",
                        "event",
                        "ack",
                        "event",
                        "event",
                        "malformed",
                        "disconnect",
                        "close",
                        "stop"),
                record.stream().map(RecordedEvent::kind).toList());
        assertEquals("Invalid namespace", record.get(2).detail());
        assertFalse(record.get(3).args().toString().contains("wrong-secret"));
        assertEquals("[{\"a\":1},\"second\",null]", record.get(5).args().toString());
        assertEquals(9, record.get(5).ack());
        assertTrue(record.get(5).isFromClient());
        assertEquals(List.of(record.get(5).socket()), record.get(6).to());
        assertArrayEquals(new byte[] {0, 1, 2}, record.get(8).attachments().get(0));
        assertTrue(
                record.get(10).detail().contains("42/hook,{broken"),
                record.get(10).detail());
    }

    @Test
    void masks_secrets_and_stays_json() throws IOException {
        List<RecordedEvent> record = record(url -> {
            try (RawSocket client = RawSocket.join(url, "/hook")) {
                client.send(
                        "42/hook,[\"e\",{\"h\":\"Authorization: Bearer abcdefghij\",\"api_key\":\"klmnopqrst\",\n\"n\":1}]");
                client.await("42/hook");
            }
        });
        String args = record.get(3).args().toString();
        assertEquals(1, record.get(3).args().get(0).get("n").asInt(), args);
        assertFalse(args.contains("abcdefghij") || args.contains("klmnopqrst"), args);
    }

    @Test
    void goes_on_after_a_line_that_a_kill_cut_short() throws IOException {
        Path file = folder.resolve("cut.jsonl");
        Files.writeString(file, "{\"at\":\"2026-01-01T00:00:00.000Z\",\"ki", StandardOpenOption.CREATE);
        try (MonitorRun run = start(file)) {
            RawSocket.join(run.server().url(), "/hook").close();
        }
        try (Recording recording = new Recording(file)) {
            assertEquals("start", recording.next().kind());
            assertEquals(1, recording.unreadable());
        }
    }

    private List<RecordedEvent> record(Consumer<String> session) throws IOException {
        Path file = folder.resolve("record.jsonl");
        try (MonitorRun run = start(file)) {
            session.accept(run.server().url());
        }
        List<RecordedEvent> events = new ArrayList<>();
        try (Recording recording = new Recording(file)) {
            while (recording.hasNext()) {
                events.add(recording.next());
            }
            assertEquals(0, recording.unreadable());
        }
        return events;
    }

    private static MonitorRun start(Path record) throws IOException {
        return MonitorRun.start(
                ServerConfig.defaults(),
                new ConsoleFilter(List.of(), List.of(), ConsoleFilter.Only.ALL, 0),
                record,
                new PrintWriter(new StringWriter()),
                true);
    }
}
