package siodiag.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import siodiag.core.Json;
import siodiag.harness.Program;
import siodiag.harness.Project;
import siodiag.harness.Toolkit;
import siodiag.lab.Deployment;

/** The commands that the manifests run, run; and the files, read by a YAML parser. No container engine is needed. */
class DeployTest {
    private static final Path DOCUMENTS = Project.root().resolve("docs/deploy");

    @TempDir
    Path folder;

    @Test
    void the_manifests_commands_work() throws Exception {
        Program.PYTHON_YAML.need();
        List<JsonNode> manifests = yaml("kubernetes.yaml");
        assertEquals(
                List.of("ConfigMap", "Deployment", "Service", "CronJob"),
                manifests.stream().map(one -> one.path("kind").asText()).toList());
        JsonNode watching = manifests.get(1).at("/spec/template/spec/containers/0");
        JsonNode examining = manifests.get(3).at("/spec/jobTemplate/spec/template/spec/containers/0");
        try (Deployment node = Deployment.of("node4 namespaces=/ auth=open")) {
            Path targets = folder.resolve("targets.txt");
            Files.writeString(
                    targets,
                    manifests
                            .get(0)
                            .at("/data/targets.txt")
                            .asText()
                            .replace("http://chat.default.svc:3000", node.fill("{last}")));
            List<String> options = words(watching.path("args"), "/etc/socketio/targets.txt", targets.toString());
            options.set(options.indexOf("9464"), "0");
            options.remove("watch");
            try (WatchRun watch = WatchRun.start(folder, options.toArray(String[]::new))) {
                watch.awaitFirst(1);
                String path = watching.at("/readinessProbe/httpGet/path").asText();
                URI health = URI.create(watch.metrics().replace("0.0.0.0", "127.0.0.1") + path);
                HttpResponse<String> answer = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
                assertEquals(200, answer.statusCode());
            }
            List<String> examination =
                    words(examining.path("args"), "http://chat.default.svc:3000", node.fill("{last}"));
            Toolkit.Run run = Toolkit.run(examination.toArray(String[]::new));
            assertEquals(0, run.exitCode(), run.out() + run.err());
        }
    }

    @Test
    void the_dockerfile_exports_the_jar_that_it_starts() throws Exception {
        List<String> lines = Files.readAllLines(DOCUMENTS.resolve("Dockerfile"));
        String jar = "/opt/siodiag/siodiag.jar";
        assertTrue(lines.contains("RUN ./jbang export portable --force -O " + jar + " siodiag"), lines.toString());
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("ENTRYPOINT ") && line.contains("\"-jar\", \"" + jar)),
                lines.toString());
        String entry = lines.stream()
                .filter(line -> line.startsWith("ENTRYPOINT "))
                .findFirst()
                .orElseThrow();
        List<String> java = new ArrayList<>();
        Json.parse(entry.substring("ENTRYPOINT ".length())).forEach(word -> java.add(word.asText()));
        java.subList(java.indexOf("-jar"), java.size()).clear();
        java.add("-version");
        assertEquals(
                0, new ProcessBuilder(java).redirectErrorStream(true).start().waitFor(), java.toString());
    }

    private static List<String> words(JsonNode arguments, String placeholder, String value) {
        List<String> words = new ArrayList<>();
        arguments.forEach(word -> words.add(word.asText().replace(placeholder, value)));
        return words;
    }

    /** The documents of a YAML file. */
    private static List<JsonNode> yaml(String file) throws Exception {
        Process python = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-c",
                        "import sys, json, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))",
                        DOCUMENTS.resolve(file).toString())
                .redirectErrorStream(true)
                .start();
        String json = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, python.waitFor(), json);
        List<JsonNode> documents = new ArrayList<>();
        Json.parse(json).forEach(documents::add);
        return documents;
    }
}
