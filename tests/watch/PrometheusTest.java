package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.core.Json;
import siodiag.harness.Child;
import siodiag.harness.FreePort;
import siodiag.harness.Program;
import siodiag.harness.Project;

/** A real Prometheus, with the documents' configuration, scrapes a watch; its alert fires and clears. */
class PrometheusTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path DOCUMENTS = Project.root().resolve("docs/deploy");
    private static final Pattern METRIC = Pattern.compile("socketio_(watch|probe)_[a-z_]+");

    @TempDir
    Path folder;

    private Child server;

    @Test
    void alerts_fire_on_a_broken_target_and_clear_afterwards() throws Exception {
        Program.PROMETHEUS.need();
        int port = FreePort.any();
        String target = "http://127.0.0.1:" + port;
        start(port);
        try (WatchRun watch = WatchRun.start(
                        folder,
                        target,
                        "--every",
                        "1",
                        "--timeout",
                        "1",
                        "--metrics",
                        "0",
                        "--namespaces",
                        "/hook",
                        "--token",
                        "dev-token");
                Child prometheus = prometheus(watch.metrics(), target)) {
            watch.awaitFirst(1);
            String api = "http://127.0.0.1:" + prometheusPort + "/api/v1/";
            eventually("both scrapes", api + "query?query=" + encoded("count(up == 1)"), result -> value(result)
                    .equals("2"));
            eventually("a probe", api + "query?query=socketio_probe_success", result -> value(result)
                    .equals("1"));
            server.close();
            eventually(
                    "alerts",
                    api + "alerts",
                    alerts -> isFiring(alerts, "SocketIoDown") && isFiring(alerts, "SocketIoProbeFailed"));
            eventually(
                    "the cause",
                    api + "query?query="
                            + encoded(
                                    "socketio_watch_cause{cause=\"connection-refused\",hop=\"tcp\",severity=\"error\"}"),
                    result -> value(result).equals("1"));
            start(port);
            eventually("no alert", api + "alerts", alerts -> alerts.path("data")
                    .path("alerts")
                    .isEmpty());
            everyNameOfTheDocumentsIsThere(watch.metrics(), target);
        } finally {
            server.close();
        }
    }

    @Test
    void promtool_finds_nothing_wrong() throws Exception {
        Program.PROMETHEUS.need();
        assertEquals(
                "",
                promtool(
                        List.of(
                                "check",
                                "config",
                                DOCUMENTS.resolve("prometheus.yml").toString()),
                        ""));
        assertEquals(
                "",
                promtool(
                        List.of(
                                "check",
                                "rules",
                                DOCUMENTS.resolve("alerts.yml").toString()),
                        ""));
        int port = FreePort.any();
        start(port);
        try (WatchRun watch = WatchRun.start(
                folder,
                "http://127.0.0.1:" + port,
                "--every",
                "1",
                "--metrics",
                "0",
                "--namespaces",
                "/hook",
                "--token",
                "dev-token")) {
            watch.awaitFirst(1);
            for (String path : List.of("/metrics", "/probe?target=http://127.0.0.1:" + port)) {
                assertEquals(
                        "",
                        promtool(
                                List.of("check", "metrics"),
                                get(watch.metrics() + path).body()),
                        path);
            }
        } finally {
            server.close();
        }
    }

    @Test
    void a_target_that_is_not_allowed_is_not_reached() throws Exception {
        int port = FreePort.any();
        start(port);
        try (WatchRun watch = WatchRun.start(
                folder,
                "--metrics",
                "0",
                "--allow",
                "http://127.0.0.1:" + port,
                "--namespaces",
                "/hook",
                "--token",
                "dev-token")) {
            String probe = watch.metrics() + "/probe";
            HttpResponse<String> good = get(probe + "?target=127.0.0.1:" + port);
            assertEquals(200, good.statusCode(), good.body());
            assertTrue(good.body().contains("socketio_probe_success 1.0"), good.body());
            assertTrue(good.body().contains("socketio_probe_duration_seconds{hop=\"engine\"}"), good.body());
            for (String target : List.of(
                    "http://169.254.169.254",
                    "http://127.0.0.1:" + (port + 1),
                    "file:///etc/passwd",
                    encoded("http://x\n\u001b[2J"),
                    "")) {
                HttpResponse<String> refused = get(probe + "?target=" + target);
                assertEquals(400, refused.statusCode(), target + ": " + refused.body());
                assertFalse(refused.body().contains("\u001b"), refused.body());
            }
            assertEquals(400, get(probe).statusCode());
            assertEquals("ok\n", get(watch.metrics() + "/healthz").body());
            assertEquals(404, get(watch.metrics() + "/other").statusCode());
        } finally {
            server.close();
        }
    }

    private void everyNameOfTheDocumentsIsThere(String metrics, String target) throws Exception {
        String told = get(metrics + "/metrics").body()
                + get(metrics + "/probe?target=" + target).body();
        Set<String> missing = new TreeSet<>();
        for (String file : List.of("alerts.yml", "grafana.json")) {
            Matcher name = METRIC.matcher(Files.readString(DOCUMENTS.resolve(file)));
            while (name.find()) {
                boolean isSometimes = name.group().matches("socketio_(watch|probe)_cause");
                if (!isSometimes
                        && !told.contains("\n" + name.group() + "{")
                        && !told.contains("\n" + name.group() + " ")) {
                    missing.add(name.group());
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    private int prometheusPort;

    /** The documents' configuration, with the addresses of this test and less patience. */
    private Child prometheus(String metrics, String target) throws IOException {
        String address = metrics.replace("http://", "");
        Files.writeString(
                folder.resolve("alerts.yml"),
                Files.readString(DOCUMENTS.resolve("alerts.yml")).replaceAll("for: \\d+m", "for: 1s"));
        Files.writeString(
                folder.resolve("prometheus.yml"),
                "global: { evaluation_interval: 1s }\n"
                        + Files.readString(DOCUMENTS.resolve("prometheus.yml"))
                                .replace("localhost:9464", address)
                                .replace("http://localhost:3000", target)
                                .replaceAll("scrape_interval: \\d+s", "scrape_interval: 1s")
                                .replaceAll("scrape_timeout: \\d+s", "scrape_timeout: 1s"));
        prometheusPort = FreePort.any();
        return Child.start(
                folder,
                Map.of(),
                List.of(
                        "prometheus",
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + prometheusPort));
    }

    /** promtool's complaints; empty where it has none. */
    private static String promtool(List<String> arguments, String input) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(arguments)).redirectErrorStream(true);
        builder.command().add(0, "promtool");
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : words + " (" + process.exitValue() + ")";
    }

    private void start(int port) {
        server = Child.start(
                Project.root().resolve("tests/lab/servers"), Map.of(), List.of("node", "node4.js", "port=" + port));
        server.await("READY ", LIMIT);
    }

    private static void eventually(String what, String url, Predicate<JsonNode> fits) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        String last = "";
        while (System.nanoTime() < end) {
            try {
                last = get(url).body();
                if (fits.test(Json.parse(last))) {
                    return;
                }
            } catch (IOException starting) {
                last = String.valueOf(starting);
            }
            Thread.sleep(200); // another process is asked until it answers so
        }
        throw new AssertionError("no " + what + ": " + last);
    }

    private static boolean isFiring(JsonNode alerts, String name) {
        for (JsonNode alert : alerts.path("data").path("alerts")) {
            if (alert.path("labels").path("alertname").asText().equals(name)
                    && alert.path("state").asText().equals("firing")) {
                return true;
            }
        }
        return false;
    }

    private static String value(JsonNode result) {
        return result.path("data").path("result").path(0).path("value").path(1).asText();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
