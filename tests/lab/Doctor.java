package siodiag.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import siodiag.harness.BuiltScript;
import siodiag.harness.LoadedScript;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;

/** One run of {@code run-all} against a deployment, with what it found. */
record Doctor(Toolkit.Run run, JsonNode result) {
    private static final Path KEPT = Project.root().resolve("target/lab");

    /** In the tests' own JVM; in one of its own where {@code arguments} have an environment. */
    static Doctor examine(String name, String arguments, Deployment deployment) {
        Call call = Call.of(deployment.fill(arguments), deployment);
        return call.environment.isEmpty()
                ? examine(name, call, words -> LoadedScript.run(LoadedScript.command("RunAll"), words))
                : examineAsUser(name, call);
    }

    /** The same, and its findings are at hand for {@link FindingsRecorder#keep}. */
    static Doctor record(String name, String arguments, Deployment deployment) {
        Call call = Call.of(deployment.fill(arguments), deployment);
        return examine(
                name,
                call,
                words -> call.environment.isEmpty()
                        ? FindingsRecorder.run(name, words)
                        : FindingsRecorder.runAsProgram(name, call.environment, words));
    }

    /** As a user does: in a JVM of its own. */
    static Doctor examineAsUser(String name, String arguments, Deployment deployment) {
        return examineAsUser(name, Call.of(deployment.fill(arguments), deployment));
    }

    private static Doctor examineAsUser(String name, Call call) {
        return examine(name, call, words -> BuiltScript.of("run-all").run(call.environment, words));
    }

    private static Doctor examine(String name, Call call, Function<List<String>, Toolkit.Run> runAll) {
        Path json = fileFor(name);
        List<String> words = new ArrayList<>(call.words);
        words.addAll(List.of("--json", json.toString()));
        return new Doctor(runAll.apply(words), read(json));
    }

    /** The environment and the arguments of a run: words {@code NAME=value} in front go into its environment. */
    private record Call(Map<String, String> environment, List<String> words) {

        static Call of(String arguments, Deployment deployment) {
            Map<String, String> environment = new HashMap<>();
            List<String> words = new ArrayList<>();
            for (String word : Scenario.words(arguments)) {
                if (words.isEmpty() && word.matches("[A-Z_]+=.*")) {
                    environment.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
                } else {
                    words.add(word);
                }
            }
            if (!words.contains("--url") && !words.contains("--embedded")) {
                words.addAll(List.of("--url", deployment.fill("{last}")));
            }
            return new Call(environment, words);
        }
    }

    /** The causes found, the root cause first. */
    List<String> causes() {
        return result.path("diagnoses").findValuesAsText("cause");
    }

    String verdict() {
        return result.path("verdict").asText("no result");
    }

    private static Path fileFor(String name) {
        try {
            Path file = Files.createDirectories(KEPT).resolve(name.replaceAll("[^\\w.-]+", "-") + ".json");
            Files.deleteIfExists(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path json) {
        try {
            return Files.exists(json)
                    ? new ObjectMapper().readTree(json.toFile())
                    : new ObjectMapper().createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
