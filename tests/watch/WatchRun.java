package siodiag.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import siodiag.core.Json;
import siodiag.harness.BuiltScript;
import siodiag.harness.Child;
import siodiag.harness.Project;

/** A watch as a user runs it, followed by its log; then Ctrl-C. */
final class WatchRun implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MS = 50;
    private static final int INTERRUPTED = 130;

    private final Path folder;
    private final Child process;

    private WatchRun(Path folder, Child process) {
        this.folder = folder;
        this.process = process;
    }

    static WatchRun start(Path folder, String... options) {
        return start(folder, Map.of(), options);
    }

    static WatchRun start(Path folder, Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(BuiltScript.of("watch").command());
        command.addAll(List.of("--log", folder.resolve("log.jsonl").toString()));
        command.addAll(List.of("--json", folder.resolve("result.json").toString()));
        command.addAll(List.of(options));
        return new WatchRun(folder, Child.start(Project.root(), environment, command));
    }

    Child process() {
        return process;
    }

    /** Where the metrics are, of a watch with {@code --metrics}. */
    String metrics() {
        if (!process.awaitError("watch: metrics at ", START)) {
            throw new AssertionError("no metrics\n" + process.out() + process.err());
        }
        return process.err()
                .lines()
                .filter(line -> line.startsWith("watch: metrics at "))
                .findFirst()
                .orElseThrow()
                .substring("watch: metrics at ".length())
                .replace("/metrics", "");
    }

    /** Everything that was logged so far. */
    List<JsonNode> log() {
        Path file = folder.resolve("log.jsonl");
        try {
            List<JsonNode> events = new ArrayList<>();
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                JsonNode event = Json.parse(line);
                if (event.isObject()) {
                    events.add(event);
                }
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What changed so far: states, outages, differences; not what they were like at first. */
    List<JsonNode> changes() {
        return log().stream()
                .filter(event -> List.of("change", "outage", "baseline")
                        .contains(event.path("event").asText()))
                .toList();
    }

    /** The first logged event that fits, waited for. */
    JsonNode await(String what, Duration limit, Predicate<JsonNode> fits) {
        return await(what, limit, 0, fits);
    }

    /** The same among those behind the first so many of the log. */
    JsonNode await(String what, Duration limit, int from, Predicate<JsonNode> fits) {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            List<JsonNode> events = log();
            for (JsonNode event : events.subList(Math.min(from, events.size()), events.size())) {
                if (fits.test(event)) {
                    return event;
                }
            }
            if (!process.process().isAlive()) {
                throw new AssertionError("ended before " + what + "\n" + process.out() + process.err());
            }
            pause();
        }
        throw new AssertionError(
                "no " + what + " within " + limit.toSeconds() + " s\n" + process.out() + process.err());
    }

    /** Waits until each target has been examined. */
    void awaitFirst(int targets) {
        long end = System.nanoTime() + START.toNanos();
        while (log().stream()
                        .filter(event -> event.path("event").asText().equals("first"))
                        .count()
                < targets) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not all examined\n" + process.out() + process.err());
            }
            pause();
        }
    }

    static boolean isChange(JsonNode event, String target, String verdict) {
        return event.path("event").asText().equals("change")
                && event.path("target").asText().equals(target)
                && event.path("to").path("verdict").asText().equals(verdict);
    }

    /** Ctrl-C, and the result. */
    JsonNode stop() {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.process().pid()))
                    .start()
                    .waitFor();
            int exitCode = process.exitCode(END);
            if (exitCode != INTERRUPTED) {
                throw new AssertionError("ended with " + exitCode + "\n" + process.out() + process.err());
            }
            return Json.parse(Files.readString(folder.resolve("result.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Polls a file: another process writes it. */
    static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
