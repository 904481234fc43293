package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.lab.Deployment;

/** What ends connections of real servers behind real proxies, and how servers ping: the period, and whose it is. */
class LongLookTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    /** @param evidence and who it is, both in the evidence of the cause */
    private record Cut(String start, double seconds, String evidence, String owner) {}

    private static final List<Cut> CUTS = List.of(
            new Cut(
                    "n:node4; nginx upstream={n} patience=2s",
                    2,
                    "with a FIN and no close frame",
                    "nginx, which answers here: proxy_read_timeout"),
            new Cut(
                    "n:python; nginx upstream={n} patience=20s",
                    20,
                    "with a FIN and no close frame",
                    "nginx, which answers here: proxy_read_timeout"),
            new Cut(
                    "n:node4; haproxy upstream={n} tunnel=4s",
                    4,
                    "those with traffic stay",
                    "HAProxy, which answers here: timeout tunnel"),
            new Cut(
                    "n:python; haproxy upstream={n} tunnel=9s",
                    9,
                    "those with traffic stay",
                    "HAProxy, which answers here: timeout tunnel"),
            new Cut(
                    "n:node4; idle_proxy upstream={n} idle=3000",
                    3,
                    "with a FIN and no close frame",
                    "an idle timeout of 3.0 s"),
            new Cut(
                    "n:netty; idle_proxy upstream={n} idle=6000 how=rst",
                    6,
                    "with a TCP reset",
                    "an idle timeout of 6.0 s"),
            new Cut(
                    "n:node4; idle_proxy upstream={n} age=5000",
                    5,
                    "those with traffic as well",
                    "a limit to a connection's age of 5.0 s"));

    @Test
    void the_period_and_the_owner_of_each_cut_are_named() {
        List<Deployment> deployments = new ArrayList<>();
        try {
            CUTS.forEach(cut -> deployments.add(Deployment.of(cut.start)));
            List<String> urls =
                    deployments.stream().map(one -> one.fill("{last}")).toList();
            List<String> options = new ArrayList<>(urls);
            options.addAll(List.of("--every", "2", "--namespaces", "/hook", "--token", "dev-token"));
            try (WatchRun watch = WatchRun.start(folder, options.toArray(String[]::new))) {
                for (int i = 0; i < CUTS.size(); i++) {
                    String url = urls.get(i);
                    watch.await(
                            "cut of " + CUTS.get(i).start, LONG, event -> WatchRun.isChange(event, url, "degraded"));
                }
                JsonNode result = watch.stop();
                for (int i = 0; i < CUTS.size(); i++) {
                    check(CUTS.get(i), result.path("targets").get(i));
                }
            }
        } finally {
            deployments.forEach(Deployment::close);
        }
    }

    private static void check(Cut cut, JsonNode result) {
        JsonNode cause = result.path("diagnoses").get(0);
        assertEquals("session-dropped", cause.path("cause").asText(), result.toPrettyString());
        String evidence = cause.path("evidence").toString();
        String period = String.format(
                java.util.Locale.ROOT,
                "WebSocket connections are closed from the server's side after %.1f s",
                cut.seconds);
        assertTrue(evidence.contains(period), cut + ": " + evidence);
        assertTrue(evidence.contains(cut.evidence), cut + ": " + evidence);
        assertTrue(evidence.contains("likely: " + cut.owner), cut + ": " + evidence);
        assertEquals(0, result.path("watch").path("downMs").asLong(), cut + " is no outage");
        assertEquals(1, result.path("watch").path("changes").asInt(), cut + ": " + result.path("watch"));
    }

    @Test
    void pings_that_come_late_stop_or_come_faster_are_told_apart() {
        try (Deployment late = Deployment.of("node4 interval=1000 late=4000 patience=20000");
                Deployment stopped = Deployment.of("node4 interval=1000 patience=2000 late=3600000");
                Deployment fast = Deployment.of("node4 interval=5000 late=1000");
                Deployment good = Deployment.of("python interval=1 patience=2");
                WatchRun watch = WatchRun.start(
                        folder,
                        late.fill("{last}"),
                        stopped.fill("{last}"),
                        fast.fill("{last}"),
                        good.fill("{last}"),
                        "--every",
                        "2",
                        "--namespaces",
                        "/hook",
                        "--token",
                        "dev-token")) {
            for (Deployment missed : List.of(late, stopped)) {
                JsonNode change = watch.await(
                        "missed heartbeat", LONG, event -> WatchRun.isChange(event, missed.fill("{last}"), "degraded"));
                assertEquals(
                        "[\"heartbeat-missed\"]",
                        change.path("to").path("causes").toString());
            }
            JsonNode results = watch.stop().path("targets");
            assertTrue(evidence(results.get(0)).contains("announced every 1.0 s"), evidence(results.get(0)));
            assertTrue(evidence(results.get(0)).contains("every 4.0 s"), evidence(results.get(0)));
            assertTrue(evidence(results.get(1)).contains("no ping for 3.0 s (pingInterval + pingTimeout)"));
            assertEquals("healthy", results.get(2).path("verdict").asText());
            assertTrue(results.get(2).path("checks").toString().contains("faster than announced"));
            assertEquals("healthy", results.get(3).path("verdict").asText());
            assertEquals(2, watch.changes().size(), watch.changes().toString());
        }
    }

    private static String evidence(JsonNode result) {
        return result.path("diagnoses").get(0).path("evidence").toString();
    }

    @Test
    void an_application_that_keeps_one_connection_a_client_is_left_alone() {
        try (Deployment single = Deployment.of("node4 single=yes");
                WatchRun watch = WatchRun.start(
                        folder,
                        single.fill("{last}"),
                        "--every",
                        "1",
                        "--namespaces",
                        "/hook",
                        "--token",
                        "dev-token")) {
            watch.awaitFirst(1);
            watch.await("tenth examination", LONG, 14, event -> event.path("event")
                    .asText()
                    .equals("examination"));
            assertEquals(List.of(), watch.changes());
            assertEquals("healthy", watch.stop().path("verdict").asText());
        }
    }
}
