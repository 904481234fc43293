package siodiag.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import siodiag.catalogue.Cause;
import siodiag.catalogue.Hop;
import siodiag.core.Json;
import siodiag.finding.Finding;
import siodiag.finding.Status;
import siodiag.finding.Symptom;
import siodiag.harness.Project;
import siodiag.probe.DiagnosticRun;
import siodiag.protocol.ServerFamily;

/** What the lab once found in a scenario: all that the diagnosis of it needs, a finding a line. */
public record RecordedFindings(ServerFamily family, Set<Cause> ignored, List<Finding> findings) {
    static final Path FOLDER = Project.root().resolve("tests/findings");
    private static final Pattern PORT = Pattern.compile("(?<=:|port )(?:3[2-9]|[45]\\d|60)\\d{3}\\b");
    private static final Pattern PID = Pattern.compile("\\bPID \\d+");
    private static final Pattern FOLDERS = Pattern.compile("/tmp/[\\w.-]+");

    public static RecordedFindings of(DiagnosticRun examination) {
        return new RecordedFindings(
                examination.family(), examination.target().stated().ignored(), examination.findings());
    }

    public static Path file(String scenario) {
        return FOLDER.resolve(scenario.replaceAll("[^\\w.-]+", "-") + ".json");
    }

    static RecordedFindings read(Path file) {
        try {
            JsonNode root = Json.MAPPER.readTree(file.toFile());
            Set<Cause> ignored = texts(root.path("ignored")).stream()
                    .map(id -> Cause.of(id).orElseThrow())
                    .collect(Collectors.toSet());
            return new RecordedFindings(
                    ServerFamily.valueOf(root.path("family").asText()),
                    ignored,
                    StreamSupport.stream(root.path("findings").spliterator(), false)
                            .map(RecordedFindings::finding)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    public void write(Path file) {
        StringBuilder text = new StringBuilder("{\"family\": \"" + family + "\", \"ignored\": "
                + Json.MAPPER.valueToTree(
                        ignored.stream().map(Cause::id).sorted().toList()) + ", \"findings\": [");
        String separator = "\n";
        for (Finding finding : findings) {
            text.append(separator).append(json(finding));
            separator = ",\n";
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, stable(text + "\n]}\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What passed is kept by its name: its figures differ from run to run and lead to nothing. */
    private static ObjectNode json(Finding finding) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("id", finding.id())
                .put("hop", finding.hop().name())
                .put("status", finding.status().name());
        if (finding.sign() != null) {
            node.put("sign", finding.sign().name());
        }
        if (finding.status() == Status.PASS) {
            return node;
        }
        put(node, "subject", finding.subject());
        put(node, "detail", finding.detail());
        put(node, "advice", finding.advice());
        ArrayNode evidence = finding.evidence().isEmpty() ? null : node.putArray("evidence");
        finding.evidence().forEach(seen -> evidence.add(seen));
        return node;
    }

    private static void put(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static Finding finding(JsonNode node) {
        String sign = node.path("sign").asText();
        return new Finding(
                node.path("id").asText(),
                Hop.valueOf(node.path("hop").asText()),
                Status.valueOf(node.path("status").asText()),
                sign.isEmpty() ? null : Symptom.valueOf(sign),
                node.path("subject").asText(),
                node.path("detail").asText(),
                texts(node.path("evidence")),
                node.path("advice").asText(),
                0);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Ports, processes and folders by numbers that are the same in each run. */
    private static String stable(String text) {
        Map<String, String> ports = new HashMap<>();
        String numbered = PORT.matcher(text)
                .replaceAll(port -> ports.computeIfAbsent(port.group(), any -> String.valueOf(40001 + ports.size())));
        return FOLDERS.matcher(PID.matcher(numbered).replaceAll("PID 4711")).replaceAll("/tmp/folder");
    }
}
