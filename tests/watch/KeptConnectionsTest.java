package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.lab.Deployment;

/** Connections are kept, and used, with every kind of server, transport, parser and proxy that clients can live with. */
class KeptConnectionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ALL = "[idle polling, idle websocket, used polling, used websocket]";

    /** Enough for a pulse over polling. */
    private static final int EXAMINATIONS = 16;

    @TempDir
    Path folder;

    private record Server(String start, String kept) {}

    private static final List<Server> SERVERS = List.of(
            new Server("node4 interval=1000", ALL),
            new Server("python interval=1", ALL),
            new Server("uvicorn interval=1", ALL),
            new Server("netty interval=1000", ALL),
            new Server("node4 parser=msgpack", ALL),
            new Server("node4 transports=websocket", "[idle websocket, used websocket]"),
            new Server("node4 transports=polling upgrades=no", "[idle polling, used polling]"),
            new Server("a:node4; b:node4; haproxy upstream={a},{b} cookie=yes", ALL),
            new Server("n:node4; nginx upstream={n} pem={certificates}/self-good.pem", ALL));

    @Test
    void each_keeps_its_connections_and_answers() throws Exception {
        List<Deployment> deployments = new ArrayList<>();
        try {
            SERVERS.forEach(server -> deployments.add(Deployment.of(server.start)));
            Path targets = folder.resolve("targets.txt");
            Files.write(
                    targets,
                    deployments.stream()
                            .map(one -> line(one, SERVERS.get(deployments.indexOf(one))))
                            .toList());
            try (WatchRun watch = WatchRun.start(folder, "--targets", targets.toString(), "--every", "1")) {
                watch.awaitFirst(SERVERS.size());
                for (Deployment one : deployments) {
                    awaitExaminations(watch, one.fill("{last}"));
                }
                JsonNode results = watch.stop().path("targets");
                for (int i = 0; i < SERVERS.size(); i++) {
                    check(SERVERS.get(i), results.get(i));
                }
            }
        } finally {
            deployments.forEach(Deployment::close);
        }
    }

    @Test
    void a_rude_server_moves_no_cursor_and_fills_no_memory() {
        try (Deployment big = Deployment.of("rude how=big");
                Deployment escape = Deployment.of("rude how=escape");
                WatchRun watch = WatchRun.start(folder, big.fill("{last}"), escape.fill("{last}"), "--every", "1")) {
            watch.await(
                    "huge event over WebSocket",
                    LIMIT,
                    event -> isEnd(event, "websocket", "larger than this side takes"));
            watch.await(
                    "huge event over polling", LIMIT, event -> isEnd(event, "polling", "larger than this side takes"));
            watch.await("close", LIMIT, event -> isEnd(event, "websocket", "close code 4000 \"\\x1b[2J<b>bye</b>\""));
            JsonNode dropped =
                    watch.await("cause", LIMIT, event -> WatchRun.isChange(event, escape.fill("{last}"), "degraded"));
            assertEquals("session-dropped", dropped.path("root").path("cause").asText());
            JsonNode results = watch.stop().path("targets");
            assertEquals("healthy", results.get(0).path("verdict").asText(), "nothing on the way ended these");
            assertTrue(!watch.process().out().contains("\u001b")
                    && !watch.process().err().contains("\u001b"));
        }
    }

    private static boolean isEnd(JsonNode event, String transport, String how) {
        return event.path("event").asText().equals("connection-ended")
                && event.path("transport").asText().equals(transport)
                && event.path("how").asText().contains(how);
    }

    private static String line(Deployment deployment, Server server) {
        boolean packed = server.start.contains("msgpack");
        return deployment.fill("{last}") + " --insecure --namespaces /hook --token dev-token"
                + (packed ? " --parser msgpack" : "");
    }

    private static void awaitExaminations(WatchRun watch, String url) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (watch.log().stream()
                        .filter(event -> event.path("event").asText().equals("examination")
                                && event.path("target").asText().startsWith(url))
                        .count()
                < EXAMINATIONS) {
            assertTrue(
                    System.nanoTime() < end, () -> url + "\n" + watch.process().out());
            WatchRun.pause();
        }
    }

    private static void check(Server server, JsonNode result) {
        TreeSet<String> open = new TreeSet<>();
        for (JsonNode one : result.path("watch").path("kept")) {
            assertEquals(0, one.path("ended").asInt(), server + ": " + one);
            if (one.path("ageMs").asLong() > 0) {
                open.add(one.path("use").asText() + " " + one.path("transport").asText());
            }
        }
        assertEquals(server.kept, open.toString(), server.toString());
        assertTrue(result.path("watch").path("answerMs").path("count").asLong() > 0, server + ": no answer");
        assertEquals(0, result.path("watch").path("changes").asInt(), server + ": " + result.path("diagnoses"));
        if (server.start.contains("interval=1")) {
            assertTrue(result.path("watch").path("pings").path("count").asLong() > 5, server + ": no pings");
        }
    }
}
