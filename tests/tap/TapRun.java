package siodiag.tap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import siodiag.core.Json;
import siodiag.harness.BuiltScript;
import siodiag.harness.Child;
import siodiag.harness.JsonResult;
import siodiag.harness.Project;

/** A tap in front of a server, as a user runs it, with real clients that go through it; then Ctrl-C. */
final class TapRun implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration CLIENTS = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofSeconds(30);

    private final Path folder;
    private final Child tap;
    private final String url;

    private TapRun(Path folder, Child tap, String url) {
        this.folder = folder;
        this.tap = tap;
        this.url = url;
    }

    static TapRun start(Path folder, String server, String... options) {
        return start(folder, Map.of(), server, options);
    }

    static TapRun start(Path folder, Map<String, String> environment, String server, String... options) {
        List<String> command = new ArrayList<>(BuiltScript.of("tap").command());
        command.addAll(
                List.of("--to", server, "--json", folder.resolve("result.json").toString()));
        command.addAll(List.of("--record", folder.resolve("record.jsonl").toString()));
        command.addAll(List.of("--learn", folder.resolve("flow.json").toString()));
        command.addAll(List.of(options));
        Child tap = Child.start(Project.root(), environment, command);
        return new TapRun(folder, tap, tap.await("tap on ", START).split(",")[0]);
    }

    String url() {
        return url;
    }

    Child process() {
        return tap;
    }

    Path folder() {
        return folder;
    }

    /** Runs Node clients to their end. @param plan as in {@code clients.js} @return what they say of themselves */
    JsonNode clients(String plan) {
        return program(List.of("node", "clients.js", url, plan));
    }

    /** Runs a program that goes through the tap, and ends with a line {@code DONE {…}}. */
    static JsonNode program(List<String> command) {
        try (Child clients = Child.start(Project.root().resolve("tests/tap"), Map.of(), command)) {
            String done = clients.await("DONE ", CLIENTS);
            clients.exitCode(END);
            return Json.parse(done);
        }
    }

    /** Ctrl-C, and the result. */
    JsonResult stop() {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(tap.process().pid()))
                    .start()
                    .waitFor();
            int exitCode = tap.exitCode(END);
            if (exitCode != 130) {
                throw new AssertionError("the tap ended with " + exitCode + "\n" + tap.out() + tap.err());
            }
            return JsonResult.of(folder.resolve("result.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What was learned; an empty text where nothing was. */
    String learned() {
        Path flow = folder.resolve("flow.json");
        try {
            return Files.exists(flow) ? Files.readString(flow) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tap.close();
    }
}
