package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import siodiag.lab.Deployment;
import siodiag.lab.LabApplication;
import siodiag.lab.Scenario;

/** Applications as people write them work, and a watch of each, with what its user states, tells of no change. */
class ApplicationsWatchTest {
    private static final int AT_ONCE = 16;
    private static final long WATCHED_S = 12;

    @TempDir
    Path folder;

    static Stream<List<Scenario>> batches() {
        List<Scenario> all = LabApplication.scenarios().stream()
                .filter(scenario -> scenario.name().endsWith("-stated")
                        && !scenario.arguments().matches("[A-Z_]+=.*"))
                .toList();
        return IntStream.iterate(0, i -> i < all.size(), i -> i + AT_ONCE)
                .mapToObj(i -> all.subList(i, Math.min(all.size(), i + AT_ONCE)));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void what_works_stays_healthy(List<Scenario> batch) throws Exception {
        List<Deployment> deployments = new ArrayList<>();
        try {
            List<String> lines = new ArrayList<>();
            for (Scenario scenario : batch) {
                Deployment deployment = Deployment.of(scenario.start());
                deployments.add(deployment);
                lines.add(deployment.fill("{last} " + scenario.arguments()));
            }
            Path targets = folder.resolve("targets.txt");
            Files.write(targets, lines);
            try (WatchRun watch = WatchRun.start(folder, "--targets", targets.toString(), "--every", "3")) {
                watch.awaitFirst(batch.size());
                TimeUnit.SECONDS.sleep(WATCHED_S); // for something wrong to be told
                JsonNode results = watch.stop().path("targets");
                for (int i = 0; i < batch.size(); i++) {
                    JsonNode result = results.get(i);
                    assertEquals(
                            "healthy", result.path("verdict").asText(), batch.get(i) + ": " + result.path("diagnoses"));
                    assertEquals(
                            0, result.path("watch").path("changes").asInt(), batch.get(i) + ": " + watch.changes());
                    assertEquals(
                            0, result.path("watch").path("outages").size(), batch.get(i) + ": " + result.path("watch"));
                }
            }
        } finally {
            deployments.forEach(Deployment::close);
        }
    }
}
