package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import siodiag.harness.Child;
import siodiag.harness.FreePort;
import siodiag.harness.Project;

/** A real server is killed and started again, frozen and thawed: its outages are as long as they were, within a second. */
class OutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double TOLERATED_S = 1.0;

    @TempDir
    Path folder;

    private Child server;

    @ParameterizedTest
    @ValueSource(strings = {"node", "python"})
    void outages_are_as_long_as_they_were(String family) throws Exception {
        int port = FreePort.any();
        start(family, port);
        List<Double> outages = new ArrayList<>();
        try (WatchRun watch = WatchRun.start(
                folder, "http://127.0.0.1:" + port, "--every", "20", "--namespaces", "/hook", "--token", "dev-token")) {
            watch.awaitFirst(1);
            TimeUnit.SECONDS.sleep(3); // until the connections are kept and have been used
            Instant killed = Instant.now();
            server.close();
            TimeUnit.SECONDS.sleep(6);
            outages.add(seconds(killed, start(family, port)));
            back(watch, "healthy");
            Instant frozen = Instant.now();
            signal("STOP");
            TimeUnit.SECONDS.sleep(8);
            signal("CONT");
            outages.add(seconds(frozen, Instant.now()));
            watch.await("end of the freeze", LIMIT, event -> isBack(event, frozen));
            JsonNode told = watch.stop().path("watch").path("outages");
            assertEquals(outages.size(), told.size(), told.toString());
            for (int i = 0; i < outages.size(); i++) {
                assertEquals(
                        outages.get(i), told.get(i).path("lastedMs").asDouble() / 1000, TOLERATED_S, told.toString());
            }
        } finally {
            server.close();
        }
    }

    @Test
    void a_longer_freeze_is_told_while_it_lasts() throws Exception {
        int port = FreePort.any();
        start("node", port);
        try (WatchRun watch = WatchRun.start(
                folder,
                "http://127.0.0.1:" + port,
                "--every",
                "5",
                "--timeout",
                "2",
                "--namespaces",
                "/hook",
                "--token",
                "dev-token")) {
            watch.awaitFirst(1);
            TimeUnit.SECONDS.sleep(3);
            signal("STOP");
            JsonNode broken = watch.await("freeze", LIMIT, event -> isChangeTo(event, "broken"));
            assertEquals("[\"no-response\"]", broken.path("to").path("causes").toString());
            signal("CONT");
            watch.await("end of the freeze", LIMIT, event -> isChangeTo(event, "healthy"));
            assertEquals(2, watch.changes().size(), watch.changes().toString());
        } finally {
            server.close();
        }
    }

    private static boolean isChangeTo(JsonNode event, String verdict) {
        return event.path("event").asText().equals("change")
                && event.path("to").path("verdict").asText().equals(verdict);
    }

    /** As a state that changes, or as an outage too short for that. */
    private static boolean isBack(JsonNode event, Instant since) {
        return (isChangeTo(event, "healthy") || event.path("event").asText().equals("outage"))
                && Instant.parse(event.path("at").asText()).isAfter(since);
    }

    private static void back(WatchRun watch, String verdict) {
        watch.await("recovery", LIMIT, event -> isChangeTo(event, verdict));
        int seen = watch.log().size();
        watch.await("an examination behind it", LIMIT, seen, event -> event.path("event")
                .asText()
                .equals("examination"));
    }

    /** @return when it was ready */
    private Instant start(String family, int port) {
        List<String> command = family.equals("node")
                ? List.of("node", "node4.js", "port=" + port)
                : List.of("/usr/bin/python3", "python_server.py", "port=" + port);
        server = Child.start(Project.root().resolve("tests/lab/servers"), Map.of(), command);
        server.await("READY ", LIMIT);
        return Instant.now();
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(
                        "kill", "-" + name, String.valueOf(server.process().pid()))
                .start()
                .waitFor();
        assertTrue(exit == 0, "kill -" + name);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
