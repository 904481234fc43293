package siodiag.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import siodiag.harness.RawSocket;
import siodiag.server.ServerConfig;
import siodiag.view.Statistics;

/** What Prometheus scrapes. */
class MonitorMetricsTest {
    private static final String RECEIVED = "socketio_monitor_events_received_total{";

    private MonitorServer server;

    @BeforeEach
    void start() throws IOException {
        server = MonitorServer.start(ServerConfig.defaults());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_series_is_there_once_whatever_events_are_called() throws Exception {
        String same = "x".repeat(Statistics.MAX_NAME_LENGTH);
        List<String> metrics = scrapeAfter(
                "\"" + same + "1\"",
                "\"" + same + "2\"",
                "\"half \\ud800\"",
                "\"half ?\"",
                "\"line\\nbreak\"",
                "\"line\\\\nbreak\"",
                "\"quote\\\"\"");
        List<String> series = metrics.stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst(" \\S+$", ""))
                .toList();
        assertEquals(series.stream().distinct().toList(), series);
        assertEquals("3.0", value(metrics, RECEIVED + "event=\"(other)\",namespace=\"/hook\"}"));
        assertEquals("1.0", value(metrics, RECEIVED + "event=\"line\\nbreak\",namespace=\"/hook\"}"));
        assertEquals("1.0", value(metrics, RECEIVED + "event=\"line\\\\nbreak\",namespace=\"/hook\"}"));
        assertEquals("1.0", value(metrics, RECEIVED + "event=\"quote\\\"\",namespace=\"/hook\"}"));
    }

    @Test
    void there_are_no_more_series_than_the_bound_however_many_names_come() throws Exception {
        String[] names = new String[Statistics.MAX_NAMES + 100];
        for (int i = 0; i < names.length; i++) {
            names[i] = "\"made_up_" + i + "\"";
        }
        List<String> metrics = scrapeAfter(names);
        List<String> received =
                metrics.stream().filter(line -> line.startsWith(RECEIVED)).toList();
        assertEquals(Statistics.MAX_NAMES + 1, received.size());
        assertTrue(received.stream().anyMatch(line -> line.contains("\"(other)\"")), received.toString());
    }

    @Test
    void names_follow_the_conventions_and_the_other_figures_are_right() throws Exception {
        List<String> metrics = scrapeAfter("\"user_prompt\"");
        assertEquals("1.0", value(metrics, "socketio_monitor_connections{transport=\"websocket\"}"));
        assertEquals("1.0", value(metrics, "socketio_monitor_sockets{namespace=\"/hook\"}"));
        assertEquals("2.0", value(metrics, "socketio_monitor_records_total{kind=\"event\"}"));
        assertEquals("0.0", value(metrics, "socketio_monitor_events_without_receiver_total"));
        assertEquals(
                "1.0",
                value(
                        metrics,
                        "socketio_monitor_events_delivered_total{event=\"echo_user_prompt\",namespace=\"/hook\"}"));
        assertTrue(Double.parseDouble(value(metrics, "socketio_monitor_payload_bytes_total{direction=\"in\"}")) > 0);
        metrics.stream()
                .filter(line -> line.startsWith("# TYPE") && line.endsWith(" counter"))
                .forEach(line -> assertTrue(line.matches("# TYPE socketio_monitor_\\w+_total counter"), line));
    }

    private List<String> scrapeAfter(String... nameLiterals) throws Exception {
        try (RawSocket client = RawSocket.join(server.url(), "/hook")) {
            for (String name : nameLiterals) {
                client.send("42/hook,1[" + name + ",{}]");
                client.await("42/hook,[\"echo_");
                client.await("43/hook,1");
            }
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertTrue(
                    response.headers().firstValue("Content-Type").orElse("").startsWith("text/plain; version=0.0.4"));
            return response.body().lines().toList();
        }
    }

    private static String value(List<String> metrics, String series) {
        return metrics.stream()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(series + " is missing in\n" + String.join("\n", metrics)));
    }
}
