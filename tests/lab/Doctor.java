package siodiag;

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

/** One run of {@code ./jbang run-all} against a deployment, as a user starts it, with what it found. */
record Doctor(Toolkit.Run run, JsonNode result) {
    private static final Path KEPT = Project.root().resolve("target/lab");

    /** @param arguments of {@code run-all}, words {@code NAME=value} in front go into its environment */
    static Doctor examine(String name, String arguments, Deployment deployment) {
        Map<String, String> environment = new HashMap<>();
        List<String> command = new ArrayList<>(List.of("run-all"));
        for (String word : Scenario.words(deployment.fill(arguments))) {
            if (command.size() == 1 && word.matches("[A-Z_]+=.*")) {
                environment.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            } else {
                command.add(word);
            }
        }
        if (!command.contains("--url") && !command.contains("--embedded")) {
            command.addAll(List.of("--url", deployment.fill("{last}")));
        }
        Path json = fileFor(name);
        command.addAll(List.of("--json", json.toString()));
        return new Doctor(Toolkit.runIn(Project.root(), environment, command.toArray(String[]::new)), read(json));
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
            return Files.exists(json) ? new ObjectMapper().readTree(json.toFile()) : new ObjectMapper().createObjectNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
