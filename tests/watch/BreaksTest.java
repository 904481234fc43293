package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import siodiag.harness.Child;
import siodiag.harness.FreePort;
import siodiag.harness.Project;
import siodiag.lab.Deployment;

/**
 * A target that breaks in twelve ways, one after the other: every change is told once, and none that did not happen. With
 * {@code WATCH_BREAK_SECONDS=150} it takes an hour.
 */
class BreaksTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** @param cause the first one */
    private record Break(String mode, String verdict, String cause) {}

    private static final List<Break> BREAKS = List.of(
            new Break("refuse", "broken", "connection-refused"),
            new Break("reset", "broken", "connection-reset"),
            new Break("silent", "broken", "no-response"),
            new Break("not-http", "broken", "not-http"),
            new Break("bad-gateway", "broken", "http-error"),
            new Break("not-found", "broken", "not-socketio"),
            new Break("redirect", "broken", "redirected"),
            new Break("forbidden", "broken", "handshake-forbidden"),
            new Break("no-upgrade", "degraded", "websocket-blocked"),
            new Break("token", "broken", "token-rejected"),
            new Break("old", "broken", "engine-version-mismatch"),
            new Break("other", "broken", "namespace-unknown"));

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void every_change_is_told_once_and_no_other() throws Exception {
        int port = FreePort.any();
        try (Deployment servers = Deployment.of(
                        "good:node4; token:node4 token=another-token; old:node2; other:node4 namespaces=/log");
                Child breaker = Child.start(
                        Project.root().resolve("tests/watch"),
                        Map.of(),
                        List.of(
                                "node",
                                "breaker.js",
                                String.valueOf(port),
                                servers.fill("good={good}"),
                                servers.fill("token={token}"),
                                servers.fill("old={old}"),
                                servers.fill("other={other}")))) {
            String url = breaker.await("READY ", LIMIT);
            try (WatchRun watch = WatchRun.start(
                    folder, url, "--every", "1", "--timeout", "2", "--namespaces", "/hook", "--token", "dev-token")) {
                watch.awaitFirst(1);
                for (Break one : BREAKS) {
                    into(watch, breaker, one.mode, one.verdict);
                    into(watch, breaker, "good", "healthy");
                }
                watch.stop();
                assertEquals(expected(), told(watch));
            }
        }
    }

    @Test
    void what_only_a_thorough_examination_sees_is_told_as_well() throws Exception {
        int port = FreePort.any();
        try (Deployment servers =
                        Deployment.of("good:node4 origin=https://app.test; strict:node4 origin=https://other.test");
                Child breaker = Child.start(
                        Project.root().resolve("tests/watch"),
                        Map.of(),
                        List.of(
                                "node",
                                "breaker.js",
                                String.valueOf(port),
                                servers.fill("good={good}"),
                                servers.fill("strict={strict}")))) {
            String url = breaker.await("READY ", LIMIT);
            try (WatchRun watch = WatchRun.start(
                    folder,
                    url,
                    "--every",
                    "1",
                    "--thorough",
                    "4",
                    "--origin",
                    "https://app.test",
                    "--namespaces",
                    "/hook",
                    "--token",
                    "dev-token")) {
                watch.awaitFirst(1);
                into(watch, breaker, "strict", "broken");
                into(watch, breaker, "good", "healthy");
                watch.stop();
                assertEquals(List.of("broken origin-rejected", "healthy "), told(watch));
            }
        }
    }

    private static void into(WatchRun watch, Child breaker, String mode, String verdict) throws IOException {
        int before = watch.log().size();
        breaker.process().getOutputStream().write(("mode " + mode + "\n").getBytes(StandardCharsets.UTF_8));
        breaker.process().getOutputStream().flush();
        watch.await(
                mode,
                LIMIT,
                before,
                event -> event.path("event").asText().equals("change")
                        && event.path("to").path("verdict").asText().equals(verdict));
        rest();
    }

    /** The state lasts, so that what is told of it a second time, or wrongly, has the time to show. */
    private static void rest() {
        try {
            TimeUnit.SECONDS.sleep(Long.parseLong(System.getenv().getOrDefault("WATCH_BREAK_SECONDS", "4")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<String> expected() {
        List<String> changes = new ArrayList<>();
        BREAKS.forEach(one -> changes.addAll(List.of(one.verdict + " " + one.cause, "healthy ")));
        return changes;
    }

    private static List<String> told(WatchRun watch) {
        List<JsonNode> changes = watch.changes();
        return IntStream.range(0, changes.size())
                .mapToObj(changes::get)
                .map(change -> change.path("event").asText().equals("change")
                        ? change.path("to").path("verdict").asText() + " "
                                + change.path("to").path("causes").path(0).asText()
                        : change.path("event").asText() + " "
                                + change.path("summary").asText())
                .toList();
    }
}
