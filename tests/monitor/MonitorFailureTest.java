package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import siodiag.view.Recorder;
import siodiag.core.Json;
import siodiag.core.Redactor;
import siodiag.harness.RawSocket;
import siodiag.recording.RecordedEvent;
import siodiag.server.Backlog;
import siodiag.server.ServerConfig;
import siodiag.server.ServerEvent;

/** A part of the monitor that fails takes nothing else with it, and the health does not hide it. */
class MonitorFailureTest {
    private static final Path FULL_DISK = Path.of("/dev/full");

    @Test
    void a_listener_that_fails_stops_neither_the_server_nor_the_other_listeners() throws Exception {
        BlockingQueue<ServerEvent> seen = new LinkedBlockingQueue<>();
        ServerEvent.Listener broken = new ServerEvent.Listener() {
            @Override
            public void on(ServerEvent event) {
                throw new IllegalStateException("a fault of the view");
            }

            @Override
            public String part() {
                return "view";
            }
        };
        try (MonitorServer server =
                        MonitorServer.start(ServerConfig.defaults(), StandIn::new, List.of(broken, seen::add));
                RawSocket client = RawSocket.join(server.url(), "/hook")) {
            client.send("42/hook,1[\"still_relayed\",{}]");
            client.await("42/hook,[\"echo_still_relayed\"");
            client.await("43/hook,1");
            assertEquals(
                    RecordedEvent.Kind.START, seen.poll(5, TimeUnit.SECONDS).kind());
            JsonNode health = health(server);
            assertEquals("degraded", health.path("status").asText());
            assertEquals(
                    "java.lang.IllegalStateException: a fault of the view",
                    health.path("failures").path("view").asText());
        }
    }

    @Test
    void a_record_that_can_not_be_written_any_more_is_no_healthy_monitor() throws Exception {
        Assumptions.assumeTrue(Files.exists(FULL_DISK), "no /dev/full on this system");
        try (Recorder record = new Recorder(FULL_DISK, new Redactor());
                MonitorServer server = MonitorServer.start(ServerConfig.defaults(), StandIn::new, List.of(record))) {
            JsonNode health = health(server);
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (health.path("status").asText().equals("healthy")) {
                assertTrue(System.nanoTime() < deadline, health.toString());
                health = health(server);
            }
            assertTrue(health.path("failures").path("record").asText().contains("No space left"), health.toString());
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("No space left"), e.toString()); // closing the record reports it again
        }
    }

    @Test
    void a_healthy_monitor_names_no_failures() throws Exception {
        try (MonitorServer server = MonitorServer.start(ServerConfig.defaults())) {
            assertEquals("healthy", health(server).path("status").asText());
            assertTrue(health(server).path("failures").isMissingNode());
        }
    }

    @Test
    void a_consumer_that_fails_gets_the_next_batch_all_the_same() throws Exception {
        BlockingQueue<String> consumed = new LinkedBlockingQueue<>();
        Backlog backlog = new Backlog("test-backlog", events -> {
            for (ServerEvent event : events) {
                consumed.add(event.detail());
                if (event.detail().equals("fatal")) {
                    throw new IllegalStateException("one batch failed");
                }
            }
        });
        backlog.put(ServerEvent.note(RecordedEvent.Kind.NOTE, RecordedEvent.Direction.NONE, "fatal"));
        assertEquals("fatal", consumed.poll(5, TimeUnit.SECONDS));
        backlog.put(ServerEvent.note(RecordedEvent.Kind.NOTE, RecordedEvent.Direction.NONE, "next"));
        assertEquals("next", consumed.poll(5, TimeUnit.SECONDS));
        backlog.close();
        assertEquals("java.lang.IllegalStateException: one batch failed", backlog.failure());
    }

    private static JsonNode health(MonitorServer server) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return Json.parse(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }
}
