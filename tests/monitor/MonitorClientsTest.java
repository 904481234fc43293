package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.view.ConsoleFilter;
import siodiag.harness.Child;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.recording.RecordedEvent;
import siodiag.recording.Recording;
import siodiag.server.ServerConfig;

/** Real clients of each kind: what they sent and got is what the record says, in its order. */
class MonitorClientsTest {
    private static final List<Integer> ALL =
            IntStream.rangeClosed(0, 21).boxed().toList();

    @TempDir
    private Path folder;

    @Test
    void node_4() throws Exception {
        Program.NODE.need();
        agrees("socket.io-client", url -> node("socket.io-client", url, "polling"));
        agrees("socket.io-client", url -> node("socket.io-client", url, "websocket"));
        agrees("socket.io-client", url -> node("socket.io-client", url, "polling,websocket"));
    }

    @Test
    void node_2() throws Exception {
        Program.NODE.need();
        agrees("socket.io-client-2", url -> node("socket.io-client-2", url, "polling"));
        agrees("socket.io-client-2", url -> node("socket.io-client-2", url, "websocket"));
        agrees("socket.io-client-2", url -> node("socket.io-client-2", url, "polling,websocket"));
    }

    @Test
    void python() throws Exception {
        Program.PYTHON_SOCKETIO.need();
        agrees("python", url -> program(url, "/usr/bin/python3", "client.py", url, "polling"));
        agrees("python", url -> program(url, "/usr/bin/python3", "client.py", url, "websocket"));
    }

    @Test
    void java() throws Exception {
        agrees("java", url -> javaClient(url, Polling.NAME));
        agrees("java", url -> javaClient(url, WebSocket.NAME));
        agrees("java", url -> javaClient(url, Polling.NAME, WebSocket.NAME));
    }

    private interface Client {
        String run(String url) throws Exception;
    }

    private void agrees(String from, Client client) throws Exception {
        Path file = folder.resolve(from + System.nanoTime() + ".jsonl");
        try (MonitorRun run = MonitorRun.start(
                ServerConfig.defaults(),
                new ConsoleFilter(List.of(), List.of(), ConsoleFilter.Only.ALL, 0),
                file,
                new PrintWriter(new StringWriter()),
                true)) {
            assertEquals(
                    ALL.toString(),
                    client.run(run.server().url()).replace(",", ", ").replace("  ", " "));
        }
        List<RecordedEvent> record = new ArrayList<>();
        try (Recording recording = new Recording(file)) {
            while (recording.hasNext()) {
                record.add(recording.next());
            }
        }
        List<RecordedEvent> sent =
                record.stream().filter(RecordedEvent::isFromClient).toList();
        assertEquals(ALL, numbers(sent));
        assertEquals(
                ALL,
                numbers(record.stream()
                        .filter(event -> event.kind().equals("event")
                                && event.direction().equals("out"))
                        .toList()));
        assertEquals("second", sent.get(20).args().get(1).asText());
        assertArrayEquals(
                new byte[] {0, 1, (byte) 255, 3}, sent.get(21).attachments().get(0));
        assertTrue(
                record.stream()
                        .anyMatch(event -> event.kind().equals("refused")
                                && "/nowhere".equals(event.namespace())
                                && "Invalid namespace".equals(event.detail())),
                record.toString());
    }

    private static List<Integer> numbers(List<RecordedEvent> events) {
        return events.stream()
                .map(event -> event.args().get(0).get("n").asInt())
                .collect(Collectors.toList());
    }

    private static String node(String module, String url, String transports) {
        return program(url, "node", "client.cjs", module, url, transports);
    }

    private static String program(String url, String... command) {
        try (Child child = Child.start(Project.root().resolve("tests/monitor"), Map.of(), List.of(command))) {
            return child.await("RESULT ", Duration.ofSeconds(60));
        }
    }

    private static String javaClient(String url, String... transports) throws Exception {
        IO.Options options = IO.Options.builder()
                .setAuth(Map.of("token", "dev-token"))
                .setForceNew(true)
                .setTransports(transports)
                .setReconnection(false)
                .build();
        CompletableFuture<String> refused = new CompletableFuture<>();
        Socket stranger = IO.socket(URI.create(url + "/nowhere"), options);
        stranger.on(Socket.EVENT_CONNECT_ERROR, error -> refused.complete(String.valueOf(error[0])));
        stranger.connect();
        assertTrue(refused.get(30, TimeUnit.SECONDS).contains("Invalid namespace"));
        stranger.disconnect();
        List<Integer> received = new ArrayList<>();
        CompletableFuture<String> done = new CompletableFuture<>();
        Socket socket = IO.socket(URI.create(url + "/hook"), options);
        for (String event : List.of("echo_user_prompt", "echo_never_heard_of", "echo_shot")) {
            socket.on(event, data -> received.add(((JSONObject) data[0]).getInt("n")));
        }
        socket.on(Socket.EVENT_CONNECT, nothing -> {
            for (int n = 0; n < 20; n++) {
                socket.emit("user_prompt", new JSONObject(Map.of("n", n)));
            }
            socket.emit("never_heard_of", new JSONObject(Map.of("n", 20)), "second");
            socket.emit("shot", new JSONObject().put("n", 21).put("bytes", new byte[] {0, 1, (byte) 255, 3}), (Ack)
                    answer -> done.complete(received.toString()));
        });
        socket.connect();
        try {
            return done.get(30, TimeUnit.SECONDS).replace(" ", "");
        } finally {
            socket.disconnect();
        }
    }
}
