package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import siodiag.lab.Deployment;

/**
 * Two hundred targets in one process: no thread a target, and neither descriptors nor memory grow. With
 * {@code WATCH_MANY_SECONDS=600} it takes ten minutes.
 */
class ManyTargetsTest {
    private static final int TARGETS = 200;
    private static final int MAX_THREADS = 100;
    /** An idle and a used connection over both transports, some of them between two polls. */
    private static final int MAX_DESCRIPTORS = TARGETS * 6 + 200;

    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    /** What a process has at a moment. */
    private record Use(long threads, long descriptors, long residentMb, long liveMb) {
        static Use of(Process process) throws IOException {
            Path proc = Path.of("/proc/" + process.pid());
            try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
                return new Use(
                        field(proc, "Threads:"), open.count(), field(proc, "VmRSS:") / 1024, live(process) / 1_000_000);
            }
        }

        /** Bytes of the heap that are still reachable: the histogram counts after a collection. */
        private static long live(Process process) throws IOException {
            Process jcmd = new ProcessBuilder("jcmd", String.valueOf(process.pid()), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return histogram
                    .lines()
                    .filter(line -> line.startsWith("Total"))
                    .map(line -> line.strip().split("\\s+")[2])
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(histogram));
        }

        private static long field(Path proc, String name) throws IOException {
            return Files.readAllLines(proc.resolve("status")).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void two_hundred_targets_take_no_thread_each() throws Exception {
        try (Deployment node = Deployment.of("node4 host=0.0.0.0 namespaces=/ auth=open interval=5000")) {
            int port = URI.create(node.fill("{last}")).getPort();
            Path targets = folder.resolve("targets.txt");
            Files.writeString(
                    targets,
                    IntStream.rangeClosed(1, TARGETS)
                            .mapToObj(i -> "http://127.0.0." + i + ":" + port)
                            .collect(Collectors.joining("\n")));
            try (WatchRun watch = WatchRun.start(folder, "--targets", targets.toString(), "--every", "5")) {
                watch.awaitFirst(TARGETS);
                settle();
                Use before = Use.of(watch.process().process());
                TimeUnit.SECONDS.sleep(Long.parseLong(System.getenv().getOrDefault("WATCH_MANY_SECONDS", "20")));
                Use after = Use.of(watch.process().process());
                System.out.println("200 targets: " + before + ", later " + after);
                assertTrue(after.threads < MAX_THREADS, after.toString());
                assertTrue(after.descriptors < MAX_DESCRIPTORS, after.toString());
                assertTrue(after.descriptors < before.descriptors * 1.15 + 50, before + ", later " + after);
                assertTrue(after.liveMb < before.liveMb * 1.2 + 8, before + ", later " + after);
                JsonNode result = watch.stop();
                assertEquals(TARGETS, result.path("targets").size());
                assertEquals("healthy", result.path("verdict").asText());
                assertEquals(0, watch.changes().size(), watch.changes().toString());
                result.path("targets")
                        .forEach(one ->
                                assertEquals(4, one.path("watch").path("kept").size()));
            }
        }
    }

    /** Until every connection is kept. */
    private static void settle() throws InterruptedException {
        TimeUnit.SECONDS.sleep(8);
    }
}
